package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.AckedPush;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.TextId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What came together when this desktop was back in a dashboard's room.
///
/// @param arrived entries of others since it left, where the log still had them
/// @param changed elements that others changed, where there was only a snapshot to compare with
/// @param sent one's own edits that are in the log now, as they were logged
/// @param overridden one's own edits that are in the log, but below a newer one
/// @param lost one's own acked edits that the log does not have any more, as after a restore from a backup
/// @param lostTexts texts that one had typed into and that the log has otherwise now, as they were
///
/// Immutable.
public record Merged(List<Entry> arrived, Set<ElementId> changed, List<AckedPush> sent, List<Overridden> overridden,
        List<AckedPush> lost, Map<TextId, String> lostTexts) {

    public Merged {
        arrived = List.copyOf(arrived);
        changed = Set.copyOf(changed);
        sent = List.copyOf(sent);
        overridden = List.copyOf(overridden);
        lost = List.copyOf(lost);
        lostTexts = Map.copyOf(lostTexts);
    }

    /// An edit of one's own below a newer one.
    ///
    /// @param label what one's own edit was, as in "Move 'CPU'"
    /// @param by whose the newer one is; null where the server does not know that any more
    public record Overridden(String label, Assignment mine, Assignment standing, @Nullable String by) {}

    /// Whether there is nothing to tell of.
    public boolean isEmpty() {
        return arrived.isEmpty() && changed.isEmpty() && sent.isEmpty() && overridden.isEmpty() && lost.isEmpty()
                && lostTexts.isEmpty();
    }
}
