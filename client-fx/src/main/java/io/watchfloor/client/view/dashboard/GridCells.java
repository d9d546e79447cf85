package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.ModelListener;
import io.watchfloor.client.model.Widget;
import io.watchfloor.document.ElementId;
import java.util.List;

/// The widgets of an open dashboard on its grid, made, changed and taken away as the model says. FX thread only.
final class GridCells implements ModelListener {

    /// What takes hold of a widget.
    record Hands(WidgetDrag drag, WidgetKeys keys, WidgetActions actions, Panels panels) {}

    private final GridView grid;
    private final WidgetSources sources;
    private final GridSelection selection;
    private final Hands hands;
    private long range;
    private boolean mayEdit;

    GridCells(GridView grid, WidgetSources sources, GridSelection selection, Hands hands) {
        this.grid = grid;
        this.sources = sources;
        this.selection = selection;
        this.hands = hands;
    }

    /// @param millis how far back charts look
    void range(long millis) {
        if (range != millis) {
            range = millis;
            grid.cells().forEach(cell -> cell.range(millis));
        }
    }

    /// Whether the widgets can be changed now.
    void editing(boolean may) {
        mayEdit = may;
        grid.spare(may);
        grid.cells().forEach(this::showEditing);
        if (!may) {
            hands.drag().cancel();
        }
    }

    private void showEditing(WidgetCell cell) {
        cell.frame().readOnlyProperty().set(!mayEdit);
        cell.frame().menuItems().setAll(mayEdit ? hands.actions().menu(cell) : List.of());
        cell.frame().pseudoClassStateChanged(DashboardNotes.EDITABLE, mayEdit);
    }

    void add(Widget widget) {
        WidgetCell cell = new WidgetCell(widget, sources, range);
        grid.add(cell);
        hands.drag().attach(cell);
        hands.keys().attach(cell);
        selection.attach(cell);
        cell.frame().header().setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && event.isStillSincePress()) {
                hands.actions().rename(cell);
            }
        });
        showEditing(cell);
    }

    /// The widgets that do not show fresh data now, each with why not.
    List<String> unready() {
        return grid.cells().stream().filter(cell -> !cell.unready().isEmpty())
                .map(cell -> "'" + cell.widget().title() + "' " + cell.unready()).toList();
    }

    /// Draws now whatever is waiting for the next pulse.
    void redraw() {
        grid.cells().forEach(WidgetCell::redraw);
    }

    void dispose() {
        grid.cells().forEach(WidgetCell::dispose);
    }

    @Override
    public void widgetAdded(Widget widget) {
        hands.panels().stale();
        add(widget);
        hands.drag().othersChanged();
    }

    @Override
    public void widgetRemoved(ElementId id) {
        hands.panels().stale();
        hands.drag().removed(id);
        selection.remove(id);
        WidgetCell cell = grid.cell(id);
        if (cell != null) {
            grid.remove(cell);
            cell.dispose();
        }
        hands.panels().removed(id);
        hands.drag().othersChanged();
    }

    @Override
    public void widgetChanged(Widget before, Widget after) {
        hands.panels().stale();
        WidgetCell cell = grid.cell(after.id());
        if (cell == null) {
            return;
        }
        cell.show(after);
        if (!before.z().equals(after.z())) {
            grid.order();
        }
        grid.requestLayout();
        hands.panels().changed(after);
        if (!before.bounds().equals(after.bounds())) {
            hands.drag().moved(after.id());
        }
    }
}
