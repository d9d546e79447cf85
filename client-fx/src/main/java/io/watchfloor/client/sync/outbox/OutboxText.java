package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.Delta;
import io.watchfloor.document.TextId;
import org.jspecify.annotations.Nullable;

/// What was typed into a long text and is not acked. It stands on the text of the kept copy, which is written together
/// with it.
///
/// @param label what the typing is, for people
/// @param push key of the push that holds what is in flight; null where nothing is
/// @param inFlight as it applies to the kept text now, whatever was logged since it was pushed; null where nothing is
/// @param buffered as it applies after it; empty where nothing waits
///
/// Immutable.
public record OutboxText(TextId id, String label, @Nullable Long push, @Nullable Delta inFlight, Delta buffered) {

    /// Whether nothing of it waits any more.
    public boolean settled() {
        return inFlight == null && buffered.isEmpty();
    }

    /// Whether something waits that no push holds.
    public boolean unsent() {
        return !buffered.isEmpty();
    }
}
