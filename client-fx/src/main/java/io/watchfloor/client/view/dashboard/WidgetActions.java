package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardEditor;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.document.ElementId;
import java.util.List;
import java.util.Set;
import javafx.scene.control.MenuItem;
import org.jspecify.annotations.Nullable;

/// What can be done with one widget from its menu and by keys. Does nothing while editing is not allowed. FX thread only.
final class WidgetActions implements WidgetKeys.Actions {

    private final DashboardEditor editor;
    private final GridView grid;
    private final Panels panels;
    private final Toasts toasts;
    private final Beside beside;

    /// What the actions need to know of the dashboard, and it of them.
    interface Beside {

        boolean mayEdit();

        Selection selection();

        /// The title of a widget is being typed; null when that is over.
        void renaming(@Nullable ElementId id);
    }

    WidgetActions(DashboardEditor editor, GridView grid, Panels panels, Toasts toasts, Beside beside) {
        this.editor = editor;
        this.grid = grid;
        this.panels = panels;
        this.toasts = toasts;
        this.beside = beside;
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
        if (beside.mayEdit()) {
            TitleField field = new TitleField(cell.widget().title(), title -> editor.rename(cell.id(), title), () -> {
                grid.uncover();
                beside.renaming(null);
                cell.frame().requestFocus();
            });
            grid.cover(cell, field);
            beside.renaming(cell.id());
            field.begin();
        }
    }

    @Override
    public void inspect(WidgetCell cell) {
        if (beside.mayEdit()) {
            panels.inspect(cell.widget());
        }
    }

    /// Removes the widget, or all that are selected where it is one of them.
    @Override
    public void remove(WidgetCell cell) {
        Set<ElementId> all = beside.selection().contains(cell.id())
                ? beside.selection().all()
                : Set.of(cell.id());
        String names = all.size() == 1 ? "'" + cell.widget().title() + "'" : all.size() + " widgets";
        if (beside.mayEdit() && editor.remove(all)) {
            toasts.show("Removed " + names + ".", "Undo", () -> editor.bringBack(names, all));
        }
    }
}
