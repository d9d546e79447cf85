package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaDocument;
import io.watchfloor.document.Snapshot;
import io.watchfloor.protocol.Right;
import java.util.List;

/// The last known state of a dashboard, as it is shown without a server.
///
/// @param epoch of the log that it is of
/// @param right that the account had last
/// @param seenAt when it was last known to be as new as the server's, milliseconds since 1970 UTC, server time
/// @param snapshot the confirmed document
/// @param acked latest edits of one's own in it, the oldest first
///
/// Immutable.
public record KeptCopy(Epoch epoch, Right right, long seenAt, Snapshot snapshot, List<AckedPush> acked) {

    public KeptCopy {
        acked = List.copyOf(acked);
    }

    /// A snapshot with the entries that follow it.
    ///
    /// @throws IllegalArgumentException where they do not
    static Snapshot advance(Snapshot snapshot, List<Entry> entries) {
        if (entries.isEmpty()) {
            return snapshot;
        }
        ReplicaDocument document = new ReplicaDocument();
        document.reset(snapshot);
        entries.forEach(entry -> document.confirm(entry, null));
        return document.confirmed().snapshot(document.revision());
    }

    static List<AckedPush> latest(List<AckedPush> acked) {
        return acked.subList(Math.max(0, acked.size() - AckedPush.MOST), acked.size());
    }
}
