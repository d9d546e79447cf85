package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardEditor;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.view.sharing.SharingView;
import io.watchfloor.document.ElementId;
import io.watchfloor.sample.SeriesKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import javafx.scene.layout.BorderPane;
import org.jspecify.annotations.Nullable;

/// The panel at the side of a dashboard: the palette, the properties of the selected widget, or none. FX thread only.
final class Panels {

    private final BorderPane root;
    private final GridView grid;
    private final DashboardEditor editor;
    private final WidgetSources sources;
    private final GridSelection selection;
    private final PresenceView presence;
    private @Nullable Inspector inspector;
    private @Nullable HistoryPanel history;
    private @Nullable SharingView sharing;

    Panels(BorderPane root, GridView grid, DashboardEditor editor, WidgetSources sources, GridSelection selection,
            PresenceView presence) {
        this.sources = sources;
        this.root = root;
        this.grid = grid;
        this.editor = editor;
        this.selection = selection;
        this.presence = presence;
    }

    /// @param make makes the panel, given what closes it
    void history(Function<Runnable, HistoryPanel> make) {
        if (history != null) {
            close();
            return;
        }
        forget();
        presence.inspecting(null);
        HistoryPanel opened = make.apply(this::close);
        history = opened;
        root.setRight(opened.node());
        opened.focus();
    }

    /// @param make makes the panel, given what closes it
    void sharing(Function<Runnable, SharingView> make) {
        if (sharing != null) {
            close();
            return;
        }
        forget();
        leaveHistory();
        presence.inspecting(null);
        SharingView opened = make.apply(this::close);
        sharing = opened;
        root.setRight(opened.node());
        opened.focus();
    }

    boolean showsSharing() {
        return sharing != null;
    }

    /// The history may have new lines.
    void stale() {
        if (history != null) {
            history.stale();
        }
    }

    /// Somebody came to the dashboard or left it.
    void peopleChanged() {
        if (history != null) {
            history.peopleChanged();
        }
    }

    boolean showsHistory() {
        return history != null;
    }

    private void leaveHistory() {
        if (history != null) {
            history.dispose();
            history = null;
        }
    }

    void palette() {
        forget();
        leaveHistory();
        presence.inspecting(null);
        IntSupplier row = selection::firstRow;
        Consumer<ElementId> added = selection::begin;
        AddPanel palette = new AddPanel(editor, this::known, row, added, this::close);
        root.setRight(palette.node());
        palette.focus();
    }

    void inspect(Widget widget) {
        forget();
        leaveHistory();
        Inspector opened = new Inspector(widget, editor, sources, new Found(), this::close);
        inspector = opened;
        root.setRight(opened.node());
        presence.inspecting(widget.id());
    }

    /// Another widget is selected: open properties follow.
    void selected(Widget widget) {
        if (inspector != null && !inspector.id().equals(widget.id())) {
            inspect(widget);
        }
    }

    void changed(Widget widget) {
        if (inspector != null && inspector.id().equals(widget.id())) {
            inspector.show(widget);
        }
    }

    void removed(ElementId id) {
        if (inspector != null && inspector.id().equals(id)) {
            close();
        }
    }

    void close() {
        boolean open = root.getRight() != null;
        forget();
        leaveHistory();
        presence.inspecting(null);
        root.setRight(null);
        if (open) {
            selection.focus();
        }
    }

    private void forget() {
        if (sharing != null) {
            sharing.dispose();
            sharing = null;
        }
        if (inspector != null) {
            inspector.close();
            inspector = null;
        }
    }

    private final class Found implements Inspector.Known {

        @Override
        public Set<SeriesKey> series() {
            return known();
        }

        @Override
        public List<String> columns(ElementId table) {
            return grid.cells().stream().filter(cell -> cell.id().equals(table)).findFirst().map(WidgetCell::columns)
                    .orElse(List.of());
        }
    }

    /// Series that the dashboard shows: what a new widget could show too.
    private Set<SeriesKey> known() {
        Set<SeriesKey> known = new LinkedHashSet<>();
        grid.cells().forEach(cell -> known.addAll(cell.series()));
        return known;
    }
}
