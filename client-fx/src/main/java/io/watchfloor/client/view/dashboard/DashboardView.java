package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.format.Moments;
import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.MergeReport;
import io.watchfloor.client.model.ModelListener;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.client.widget.RedrawPulse;
import io.watchfloor.client.widget.WidgetState;
import io.watchfloor.document.ElementId;
import io.watchfloor.protocol.Right;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// An open dashboard: its bar, its widgets on the grid, and a panel at the side while something is being added or edited.
/// FX thread only.
public final class DashboardView {

    /// What a dashboard needs of its window.
    ///
    /// @param past of this dashboard
    /// @param editing whether it opens ready for editing
    /// @param editingChanged told when that is switched
    /// @param leave shows the list of dashboards
    ///
    /// Immutable.
    public record Place(Toasts toasts, RedrawPulse pulse, Past past, boolean editing,
            Consumer<Boolean> editingChanged, Runnable leave) {}

    private final DashboardModel model;
    private final Place place;
    private final WidgetSources sources;
    private final BorderPane root = new BorderPane();
    private final GridView grid = new GridView();
    private final ScrollPane scroll = new ScrollPane(grid);
    private final DashboardNotes notes;
    private final MergeCard merges;
    private final DashboardBar bar = new DashboardBar(new BarActions());
    private final WidgetDrag drag;
    private final WidgetKeys keys;
    private final WidgetActions actions;
    private final Panels panels;
    private final Registration registration;
    private final Selection selection = new Selection(this::selectionChanged);
    private final PresenceView presence;
    /// While the mouse is down the press decides what is selected, and not the focus that it moves.
    private boolean pressing;
    private @Nullable WidgetCell pressed;
    private long chosenRange;
    private boolean editing;

