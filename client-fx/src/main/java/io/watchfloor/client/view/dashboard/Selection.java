package io.watchfloor.client.view.dashboard;

import io.watchfloor.document.ElementId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The widgets that are selected in this view, in the order they were chosen. FX thread only.
final class Selection {

    private final Set<ElementId> selected = new LinkedHashSet<>();
    private final Runnable changed;

    /// @param changed told after each change
    Selection(Runnable changed) {
        this.changed = changed;
    }

    boolean contains(ElementId id) {
        return selected.contains(id);
    }

    Set<ElementId> all() {
        return Set.copyOf(selected);
    }

    /// The one that was chosen last; null where nothing is selected.
    @Nullable
    ElementId last() {
        ElementId last = null;
        for (ElementId id : selected) {
            last = id;
        }
        return last;
    }

    void only(ElementId id) {
        if (selected.size() != 1 || !selected.contains(id)) {
            selected.clear();
            selected.add(id);
            changed.run();
        }
    }

    /// Adds a widget, or takes it out again.
    void toggle(ElementId id) {
        if (!selected.remove(id)) {
            selected.add(id);
        }
        changed.run();
    }

    void remove(ElementId id) {
        if (selected.remove(id)) {
            changed.run();
        }
    }

    void clear() {
        if (!selected.isEmpty()) {
            selected.clear();
            changed.run();
        }
    }
}
