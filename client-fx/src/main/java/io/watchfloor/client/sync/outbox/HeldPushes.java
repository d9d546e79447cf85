package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The pushes of each dashboard, in memory. Thread-safe.
final class HeldPushes {

    private final Map<DashboardId, OutboxReplica> replicas = new HashMap<>();
    private final Map<DashboardId, TreeMap<Long, OutboxPush>> pushes = new HashMap<>();

    HeldPushes(Map<DashboardId, Held> held) {
        held.forEach((dashboard, of) -> apply(new OutboxChange(dashboard, of.replica(), of.pushes(), List.of())));
    }

    synchronized void apply(OutboxChange change) {
        replicas.put(change.dashboard(), change.replica());
        TreeMap<Long, OutboxPush> held = pushes.computeIfAbsent(change.dashboard(), _ -> new TreeMap<>());
        change.put().forEach(push -> held.put(push.key(), push));
        change.removed().forEach(held::remove);
    }

    /// Those of each dashboard with at least one.
    synchronized Map<DashboardId, Held> all() {
        Map<DashboardId, Held> held = new HashMap<>();
        pushes.forEach((dashboard, byKey) -> {
            OutboxReplica replica = replicas.get(dashboard);
            if (!byKey.isEmpty() && replica != null) {
                held.put(dashboard, new Held(replica, List.copyOf(byKey.values())));
            }
        });
        return Map.copyOf(held);
    }

    synchronized void clear() {
        pushes.clear();
        replicas.clear();
    }
}
