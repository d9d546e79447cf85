package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import org.jspecify.annotations.Nullable;

/// Under which identity the pushes to one dashboard are made.
///
/// @param number that the dashboard gave to the replica; -1 before the first join
/// @param epoch of the log that the pushes were made for; null before the first join
/// @param lastSeq greatest `clientSeq` that was sealed, 0 for none
///
/// Immutable.
public record OutboxReplica(ReplicaId id, int number, @Nullable Epoch epoch, long lastSeq) {

    public static final int NO_NUMBER = -1;

    public static OutboxReplica fresh(ReplicaId id) {
        return new OutboxReplica(id, NO_NUMBER, null, 0);
    }

    public OutboxReplica withLastSeq(long seq) {
        return new OutboxReplica(id, number, epoch, seq);
    }

    public OutboxReplica joined(int newNumber, Epoch newEpoch) {
        return new OutboxReplica(id, newNumber, newEpoch, lastSeq);
    }
}
