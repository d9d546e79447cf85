package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.format.Moments;
import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.ModelListener;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.client.sync.rest.Sharing;
import io.watchfloor.client.view.sharing.SharingView;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.client.widget.RedrawPulse;
import io.watchfloor.document.ElementId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage.Person;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// An open dashboard: its bar, its widgets on the grid, and a panel at the side while something is being added or edited.
/// FX thread only.
public final class DashboardView {

    /// What a dashboard needs of its window.
    ///
    /// @param server what it knows of this dashboard besides what the dashboard holds
    /// @param editing whether it opens ready for editing
    /// @param editingChanged told when that is switched
    /// @param leave shows the list of dashboards
    ///
    /// Immutable.
    public record Place(Toasts toasts, RedrawPulse pulse, AtServer server, boolean editing,
            Consumer<Boolean> editingChanged, Runnable leave) {

        Past past() {
            return server.past();
        }

        Sharing sharing() {
            return server.sharing();
        }
    }

    /// What a server tells of one dashboard when it is asked. Immutable.
    public record AtServer(Past past, Sharing sharing) {}

    private final DashboardModel model;
    private final Place place;
    private final WidgetSources sources;
    private final BorderPane root = new BorderPane();
    private final GridView grid = new GridView();
    private final ScrollPane scroll = new ScrollPane(grid);
    private final DashboardNotes notes;
    private final DashboardBar bar = new DashboardBar(new BarActions());
    private final WidgetDrag drag;
    private final GridSelection selection = new GridSelection(root, scroll, grid);
    private final GridCells cells;
    private final Panels panels;
    private final Retrospect past;
    private final UndoKeys steps;
    private final List<Registration> registrations;
    private final PresenceView presence;
    private Right rightShown = Right.NONE;
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
        panels = new Panels(root, grid, model.editor(), sources, selection, presence);
        WidgetActions actions = new WidgetActions(model.editor(), grid, panels, place.toasts(), new BesideGrid());
        WidgetKeys keys = new WidgetKeys(grid, model.editor(), this::mayEdit, actions);
        cells = new GridCells(grid, sources, selection, new GridCells.Hands(drag, keys, actions, panels));
        cells.range(range());
        selection.onChanged(this::selectionChanged);
        notes = new DashboardNotes(this::openPalette, place.leave());
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("wf-dashboard-scroll");
        scroll.setFocusTraversable(false);
        root.setTop(bar.node());
        MergeCard merges = new MergeCard(model.editor(), place.toasts());
        StackPane.setAlignment(merges.node(), Pos.TOP_RIGHT);
        past = new Retrospect(model, place.past(), sources, place.toasts(), this::showEditing);
        steps = new UndoKeys(model.editor(), this::mayEdit, place.toasts());
        root.setCenter(new StackPane(scroll, notes.node(), presence.frame(), past.node(), merges.node()));
        root.getStyleClass().add("wf-dashboard");
        root.addEventHandler(KeyEvent.KEY_PRESSED, this::shortcut);
        presence.watch(root);
        registrations = List.of(model.listen(cells), model.listen(merges), model.listen(new Listener()));
        rightShown = model.right();
        model.widgets().forEach(cells::add);
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
        past.close();
        registrations.forEach(Registration::close);
        presence.dispose();
        cells.dispose();
    }

    /// The widgets that do not show fresh data now, each with why not.
    public List<String> unready() {
        return cells.unready();
    }

    /// Draws now whatever is waiting for the next pulse, with nothing selected.
    public void drawAll() {
        selection.clear();
        cells.redraw();
    }

    private boolean mayEdit() {
        return editing && model.editor().canEdit() && !past.isOpen();
    }

    private long range() {
        return chosenRange == 0 ? model.rangeMillis() : chosenRange;
    }

    private void showAll() {
        bar.showTitle(model.title());
        bar.showRanges(model.rangeMillis(), range());
        bar.showOffline(model.joined() || model.seenAt() == 0
                ? ""
                : Moments.brief(model.seenAt(), model.serverTime(), ZoneId.systemDefault()));
        bar.showSteps(model.editor().undoLabel(), model.editor().redoLabel());
        showEditing();
    }

    private void showEditing() {
        boolean known = model.joined() || model.right() != Right.NONE;
        bar.showEditing(model.editor().canEdit() && !past.isOpen(), editing, known && !past.isOpen());
        bar.showRight(model.right() == Right.OWN, RightWords.why(place.sharing().role()));
        cells.editing(mayEdit());
        boolean stays = panels.showsHistory() || (panels.showsSharing() && model.right() == Right.OWN);
        if (!mayEdit() && !stays) {
            panels.close();
        }
        showNotes();
    }

    private void showNotes() {
        notes.node().setVisible(!past.isOpen());
        notes.show(model.unavailable(), model.joined(), model.missing(), !model.widgets().isEmpty(), mayEdit());
    }

    private void selectionChanged(@Nullable WidgetCell last) {
        presence.selected(selection.all());
        if (last != null) {
            panels.selected(last.widget());
        }
    }

    private void shortcut(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            selection.clear();
        }
        steps.pressed(event);
    }

    private void openPalette() {
        if (mayEdit()) {
            panels.palette();
        }
    }

    /// Tells when editing has become possible, or is not any more; where nothing can be seen any more a note says so.
    private void tellRight(Right right) {
        String told = RightWords.changed(rightShown, right, place.sharing().role());
        rightShown = right;
        if (!told.isEmpty()) {
            place.toasts().show(told);
        }
    }

    private final class BesideGrid implements WidgetActions.Beside {

        @Override
        public boolean mayEdit() {
            return DashboardView.this.mayEdit();
        }

        @Override
        public Selection selection() {
            return selection.selected();
        }

        @Override
        public void renaming(@Nullable ElementId id) {
            presence.renaming(id);
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
            cells.range(millis);
            past.range(millis);
        }

        @Override
        public void add() {
            openPalette();
        }

        @Override
        public void undo() {
            steps.undo();
        }

        @Override
        public void redo() {
            steps.redo();
        }

        @Override
        public void editing(boolean wanted) {
            editing = wanted;
            place.editingChanged().accept(wanted);
            showEditing();
        }

        @Override
        public void history() {
            panels.history(past::panel);
        }

        @Override
        public void share() {
            panels.sharing(close -> new SharingView(place.sharing(), place.toasts(), close));
        }

        @Override
        public void why() {
            place.toasts().show(RightWords.why(place.sharing().role()));
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
            cells.range(range());
        }

        @Override
        public void widgetAdded(Widget widget) {
            showNotes();
        }

        @Override
        public void widgetRemoved(ElementId id) {
            showNotes();
        }

        @Override
        public void peopleChanged(List<Person> people) {
            panels.peopleChanged();
        }

        @Override
        public void rightChanged(Right right) {
            showEditing();
            if (panels.showsSharing() && right != Right.OWN) {
                panels.close();
            }
            tellRight(right);
        }

        @Override
        public void stepsChanged() {
            bar.showSteps(model.editor().undoLabel(), model.editor().redoLabel());
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
