package io.watchfloor.client.model;

import io.watchfloor.client.sync.Edit;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What makes a table show other columns, or the same in another order, with as few edits as possible, so that two people
/// who choose at once get both their wishes. Stateless.
final class ColumnEdits {

    private ColumnEdits() {}

    /// @param names of the columns to show, in order; none for all that there are
    /// @param newId makes ids for columns that were never chosen before
    static List<Edit> of(Widget table, List<String> names, Supplier<ElementId> newId) {
        Map<String, ColumnEntry> entries = new HashMap<>();
        table.columns().forEach(entry -> entries.merge(entry.column(), entry, (a, b) -> a.shown() ? a : b));
        List<Edit> edits = new ArrayList<>();
        List<ListOrder.Place> places = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            ColumnEntry entry = entries.remove(name);
            if (entry == null) {
                ElementId id = newId.get();
                edits.addAll(DashboardEditor.creation(id, Properties.KIND_COLUMN, table.id()));
                edits.add(new Edit(id, Properties.COLUMN, Value.of(name)));
                places.add(new ListOrder.Place(id, Properties.ORDER, ""));
                continue;
            }
            if (!entry.shown()) {
                edits.add(new Edit(entry.id(), Properties.EXISTS, Value.of(true)));
            }
            places.add(new ListOrder.Place(entry.id(), Properties.ORDER, entry.order()));
        }
        for (ColumnEntry entry : table.columns()) {
            if (entry.shown() && places.stream().noneMatch(place -> place.element().equals(entry.id()))) {
                edits.add(new Edit(entry.id(), Properties.EXISTS, Value.of(false)));
            }
        }
        ListOrder.arrange(places, edits);
        return edits;
    }
}
