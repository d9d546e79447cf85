package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.Following;
import io.watchfloor.client.sync.Colleague;
import io.watchfloor.client.sync.Company;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.client.view.window.People;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.client.widget.RedrawPulse;
import io.watchfloor.client.widget.Redrawable;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.protocol.Presence.Ghost;
import io.watchfloor.protocol.Presence.Point;
import io.watchfloor.protocol.Presence.Viewport;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Presence in an open dashboard: shows the others what happens here, and here what they do, once per pulse; and lets this
/// view follow a colleague's until something is touched. FX thread only.
final class PresenceView implements Redrawable, WidgetDrag.Watcher {

    private final DashboardModel model;
    private final Company company;
    private final Following following;
    private final Toasts toasts;
    private final ScrollPane scroll;
    private final GridView grid;
    private final People people;
    private final PresenceLayer layer = new PresenceLayer();
    private final FollowFrame frame = new FollowFrame();
    private final EasedScroll eased;
    private final Registration listening;
    private final Subscription pulse;
    private Subscription viewport = Subscription.EMPTY;
    private @Nullable ElementId renamed;
    private @Nullable ElementId inspected;

    /// @param people whose avatars are chosen to be followed
    PresenceView(DashboardModel model, ScrollPane scroll, GridView grid, People people, Toasts toasts,
            RedrawPulse pulse) {
        this.model = model;
        this.company = model.company();
        this.following = new Following(company);
        this.toasts = toasts;
        this.scroll = scroll;
        this.grid = grid;
        this.people = people;
        this.eased = new EasedScroll(scroll);
        grid.front(layer);
        people.onChosen(this::chosen);
        this.pulse = pulse.register(this);
        listening = company.listen(() -> pulse.mark(this));
        grid.addEventFilter(MouseEvent.ANY, this::pointer);
        for (var part : List.of(scroll.vvalueProperty(), scroll.viewportBoundsProperty(), grid.heightProperty())) {
            viewport = viewport.and(part.subscribe(() -> {
                tellViewport();
                pulse.mark(this);
            }));
        }
    }

    /// The frame that stands over the dashboard while it follows somebody.
    Node frame() {
        return frame.node();
    }

    /// Ends following as soon as something in here is pressed, typed or scrolled.
    void watch(Region root) {
        root.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> {
            if (!(event.getTarget() instanceof Node target && GridSelection.isIn(target, people.node()))) {
                stop();
            }
        });
        root.addEventFilter(ScrollEvent.SCROLL, _ -> stop());
        root.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (following.leader() != null && !event.getCode().isModifierKey()) {
                stop();
                if (event.getCode() == KeyCode.ESCAPE) {
                    event.consume();
                }
            }
        });
    }

    private void pointer(MouseEvent event) {
        if (event.getEventType() == MouseEvent.MOUSE_EXITED) {
            company.cursor(null);
        } else if (event.getEventType() == MouseEvent.MOUSE_MOVED
                || event.getEventType() == MouseEvent.MOUSE_DRAGGED) {
            Point2D at = grid.sceneToLocal(event.getSceneX(), event.getSceneY());
            company.cursor(grid.geometry().point(at.getX(), at.getY()));
        }
    }

    private double rowsInSight() {
        return scroll.getViewportBounds().getHeight() / GridGeometry.PITCH;
    }

    private void tellViewport() {
        double top = eased.top() / GridGeometry.PITCH;
        company.viewport(rowsInSight() <= 0
                ? null
                : new Viewport(GridGeometry.rounded(Math.clamp(top, 0, Bounds.MAX_ROWS)),
                        GridGeometry.rounded(Math.clamp(rowsInSight(), 0, Bounds.MAX_ROWS))));
    }

    void selected(Collection<ElementId> selection) {
        company.selection(selection);
    }

    /// The pointer of a drag is told by the drag, which keeps its events to itself.
    @Override
    public void held(ElementId element, GridGeometry.Rectangle at, Point2D pointer) {
        company.cursor(grid.geometry().point(pointer.getX(), pointer.getY()));
        company.dragging(List.of(ghost(element, at)));
    }

    @Override
    public void letGo() {
        company.dragging(List.of());
    }

    private Ghost ghost(ElementId element, GridGeometry.Rectangle at) {
        GridGeometry geometry = grid.geometry();
        Point from = geometry.point(at.x(), at.y());
        Point to = geometry.point(at.x() + at.width() + GridGeometry.GAP, at.y() + at.height() + GridGeometry.GAP);
        return new Ghost(element, from.x(), from.y(), to.x() - from.x(), to.y() - from.y());
    }

    /// The title of a widget is being typed; null when that is over.
    void renaming(@Nullable ElementId element) {
        renamed = element;
        tellEditing();
    }

    /// The properties of a widget are open; null when they are closed.
    void inspecting(@Nullable ElementId element) {
        inspected = element;
        tellEditing();
    }

    private void tellEditing() {
        if (renamed != null) {
            company.editing(renamed, Properties.TITLE);
        } else if (inspected != null) {
            company.editing(inspected, null);
        } else {
            company.stopEditing();
        }
    }

    private void chosen(String session) {
        Colleague leader = following.leader();
        if (leader != null && leader.session().equals(session)) {
            stop();
        } else {
            following.follow(session).ifPresent(toasts::show);
            scroll.requestFocus(); // so that the next key is pressed in here, and ends it
            redraw();
        }
    }

    private void stop() {
        if (following.leader() != null) {
            following.stop();
            eased.stop();
            redraw();
        }
    }

    @Override
    public void redraw() {
        following.check().ifPresent(toasts::show);
        List<Colleague> colleagues = company.colleagues();
        layer.show(colleagues, grid.geometry(), this::boundsOf, model.serverTime());
        Colleague leader = following.leader();
        people.show(company.people(), colleagues, company.ownSession(), leader == null ? "" : leader.session());
        if (leader == null) {
            frame.hide();
            eased.stop();
        } else {
            frame.show(leader.person().account(), leader.person().color());
            follow(leader);
        }
    }

    private @Nullable Bounds boundsOf(ElementId id) {
        WidgetCell cell = grid.cell(id);
        return cell == null ? null : cell.widget().bounds();
    }

    private void follow(Colleague leader) {
        Optional<Double> top = Following.top(leader.presence().viewport(), leader.presence().cursor(), rowsInSight());
        top.ifPresent(rows -> eased.to(rows * GridGeometry.PITCH));
    }

    @Override
    public boolean isInSight() {
        return grid.getScene() != null;
    }

    void dispose() {
        listening.close();
        pulse.unsubscribe();
        viewport.unsubscribe();
        layer.dispose();
        eased.stop();
    }
}
