package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.LeaseStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Leases in memory, for instances of one process. Thread-safe.
public final class InMemoryLeaseStore implements LeaseStore {

    private record Lease(String holder, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Lease> leases = new HashMap<>();

    public InMemoryLeaseStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized boolean take(String name, String holder, Duration time) {
        Instant now = clock.instant();
        Lease lease = leases.get(name);
        if (lease != null && lease.until().isAfter(now) && !lease.holder().equals(holder)) {
            return false;
        }
        leases.put(name, new Lease(holder, now.plus(time)));
        return true;
    }

    @Override
    public synchronized void giveBack(String name, String holder) {
        Lease lease = leases.get(name);
        if (lease != null && lease.holder().equals(holder)) {
            leases.remove(name);
        }
    }
}
