package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardEditor;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.control.MenuItem;

/// What can be done with one widget from its menu and by keys. Does nothing while editing is not allowed. FX thread only.
final class WidgetActions implements WidgetKeys.Actions {

    private final DashboardEditor editor;
    private final GridView grid;
    private final Panels panels;
    private final Toasts toasts;
    private final BooleanSupplier allowed;

    WidgetActions(DashboardEditor editor, GridView grid, Panels panels, Toasts toasts, BooleanSupplier allowed) {
        this.editor = editor;
        this.grid = grid;
        this.panels = panels;
        this.toasts = toasts;
        this.allowed = allowed;
    }

    List<MenuItem> menu(WidgetCell cell) {
        return List.of(item("Edit", () -> inspect(cell)), item("Rename", () -> rename(cell)),
                item("Bring to front", () -> editor.raise(cell.id())), item("Remove", () -> remove(cell)));
    }

    private static MenuItem item(String name, Runnable action) {
        MenuItem item = new MenuItem(name);
        item.setOnAction(_ -> action.run());
        return item;
    }

    @Override
    public void rename(WidgetCell cell) {
        if (allowed.getAsBoolean()) {
            TitleField field = new TitleField(cell.widget().title(), title -> editor.rename(cell.id(), title), () -> {
                grid.uncover();
                cell.frame().requestFocus();
            });
            grid.cover(cell, field);
            field.begin();
        }
    }

    @Override
    public void inspect(WidgetCell cell) {
        if (allowed.getAsBoolean()) {
            panels.inspect(cell.widget());
        }
    }

    @Override
    public void remove(WidgetCell cell) {
        Widget widget = cell.widget();
        String name = "'" + widget.title() + "'";
        if (allowed.getAsBoolean() && editor.remove(List.of(widget.id()))) {
            toasts.show("Removed " + name + ".", "Undo", () -> editor.assign("Bring back " + name, widget.id(),
                    Properties.EXISTS, Value.of(true)));
        }
    }
}
