package io.watchfloor.client.view.dashboard;

import io.watchfloor.document.ElementId;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Selects widgets on a dashboard's grid by press, with Shift and by the focus, and brings them into sight. FX thread only.
final class GridSelection {

    private final Region root;
    private final ScrollPane scroll;
    private final GridView grid;
    private final Selection selection;
    private Consumer<@Nullable WidgetCell> listener = _ -> {};
    /// While the mouse is down the press decides what is selected, and not the focus that it moves.
    private boolean pressing;
    private @Nullable WidgetCell pressed;

    /// @param root in which the mouse is pressed and released
    GridSelection(Region root, ScrollPane scroll, GridView grid) {
        this.root = root;
        this.scroll = scroll;
        this.grid = grid;
        selection = new Selection(this::changed);
        root.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> pressing = true);
        root.addEventFilter(MouseEvent.MOUSE_RELEASED, _ -> released());
        grid.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            if (grid.equals(event.getTarget()) && !event.isShiftDown()) {
                selection.clear();
            }
        });
    }

    /// @param changed told after each change the widget that was selected last, or null
    void onChanged(Consumer<@Nullable WidgetCell> changed) {
        listener = changed;
    }

    void attach(WidgetCell cell) {
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

    private void changed() {
        grid.cells().forEach(cell -> cell.frame().setSelected(selection.contains(cell.id())));
        listener.accept(last());
    }

    Selection selected() {
        return selection;
    }

    Set<ElementId> all() {
        return selection.all();
    }

    void clear() {
        selection.clear();
    }

    void remove(ElementId id) {
        selection.remove(id);
    }

    private @Nullable WidgetCell last() {
        ElementId last = selection.last();
        return last == null ? null : grid.cell(last);
    }

    /// Gives the focus back to the widget that was selected last.
    void focus() {
        WidgetCell cell = last();
        if (cell != null) {
            cell.frame().requestFocus();
        }
    }

    /// Selects a widget that was just made, and begins what it is for.
    void begin(ElementId id) {
        WidgetCell cell = grid.cell(id);
        if (cell != null) {
            selection.only(id);
            root.applyCss();
            root.layout();
            reveal(cell);
            cell.begin();
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

    /// The uppermost row in sight.
    int firstRow() {
        double hidden = Math.max(0, grid.getHeight() - scroll.getViewportBounds().getHeight());
        return grid.geometry().rowAt(GridGeometry.GAP + scroll.getVvalue() * hidden);
    }
}
