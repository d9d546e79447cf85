package io.watchfloor.server.room;

import io.watchfloor.document.ReplicaId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What a room knows of replicas without asking the store: how far each has come, and whose those are that were here, so
/// that a storm of reconnects reads nothing. Every desktop that starts is a new one, so those that were not heard of for
/// longest are let go; the store knows all of them. Confined to its room's executor.
final class Replicas {

    /// How many are kept that nobody speaks for.
    static final int KEPT = 512;

    /// A replica that was taken in before.
    record Known(String account, int number) {}

    /// The one that was heard of last stands last.
    private final LinkedHashMap<Integer, Progress> progress = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<ReplicaId, Known> known = new HashMap<>();

    Progress progress(int number) {
        return progress.computeIfAbsent(number, _ -> new Progress());
    }

    /// Null where nothing is known of it.
    @Nullable
    Progress find(int number) {
        return progress.get(number);
    }

    /// A replica is taken in.
    void joined(ReplicaId replica, String account, int number) {
        Progress _ = progress(number);
        known.put(replica, new Known(account, number));
    }

    /// Null where it was not here, or not lately.
    @Nullable
    Known known(ReplicaId replica) {
        return known.get(replica);
    }

    int size() {
        return progress.size();
    }

    /// @param inUse whether somebody speaks for a number, or something of it waits
    void letGo(IntPredicate inUse) {
        int superfluous = progress.size() - KEPT;
        if (superfluous <= 0) {
            return;
        }
        for (Iterator<Integer> oldest = progress.keySet().iterator(); superfluous > 0 && oldest.hasNext();) {
            if (!inUse.test(oldest.next())) {
                oldest.remove();
                superfluous--;
            }
        }
        known.values().removeIf(replica -> !progress.containsKey(replica.number()));
    }
}
