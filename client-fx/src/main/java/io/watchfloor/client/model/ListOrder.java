package io.watchfloor.client.model;

import io.watchfloor.client.sync.Edit;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.FractionalIndex;
import io.watchfloor.document.Value;
import java.util.Arrays;
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

    /// Gives keys to elements so that they stand as they are listed. As many as possible keep theirs.
    ///
    /// @param wanted as they are to stand
    /// @param edits takes the edits that are needed
    static void arrange(List<Place> wanted, List<Edit> edits) {
        String[] keys = keepers(wanted);
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].isEmpty()) {
                String after = Arrays.stream(keys, i, keys.length).filter(key -> !key.isEmpty()).findFirst()
                        .orElse(null);
                keys[i] = FractionalIndex.between(i == 0 ? null : keys[i - 1], after);
            }
        }
        if (Arrays.stream(keys).anyMatch(key -> key.length() > FractionalIndex.CROWDED)) {
            space(keys, 0, keys.length, null, null);
        }
        for (int i = 0; i < keys.length; i++) {
            Place place = wanted.get(i);
            if (!keys[i].equals(place.key())) {
                edits.add(new Edit(place.element(), place.property(), Value.of(keys[i])));
            }
        }
    }

    /// The keys of the longest part of a list that stands in order already; "" for the others.
    private static String[] keepers(List<Place> list) {
        int size = list.size();
        int[] length = new int[size];
        int[] before = new int[size];
        int last = -1;
        for (int i = 0; i < size; i++) {
            before[i] = -1;
            length[i] = list.get(i).key().isEmpty() ? 0 : 1;
            for (int j = 0; j < i && length[i] > 0; j++) {
                if (length[j] >= length[i] && list.get(j).key().compareTo(list.get(i).key()) < 0) {
                    length[i] = length[j] + 1;
                    before[i] = j;
                }
            }
            if (length[i] > (last < 0 ? 0 : length[last])) {
                last = i;
            }
        }
        String[] keys = new String[size];
        Arrays.fill(keys, "");
        for (int i = last; i >= 0; i = before[i]) {
            keys[i] = list.get(i).key();
        }
        return keys;
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
