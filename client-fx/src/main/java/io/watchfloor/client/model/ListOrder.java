package io.watchfloor.client.model;

import io.watchfloor.client.sync.Edit;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.FractionalIndex;
import io.watchfloor.document.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Places in lists that are ordered by [FractionalIndex]. Stateless.
final class ListOrder {

    /// An element in a list.
    ///
    /// @param property that holds its key
    /// @param key empty where it has none
    record Place(ElementId element, String property, String key) {}

    private ListOrder() {}

    /// A key after all others. Where that would be crowded, all are spaced anew.
    ///
    /// @param list in order
    /// @param edits takes the edits that space the list anew
    static String last(List<Place> list, List<Edit> edits) {
        String greatest = list.isEmpty() ? null : list.getLast().key();
        String before = greatest == null || greatest.isEmpty() ? null : greatest;
        String key = FractionalIndex.between(before, null);
        if (key.length() <= FractionalIndex.CROWDED) {
            return key;
        }
        String[] spaced = new String[list.size() + 1];
        space(spaced, 0, spaced.length, null, null);
        for (int i = 0; i < list.size(); i++) {
            edits.add(new Edit(list.get(i).element(), list.get(i).property(), Value.of(spaced[i])));
        }
        return spaced[list.size()];
    }

    private static void space(String[] keys, int from, int to, @Nullable String before, @Nullable String after) {
        if (from < to) {
            int middle = (from + to) >>> 1;
            String key = FractionalIndex.between(before, after);
            keys[middle] = key;
            space(keys, from, middle, before, key);
            space(keys, middle + 1, to, key, after);
        }
    }
}
