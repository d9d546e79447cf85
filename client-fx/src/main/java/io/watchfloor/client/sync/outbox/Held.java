package io.watchfloor.client.sync.outbox;

import java.util.List;

/// What the outbox holds for one dashboard.
///
/// @param pushes by rising key: sealed ones first, then open ones
/// @param texts with something typed that is not acked
///
/// Immutable.
public record Held(OutboxReplica replica, List<OutboxPush> pushes, List<OutboxText> texts) {

    public Held {
        pushes = List.copyOf(pushes);
        texts = List.copyOf(texts);
    }

    /// Edits, as a person counts them.
    public int size() {
        return pushes.size() + (int) texts.stream().filter(OutboxText::unsent).count();
    }
}
