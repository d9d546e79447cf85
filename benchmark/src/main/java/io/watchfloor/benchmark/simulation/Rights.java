package io.watchfloor.benchmark.simulation;

import io.watchfloor.protocol.Right;
import java.util.HashMap;
import java.util.Map;

/// What every person may do at this moment, as the database has it: everything, unless it was taken away. Confined to
/// its run's thread.
final class Rights {

    private final Map<String, Right> less = new HashMap<>();
    private long revision;

    Right of(String account) {
        return less.getOrDefault(account, Right.EDIT);
    }

    /// Raised by each change.
    long revision() {
        return revision;
    }

    Map<String, Right> less() {
        return Map.copyOf(less);
    }

    void take(String account, Right left) {
        less.put(account, left);
        revision++;
    }

    void giveBack(String account) {
        less.remove(account);
        revision++;
    }

    void giveAllBack() {
        less.clear();
        revision++;
    }
}
