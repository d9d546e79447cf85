package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.Held;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.outbox.OutboxChange;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An outbox whose disk writes when the test says so. Confined to the test's thread.
final class SlowDisk implements Outbox {

    private final World world;
    @Nullable
    String problem;
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    SlowDisk(World world) {
        this.world = world;
    }

    void write() {
        waiting.forEach(world::execute);
        waiting.clear();
    }

    @Override
    public ReplicaId replica() {
        return new ReplicaId(new UUID(8, 8));
    }

    @Override
    public Map<DashboardId, Held> heldAtOpening() {
        return Map.of();
    }

    @Override
    public void write(OutboxChange change, Runnable durable) {
        waiting.add(durable);
    }

    @Override
    public long clockOffset() {
        return 0;
    }

    @Override
    public void clockOffset(long millis) {
        // not of interest here
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
