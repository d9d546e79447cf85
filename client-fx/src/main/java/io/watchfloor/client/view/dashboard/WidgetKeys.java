package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardEditor;
import io.watchfloor.client.view.dashboard.Placement.Kind;
import io.watchfloor.document.Bounds;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyEvent;

/// What keys do on a widget that has the focus: arrows move it, with Shift they resize it, Delete removes it, F2 renames
/// it, Enter shows its properties. FX thread only.
final class WidgetKeys {

    /// What the keys lead to besides placing.
    interface Actions {

        void rename(WidgetCell cell);

        void inspect(WidgetCell cell);

        void remove(WidgetCell cell);
    }

    private final GridView grid;
    private final DashboardEditor editor;
    private final BooleanSupplier allowed;
    private final Actions actions;

    WidgetKeys(GridView grid, DashboardEditor editor, BooleanSupplier allowed, Actions actions) {
        this.grid = grid;
        this.editor = editor;
        this.allowed = allowed;
        this.actions = actions;
    }

    void attach(WidgetCell cell) {
        cell.frame().addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getTarget() == cell.frame() && allowed.getAsBoolean() && !event.isShortcutDown()) {
                pressed(cell, event);
            }
        });
    }

    private void pressed(WidgetCell cell, KeyEvent event) {
        Kind kind = event.isShiftDown() ? Kind.RESIZE : Kind.MOVE;
        switch (event.getCode()) {
            case LEFT -> place(cell, kind, -1, 0);
            case RIGHT -> place(cell, kind, 1, 0);
            case UP -> place(cell, kind, 0, -1);
            case DOWN -> place(cell, kind, 0, 1);
            case DELETE, BACK_SPACE -> actions.remove(cell);
            case F2 -> actions.rename(cell);
            case ENTER -> actions.inspect(cell);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void place(WidgetCell cell, Kind kind, int columns, int rows) {
        Bounds from = cell.widget().bounds();
        List<Bounds> others = grid.cells().stream().filter(other -> other != cell)
                .map(other -> other.widget().bounds()).toList();
        Bounds target = new Placement(kind, from).step(columns, rows, others);
        if (!target.equals(from)) {
            editor.place(cell.id(), target);
        }
    }
}
