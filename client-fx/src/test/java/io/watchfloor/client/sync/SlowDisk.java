package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.Held;
import io.watchfloor.client.sync.outbox.KeptCopy;
import io.watchfloor.client.sync.outbox.KeptList;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.outbox.OutboxChange;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
    public Map<DashboardId, Held> held() {
        return Map.of();
    }

    @Override
    public void write(OutboxChange change, Runnable durable) {
        waiting.add(durable);
    }

    @Override
    public void writeBehind(OutboxChange change) {
        waiting.add(() -> {});
    }

    @Override
    public CompletableFuture<Optional<KeptCopy>> copy(DashboardId dashboard) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public @Nullable KeptList list() {
        return null;
    }

    @Override
    public void list(KeptList list) {
        // not of interest here
    }

    @Override
    public void erase() {
        // not of interest here
    }

    @Override
    public Discarded discard() {
        return new Discarded(unsent(), List.of());
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