    public DashboardView(DashboardModel model, Place place) {
        this.model = model;
        this.place = place;
        editing = place.editing();
        sources = new WidgetSources(model.live(), place.pulse(), model::serverTime, ZoneId.systemDefault(),
                new NoteTexts(model, this::mayEdit));
        presence = new PresenceView(model, scroll, grid, bar.people(), place.toasts(), place.pulse());
        drag = new WidgetDrag(scroll, grid, model.editor(), this::mayEdit, presence);
        BesideGrid beside = new BesideGrid();
        panels = new Panels(root, grid, model.editor(), sources, beside);
        actions = new WidgetActions(model.editor(), grid, panels, place.toasts(), beside);
        keys = new WidgetKeys(grid, model.editor(), this::mayEdit, actions);
        notes = new DashboardNotes(this::openPalette, place.leave());
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("wf-dashboard-scroll");
        scroll.setFocusTraversable(false);
        root.setTop(bar.node());
        merges = new MergeCard(this::again);
        StackPane.setAlignment(merges.node(), Pos.TOP_RIGHT);
        root.setCenter(new StackPane(scroll, notes.node(), presence.frame(), merges.node()));
        root.getStyleClass().add("wf-dashboard");
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::shortcut);
        presence.watch(root);
        root.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> pressing = true);
        root.addEventFilter(MouseEvent.MOUSE_RELEASED, _ -> released());
        grid.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            if (grid.equals(event.getTarget()) && !event.isShiftDown()) {
                selection.clear();
            }
        });
        registration = model.listen(new Listener());
        model.widgets().forEach(this::addCell);
        showAll();
    }

    public Node node() {
        return root;
    }

    /// Puts the focus into the dashboard, for its keys.
    public void focus() {
        scroll.requestFocus();
    }

    /// Follows nothing any more. The model is not closed from here.
    public void dispose() {
        drag.cancel();
        panels.close();
        registration.close();
        presence.dispose();
        grid.cells().forEach(WidgetCell::dispose);
    }

    /// The widgets that do not show fresh data now, each with why not.
    public List<String> unready() {
        List<String> unready = new ArrayList<>();
        for (WidgetCell cell : grid.cells()) {
            String why = switch (cell.state()) {
                case WidgetState.Fresh() -> "";
                case WidgetState.Waiting() -> "has no data yet";
                case WidgetState.Empty(String advice) -> "is empty: " + advice;
                case WidgetState.Stale(long _) -> "is stale";
                case WidgetState.Failed(String message) -> "failed: " + message;
            };
            if (!why.isEmpty()) {
                unready.add("'" + cell.widget().title() + "' " + why);
            }
        }
        return unready;
    }

    /// Draws now whatever is waiting for the next pulse, with nothing selected.
    public void drawAll() {
        selection.clear();
        grid.cells().forEach(WidgetCell::redraw);
    }

    private boolean mayEdit() {
        return editing && model.editor().canEdit();
    }

    private long range() {
        return chosenRange == 0 ? model.rangeMillis() : chosenRange;
    }

    private void showAll() {
        bar.showTitle(model.title());
        bar.showRanges(model.rangeMillis(), range());
        bar.showOffline(model.joined() || model.seenAt() == 0
                ? ""
                : Moments.text(model.seenAt(), ZoneId.systemDefault()));
        bar.showSteps(model.editor().undoLabel(), model.editor().redoLabel());
        showEditing();
    }

    private void showEditing() {
        boolean known = model.joined() || model.right() != Right.NONE;
        bar.showEditing(model.editor().canEdit(), editing, known);
        grid.spare(mayEdit());
        grid.cells().forEach(this::showEditing);
        if (!mayEdit()) {
            drag.cancel();
            if (!panels.showsHistory()) {
                panels.close();
            }
        }
        showNotes();
    }

    private void showEditing(WidgetCell cell) {
        boolean may = mayEdit();
        cell.frame().readOnlyProperty().set(!may);
        cell.frame().menuItems().setAll(may ? actions.menu(cell) : List.of());
        cell.frame().pseudoClassStateChanged(DashboardNotes.EDITABLE, may);
    }

    private void showNotes() {
        notes.show(model.unavailable(), model.joined(), model.missing(), !model.widgets().isEmpty(), mayEdit());
    }

    private void addCell(Widget widget) {
        WidgetCell cell = new WidgetCell(widget, sources, range());
        grid.add(cell);
        drag.attach(cell);
        keys.attach(cell);
        cell.frame().focusedProperty().subscribe(focused -> {
            if (focused && !pressing) {
                selection.only(cell.id());
            }
        });
        cell.frame().addEventFilter(MouseEvent.MOUSE_PRESSED, event -> {
            press(cell.id(), event);
            boolean byHeader = event.getTarget() instanceof Node target && !(target instanceof TextInputControl)
                    && isIn(target, cell.frame().header());
            pressed = byHeader && selection.contains(cell.id()) ? cell : null;
        });
        cell.frame().header().setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && event.isStillSincePress() && mayEdit()) {
                actions.rename(cell);
            }
        });
        showEditing(cell);
    }

    static boolean isIn(Node node, Node ancestor) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    /// Shift adds to the selection and takes out of it.
    private void press(ElementId id, MouseEvent event) {
        if (event.isShiftDown()) {
            selection.toggle(id);
        } else {
            selection.only(id);
        }
    }

    /// The focus goes to the widget only now, because on its way up a press moves it to the scroll pane.
    private void released() {
        if (pressed != null) {
            pressed.frame().requestFocus();
            pressed = null;
        }
        pressing = false;
    }

    private void selectionChanged() {
        grid.cells().forEach(cell -> cell.frame().setSelected(selection.contains(cell.id())));
        presence.selected(selection.all());
        ElementId last = selection.last();
        WidgetCell cell = last == null ? null : grid.cell(last);
        if (cell != null) {
            panels.selected(cell.widget());
        }
    }

    private void reveal(WidgetCell cell) {
        double hidden = grid.getHeight() - scroll.getViewportBounds().getHeight();
        if (hidden > 0) {
            double top = cell.frame().getLayoutY() - GridGeometry.GAP;
            double from = scroll.getVvalue() * hidden;
            double viewport = scroll.getViewportBounds().getHeight();
            if (top < from || top + cell.frame().getHeight() > from + viewport) {
                scroll.setVvalue(Math.clamp(top / hidden, 0, 1));
            }
        }
    }

    private void shortcut(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            selection.clear();
        }
        if (event.getTarget() instanceof TextInputControl || !event.isShortcutDown() || !mayEdit()) {
            return;
        }
        if ((event.getCode() == KeyCode.Z && event.isShiftDown()) || event.getCode() == KeyCode.Y) {
            tell(model.editor().redo());
            event.consume();
        } else if (event.getCode() == KeyCode.Z) {
            tell(model.editor().undo());
            event.consume();
        }
    }

    private void tell(Optional<String> sentence) {
        sentence.ifPresent(place.toasts()::show);
    }

    private void again(MergeReport.Item item) {
        if (!model.editor().again(item)) {
            place.toasts().show("This dashboard cannot be edited now.");
        }
    }

    private void openPalette() {
        if (mayEdit()) {
            panels.palette();
        }
    }

    private final class BesideGrid implements Panels.Beside, WidgetActions.Beside {

        @Override
        public boolean mayEdit() {
            return DashboardView.this.mayEdit();
        }

        @Override
        public Selection selection() {
            return selection;
        }

        @Override
        public void renaming(@Nullable ElementId id) {
            presence.renaming(id);
        }

        @Override
        public void inspecting(@Nullable ElementId id) {
            presence.inspecting(id);
        }

        @Override
        public int firstRow() {
            double hidden = Math.max(0, grid.getHeight() - scroll.getViewportBounds().getHeight());
            return grid.geometry().rowAt(GridGeometry.GAP + scroll.getVvalue() * hidden);
        }

        @Override
        public void added(ElementId id) {
            WidgetCell cell = grid.cell(id);
            if (cell != null) {
                selection.only(id);
                root.applyCss();
                root.layout();
                reveal(cell);
                cell.begin();
            }
        }

        @Override
        public void closed() {
            ElementId last = selection.last();
            WidgetCell cell = last == null ? null : grid.cell(last);
            if (cell != null) {
                cell.frame().requestFocus();
            }
        }
    }

    private final class BarActions implements DashboardBar.Actions {

        @Override
        public void rename(String title) {
            model.editor().renameDashboard(title);
        }

        @Override
        public void range(long millis) {
            chosenRange = millis;
            grid.cells().forEach(cell -> cell.range(millis));
        }

        @Override
        public void add() {
            openPalette();
        }

        @Override
        public void undo() {
            tell(model.editor().undo());
        }

        @Override
        public void redo() {
            tell(model.editor().redo());
        }

        @Override
        public void editing(boolean wanted) {
            editing = wanted;
            place.editingChanged().accept(wanted);
            showEditing();
        }

        @Override
        public void history() {
            panels.history(close -> new HistoryPanel(place.past(), model.editor().canEdit(), place.toasts(),
                    ZoneId.systemDefault(), close));
        }
    }

    private final class Listener implements ModelListener {

        @Override
        public void joined() {
            showAll();
        }

        @Override
        public void left() {
            showAll();
        }

        @Override
        public void dashboardChanged() {
            panels.stale();
            bar.showTitle(model.title());
            bar.showRanges(model.rangeMillis(), range());
            if (chosenRange == 0) {
                grid.cells().forEach(cell -> cell.range(range()));
            }
        }

        @Override
        public void widgetAdded(Widget widget) {
            panels.stale();
            addCell(widget);
            drag.othersChanged();
            showNotes();
        }

        @Override
        public void widgetRemoved(ElementId id) {
            panels.stale();
            drag.removed(id);
            selection.remove(id);
            WidgetCell cell = grid.cell(id);
            if (cell != null) {
                grid.remove(cell);
                cell.dispose();
            }
            panels.removed(id);
            drag.othersChanged();
            showNotes();
        }

        @Override
        public void widgetChanged(Widget before, Widget after) {
            panels.stale();
            WidgetCell cell = grid.cell(after.id());
            if (cell == null) {
                return;
            }
            cell.show(after);
            if (!before.z().equals(after.z())) {
                grid.order();
            }
            grid.requestLayout();
            panels.changed(after);
            if (!before.bounds().equals(after.bounds())) {
                drag.moved(after.id());
            }
        }

        @Override
        public void rightChanged(Right right) {
            showEditing();
        }

        @Override
        public void stepsChanged() {
            bar.showSteps(model.editor().undoLabel(), model.editor().redoLabel());
        }

        @Override
        public void rejected(MergeReport.Item lost) {
            merges.show(new MergeReport(List.of(), List.of(lost)));
        }

        @Override
        public void merged(MergeReport report) {
            merges.show(report);
        }

        @Override
        public void opened() {
            showAll();
        }

        @Override
        public void notice(String sentence) {
            place.toasts().show(sentence);
        }

        @Override
        public void unavailable(String sentence) {
            showAll();
        }
    }
}
