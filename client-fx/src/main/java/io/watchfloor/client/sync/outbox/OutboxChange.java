package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import java.util.List;

/// A change of what the outbox holds for one dashboard; it becomes durable whole or not at all.
///
/// @param put added, or put in place of those with the same key
/// @param removed keys; one that is not there is left out
///
/// Immutable.
public record OutboxChange(DashboardId dashboard, OutboxReplica replica, List<OutboxPush> put, List<Long> removed) {

    public OutboxChange {
        put = List.copyOf(put);
        removed = List.copyOf(removed);
    }
}
