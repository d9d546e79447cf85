package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.Assignment;
import java.util.List;

/// A push that the server has not acked.
///
/// @param key names it in the outbox and orders the pushes of a dashboard
/// @param clientSeq its number, from 1, once it is sealed; 0 while it is open
/// @param label what the edit was, for people
///
/// Immutable.
public record OutboxPush(long key, long clientSeq, String label, List<Assignment> assignments) {

    public OutboxPush {
        assignments = List.copyOf(assignments);
    }

    /// Whether it has its number and never changes again.
    public boolean sealed() {
        return clientSeq > 0;
    }
}
