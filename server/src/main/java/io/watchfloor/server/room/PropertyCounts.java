package io.watchfloor.server.room;

import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// How many properties the pushes of one group add to each element, so that no element gets more than it may hold, however
/// many come at once. Confined to its room's executor.
final class PropertyCounts {

    /// Added by pushes that were admitted.
    private final Map<ElementId, Set<String>> admitted = new HashMap<>();
    /// Added by the push that is being judged.
    private final Map<ElementId, Set<String>> judged = new HashMap<>();

    /// Begins to judge a push.
    void begin() {
        judged.clear();
    }

    /// Counts a property that the document does not hold.
    ///
    /// @param held how many the document holds of the element
    /// @return false where the element may not hold it too
    boolean add(ElementId element, String property, int held) {
        Set<String> before = admitted.getOrDefault(element, Set.of());
        if (before.contains(property)) {
            return true;
        }
        Set<String> added = judged.computeIfAbsent(element, _ -> new HashSet<>());
        added.add(property);
        return held + before.size() + added.size() <= Limits.PROPERTIES_PER_ELEMENT;
    }

    /// The push that was judged is admitted.
    void admit() {
        judged.forEach((element, added) -> admitted.computeIfAbsent(element, _ -> new HashSet<>()).addAll(added));
    }
}
