package io.watchfloor.client.model;

import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads widgets out of the elements of a dashboard, and knows which widget each part of one belongs to: a chart's series,
/// a table's columns. Owner executor only.
final class WidgetReader {

    private static final Comparator<SeriesEntry> IN_ORDER = Comparator.comparing(SeriesEntry::order)
            .thenComparing(SeriesEntry::id);
    private static final Comparator<ColumnEntry> COLUMNS_IN_ORDER = Comparator.comparing(ColumnEntry::order)
            .thenComparing(ColumnEntry::id);
    private static final Set<String> PARTS = Set.of(Properties.KIND_SERIES, Properties.KIND_COLUMN);

    private final Registers registers;
    private final Map<ElementId, ElementId> wholeOf = new HashMap<>();
    private final Map<ElementId, Set<ElementId>> partsOf = new HashMap<>();

    WidgetReader(Registers registers) {
        this.registers = registers;
    }

    /// The widgets that changes touch, those whose parts are changed included.
    Set<ElementId> touched(Set<Change> changes) {
        Set<ElementId> elements = new HashSet<>();
        changes.forEach(change -> elements.add(change.element()));
        Set<ElementId> widgets = new HashSet<>();
        for (ElementId element : elements) {
            ElementId before = wholeOf.get(element);
            ElementId now = follow(element);
            if (before != null) {
                widgets.add(before);
            }
            widgets.add(now == null ? element : now);
        }
        widgets.remove(ElementId.DASHBOARD);
        return widgets;
    }

    /// Notes the widget of an element that is a part of one.
    private @Nullable ElementId follow(ElementId element) {
        ElementId whole = isPart(text(element, Properties.KIND)) ? parent(element) : null;
        ElementId before = whole == null ? wholeOf.remove(element) : wholeOf.put(element, whole);
        if (before != null && !before.equals(whole)) {
            partsOf.getOrDefault(before, new HashSet<>()).remove(element);
        }
        if (whole != null) {
            partsOf.computeIfAbsent(whole, _ -> new HashSet<>()).add(element);
        }
        return whole;
    }

    private static boolean isPart(@Nullable String kind) {
        return kind != null && PARTS.contains(kind);
    }

    private @Nullable ElementId parent(ElementId element) {
        String parent = text(element, Properties.PARENT);
        try {
            return parent == null ? null : ElementId.parse(parent);
        } catch (IllegalArgumentException e) {
            return null; // a newer version may write something else; then it has no place here
        }
    }

    /// The widget as it is shown, or null where it does not exist or has no place on the grid.
    @Nullable
    Widget read(ElementId id) {
        String kind = text(id, Properties.KIND);
        Bounds bounds = Bounds.of(value(id, Properties.BOUNDS));
        if (!exists(id) || kind == null || bounds == null || isPart(kind)) {
            return null;
        }
        return new Widget(id, kind, ElementForms.text(value(id, Properties.TITLE), ""), bounds,
                ElementForms.text(value(id, Properties.Z), ""), ElementForms.query(value(id, Properties.QUERY)),
                ElementForms.text(value(id, Properties.UNIT), Widget.NO_UNIT),
                ElementForms.text(value(id, Properties.LEGEND), ""),
                ElementForms.thresholds(value(id, Properties.THRESHOLDS)),
                ElementForms.axis(value(id, Properties.AXIS)), series(id), columns(id));
    }

    private List<SeriesEntry> series(ElementId chart) {
        return parts(chart, Properties.KIND_SERIES).filter(this::exists)
                .map(id -> new SeriesEntry(id, ElementForms.query(value(id, Properties.QUERY)),
                        ElementForms.text(value(id, Properties.LEGEND), ""),
                        ElementForms.text(value(id, Properties.ORDER), "")))
                .sorted(IN_ORDER).toList();
    }

    private List<ColumnEntry> columns(ElementId table) {
        return parts(table, Properties.KIND_COLUMN)
                .map(id -> new ColumnEntry(id, ElementForms.text(value(id, Properties.COLUMN), ""),
                        ElementForms.text(value(id, Properties.ORDER), ""), exists(id)))
                .filter(entry -> !entry.column().isEmpty()).sorted(COLUMNS_IN_ORDER).toList();
    }

    private Stream<ElementId> parts(ElementId whole, String kind) {
        return partsOf.getOrDefault(whole, Set.of()).stream().filter(id -> kind.equals(text(id, Properties.KIND)));
    }

    private boolean exists(ElementId id) {
        return value(id, Properties.EXISTS) instanceof Value.Bool(boolean exists) && exists;
    }

    private @Nullable String text(ElementId id, String property) {
        return ElementForms.text(value(id, property));
    }

    private @Nullable Value value(ElementId id, String property) {
        return registers.value(id, property);
    }
}
