package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.Operation;
import java.util.List;

/// An edit of one's own that the log holds, remembered for the case that the log loses it, as by a restore from a backup.
///
/// @param label what the edit was, for people
/// @param operations as they were logged
///
/// Immutable.
public record AckedPush(String label, List<Operation> operations) {

    /// How many are remembered of each dashboard, the latest ones.
    public static final int MOST = 64;

    public AckedPush {
        operations = List.copyOf(operations);
    }
}
