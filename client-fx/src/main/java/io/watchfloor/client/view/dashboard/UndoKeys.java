package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardEditor;
import io.watchfloor.client.view.window.Toasts;
import java.util.function.BooleanSupplier;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Undo and redo on a dashboard, by keys and by its bar; what is skipped is told. FX thread only.
final class UndoKeys {

    private final DashboardEditor editor;
    private final BooleanSupplier mayEdit;
    private final Toasts toasts;

    UndoKeys(DashboardEditor editor, BooleanSupplier mayEdit, Toasts toasts) {
        this.editor = editor;
        this.mayEdit = mayEdit;
        this.toasts = toasts;
    }

    void undo() {
        editor.undo().ifPresent(toasts::show);
    }

    void redo() {
        editor.redo().ifPresent(toasts::show);
    }

    /// A field in which something is typed has an undo of its own.
    void pressed(KeyEvent event) {
        if (event.getTarget() instanceof TextInputControl || !event.isShortcutDown() || !mayEdit.getAsBoolean()) {
            return;
        }
        if ((event.getCode() == KeyCode.Z && event.isShiftDown()) || event.getCode() == KeyCode.Y) {
            redo();
            event.consume();
        } else if (event.getCode() == KeyCode.Z) {
            undo();
            event.consume();
        }
    }
}
