package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import java.util.List;

/// A change of what is held and kept of one dashboard; it becomes durable whole or not at all.
///
/// @param put added, or put in place of those with the same key
/// @param removed keys; one that is not there is left out
/// @param texts put in place of those of the same text; a settled one is removed
/// @param copy changes of the kept copy, in order
///
/// Immutable.
public record OutboxChange(DashboardId dashboard, OutboxReplica replica, List<OutboxPush> put, List<Long> removed,
        List<OutboxText> texts, List<CopyChange> copy) {

    public OutboxChange {
        texts = List.copyOf(texts);
        put = List.copyOf(put);
        removed = List.copyOf(removed);
        copy = List.copyOf(copy);
    }

    /// A change that leaves texts and the kept copy as they are.
    public OutboxChange(DashboardId dashboard, OutboxReplica replica, List<OutboxPush> put, List<Long> removed) {
        this(dashboard, replica, put, removed, List.of(), List.of());
    }
}
