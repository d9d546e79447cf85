package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.TextId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The edits of each dashboard, in memory. Thread-safe.
final class HeldPushes {

    private final Map<DashboardId, OutboxReplica> replicas = new HashMap<>();
    private final Map<DashboardId, TreeMap<Long, OutboxPush>> pushes = new HashMap<>();
    private final Map<DashboardId, TreeMap<TextId, OutboxText>> texts = new HashMap<>();

    HeldPushes(Map<DashboardId, Held> held) {
        held.forEach((dashboard, of) -> apply(new OutboxChange(dashboard, of.replica(), of.pushes(), List.of(),
                of.texts(), List.of())));
    }

    synchronized void apply(OutboxChange change) {
        replicas.put(change.dashboard(), change.replica());
        TreeMap<Long, OutboxPush> held = pushes.computeIfAbsent(change.dashboard(), _ -> new TreeMap<>());
        change.put().forEach(push -> held.put(push.key(), push));
        change.removed().forEach(held::remove);
        TreeMap<TextId, OutboxText> typed = texts.computeIfAbsent(change.dashboard(), _ -> new TreeMap<>());
        change.texts().forEach(text -> {
            if (text.settled()) {
                typed.remove(text.id());
            } else {
                typed.put(text.id(), text);
            }
        });
    }

    synchronized void clear() {
        replicas.clear();
        pushes.clear();
        texts.clear();
    }

    /// Those of each dashboard with at least one edit.
    synchronized Map<DashboardId, Held> all() {
        Map<DashboardId, Held> held = new HashMap<>();
        pushes.forEach((dashboard, byKey) -> {
            OutboxReplica replica = replicas.get(dashboard);
            TreeMap<TextId, OutboxText> typed = texts.getOrDefault(dashboard, new TreeMap<>());
            if (replica != null && !(byKey.isEmpty() && typed.isEmpty())) {
                held.put(dashboard, new Held(replica, List.copyOf(byKey.values()), List.copyOf(typed.values())));
            }
        });
        return Map.copyOf(held);
    }
}
