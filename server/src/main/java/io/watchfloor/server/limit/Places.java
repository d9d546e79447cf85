package io.watchfloor.server.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what each key has at the same time, up to a number. A key that has nothing takes no memory. Never blocks.
/// Thread-safe.
public final class Places {

    private final int most;
    private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();

    public Places(Crowd crowd, LimitSettings settings) {
        this.most = settings.of(crowd);
    }

    /// @return false where the key has as many as it may; nothing was counted then
    public boolean take(String key) {
        boolean[] got = new boolean[1];
        taken.compute(key, (_, now) -> {
            int count = now == null ? 0 : now;
            got[0] = count < most;
            return got[0] ? Integer.valueOf(count + 1) : now;
        });
        if (!got[0]) {
            refused.increment();
        }
        return got[0];
    }

    /// To be called once for each [#take] that was granted.
    public void free(String key) {
        taken.computeIfPresent(key, (_, count) -> count <= 1 ? null : count - 1);
    }

    /// Keys that have something.
    public int keys() {
        return taken.size();
    }

    public long refused() {
        return refused.sum();
    }
}
