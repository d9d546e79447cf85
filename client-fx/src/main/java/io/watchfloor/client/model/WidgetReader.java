package io.watchfloor.client.model;

import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads widgets out of the elements of a dashboard, and knows which widget each series entry belongs to.
/// Owner executor only.
final class WidgetReader {

    private static final Comparator<SeriesEntry> IN_ORDER = Comparator.comparing(SeriesEntry::order)
            .thenComparing(SeriesEntry::id);

    private final Registers registers;
    private final Map<ElementId, ElementId> chartOf = new HashMap<>();
    private final Map<ElementId, Set<ElementId>> entriesOf = new HashMap<>();

    WidgetReader(Registers registers) {
        this.registers = registers;
    }

    /// The widgets that changes touch, those of changed series entries included.
    Set<ElementId> touched(Set<Change> changes) {
        Set<ElementId> elements = new HashSet<>();
        changes.forEach(change -> elements.add(change.element()));
        Set<ElementId> widgets = new HashSet<>();
        for (ElementId element : elements) {
            ElementId before = chartOf.get(element);
            ElementId now = follow(element);
            if (before != null) {
                widgets.add(before);
            }
            widgets.add(now == null ? element : now);
        }
        widgets.remove(ElementId.DASHBOARD);
        return widgets;
    }

    /// Notes the chart of an element that is a series entry.
    private @Nullable ElementId follow(ElementId element) {
        ElementId chart = Properties.KIND_SERIES.equals(text(element, Properties.KIND)) ? parent(element) : null;
        ElementId before = chart == null ? chartOf.remove(element) : chartOf.put(element, chart);
        if (before != null && !before.equals(chart)) {
            entriesOf.getOrDefault(before, new HashSet<>()).remove(element);
        }
        if (chart != null) {
            entriesOf.computeIfAbsent(chart, _ -> new HashSet<>()).add(element);
        }
        return chart;
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
        if (!exists(id) || kind == null || bounds == null || kind.equals(Properties.KIND_SERIES)) {
            return null;
        }
        return new Widget(id, kind, ElementForms.text(value(id, Properties.TITLE), ""), bounds,
                ElementForms.text(value(id, Properties.Z), ""), ElementForms.query(value(id, Properties.QUERY)),
                ElementForms.text(value(id, Properties.UNIT), Widget.NO_UNIT),
                ElementForms.text(value(id, Properties.LEGEND), ""),
                ElementForms.thresholds(value(id, Properties.THRESHOLDS)),
                ElementForms.axis(value(id, Properties.AXIS)), entries(id));
    }

    private List<SeriesEntry> entries(ElementId chart) {
        List<SeriesEntry> entries = new ArrayList<>();
        for (ElementId id : entriesOf.getOrDefault(chart, Set.of())) {
            if (exists(id)) {
                entries.add(new SeriesEntry(id, ElementForms.query(value(id, Properties.QUERY)),
                        ElementForms.text(value(id, Properties.LEGEND), ""),
                        ElementForms.text(value(id, Properties.ORDER), "")));
            }
        }
        entries.sort(IN_ORDER);
        return entries;
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
