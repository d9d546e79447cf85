package io.watchfloor.client.sync.outbox;

import java.util.List;

/// What the outbox holds for one dashboard.
///
/// @param pushes by rising key: sealed ones first, then open ones
///
/// Immutable.
public record Held(OutboxReplica replica, List<OutboxPush> pushes) {

    public Held {
        pushes = List.copyOf(pushes);
    }
}
