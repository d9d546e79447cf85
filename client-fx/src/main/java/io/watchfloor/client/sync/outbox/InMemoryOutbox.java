package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// An outbox that lives as long as its [Disk]: for tests, and where there is no disk to write to. Thread-safe.
public final class InMemoryOutbox implements Outbox {

    /// What outlives an outbox that is closed or lost. Thread-safe.
    public static final class Disk {

        private final HeldPushes held = new HeldPushes(Map.of());
        private final KeptCopies copies = new KeptCopies();
        private long clockOffset;
        private @Nullable KeptList list;

        synchronized void apply(OutboxChange change) {
            held.apply(change);
            copies.apply(change.dashboard(), change.copy());
        }

        /// What it holds, for each dashboard with at least one push.
        public synchronized Map<DashboardId, Held> held() {
            return held.all();
        }

        synchronized Optional<KeptCopy> copy(DashboardId dashboard) {
            return copies.find(dashboard);
        }

        synchronized void discard() {
            list = null;
            held.clear();
            copies.retain(Set.of());
        }

        synchronized void erase() {
            list = null;
            copies.retain(held.all().keySet());
        }

        synchronized @Nullable KeptList list() {
            return list;
        }

        synchronized void list(KeptList kept) {
            list = kept;
        }

        synchronized long clockOffset() {
            return clockOffset;
        }

        synchronized void clockOffset(long millis) {
            clockOffset = millis;
        }
    }

    private final Disk disk;
    private final ReplicaId replica;
    private final Executor writer;
    private final @Nullable String problem;
    private final HeldPushes held;

    /// @param replica for dashboards for which nothing is held
    /// @param writer runs the changes, one after the other
    public InMemoryOutbox(Disk disk, ReplicaId replica, Executor writer) {
        this(disk, replica, writer, null);
    }

    private InMemoryOutbox(Disk disk, ReplicaId replica, Executor writer, @Nullable String problem) {
        this.disk = disk;
        this.replica = replica;
        this.writer = writer;
        this.problem = problem;
        held = new HeldPushes(disk.held());
    }

    /// Stands in for a disk that cannot be used.
    static InMemoryOutbox insteadOfDisk(ReplicaId replica, String problem) {
        return new InMemoryOutbox(new Disk(), replica, Runnable::run, problem);
    }

    @Override
    public ReplicaId replica() {
        return replica;
    }

    @Override
    public Map<DashboardId, Held> held() {
        return held.all();
    }

    @Override
    public CompletableFuture<Optional<KeptCopy>> copy(DashboardId dashboard) {
        CompletableFuture<Optional<KeptCopy>> copy = new CompletableFuture<>();
        writer.execute(() -> copy.complete(disk.copy(dashboard)));
        return copy;
    }

    @Override
    public void write(OutboxChange change, Runnable durable) {
        held.apply(change);
        writer.execute(() -> {
            disk.apply(change);
            durable.run();
        });
    }

    @Override
    public void writeBehind(OutboxChange change) {
        write(change, () -> {});
    }

    @Override
    public @Nullable KeptList list() {
        return disk.list();
    }

    @Override
    public void list(KeptList list) {
        disk.list(list);
    }

    @Override
    public long clockOffset() {
        return disk.clockOffset();
    }

    @Override
    public void clockOffset(long millis) {
        disk.clockOffset(millis);
    }

    @Override
    public void erase() {
        writer.execute(disk::erase);
    }

    @Override
    public Discarded discard() {
        int unsent = unsent();
        held.clear();
        writer.execute(disk::discard);
        return new Discarded(unsent, List.of());
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public void close() {
        // what the disk holds, it holds
    }
}
