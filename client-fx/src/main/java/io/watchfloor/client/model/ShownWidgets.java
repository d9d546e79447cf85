package io.watchfloor.client.model;

import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The widgets of a dashboard, kept as its properties have them. Owner executor only.
final class ShownWidgets {

    private static final Comparator<Widget> BY_Z = Comparator.comparing(Widget::z).thenComparing(Widget::id);

    /// What became of one widget.
    ///
    /// @param before null where it was not there
    /// @param after null where it is not there any more
    record Turn(ElementId id, @Nullable Widget before, @Nullable Widget after) {}

    private final WidgetReader reader;
    private final Map<ElementId, Widget> widgets = new HashMap<>();

    ShownWidgets(WidgetReader reader) {
        this.reader = reader;
    }

    /// All of them, the lowest first.
    List<Widget> all() {
        return widgets.values().stream().sorted(BY_Z).toList();
    }

    @Nullable
    Widget find(ElementId id) {
        return widgets.get(id);
    }

    /// What shows some elements for the first time is a change of each of them.
    static Set<Change> appearing(Collection<ElementId> elements) {
        return elements.stream().map(element -> new Change(element, Properties.EXISTS)).collect(Collectors.toSet());
    }

    /// Reads anew what changes touch.
    ///
    /// @return the widgets that are not as they were
    List<Turn> changed(Set<Change> changes) {
        List<Turn> turns = new ArrayList<>();
        for (ElementId id : reader.touched(changes)) {
            Widget after = reader.read(id);
            Widget before = after == null ? widgets.remove(id) : widgets.put(id, after);
            if (after == null ? before != null : !after.equals(before)) {
                turns.add(new Turn(id, before, after));
            }
        }
        return turns;
    }
}
