package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// An outbox that lives as long as its [Disk]: for tests, and where there is no disk to write to. Thread-safe.
public final class InMemoryOutbox implements Outbox {

    /// What outlives an outbox that is closed or lost. Thread-safe.
    public static final class Disk {

        private final Map<DashboardId, OutboxReplica> replicas = new HashMap<>();
        private final Map<DashboardId, TreeMap<Long, OutboxPush>> pushes = new HashMap<>();
        private long clockOffset;

        synchronized void apply(OutboxChange change) {
            replicas.put(change.dashboard(), change.replica());
            TreeMap<Long, OutboxPush> held = pushes.computeIfAbsent(change.dashboard(), _ -> new TreeMap<>());
            change.put().forEach(push -> held.put(push.key(), push));
            change.removed().forEach(held::remove);
        }

        synchronized Map<DashboardId, Held> held() {
            Map<DashboardId, Held> held = new HashMap<>();
            pushes.forEach((dashboard, byKey) -> {
                OutboxReplica replica = replicas.get(dashboard);
                if (!byKey.isEmpty() && replica != null) {
                    held.put(dashboard, new Held(replica, List.copyOf(byKey.values())));
                }
            });
            return held;
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
    private final Map<DashboardId, Held> heldAtOpening;

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
        this.heldAtOpening = Map.copyOf(disk.held());
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
    public Map<DashboardId, Held> heldAtOpening() {
        return heldAtOpening;
    }

    @Override
    public void write(OutboxChange change, Runnable durable) {
        writer.execute(() -> {
            disk.apply(change);
            durable.run();
        });
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
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public void close() {
        // what the disk holds, it holds
    }
}
