package io.watchfloor.server.store;

import io.watchfloor.document.Epoch;
import io.watchfloor.protocol.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a replica has come in a dashboard. Immutable.
///
/// @param epoch of the log that this is about
/// @param number in its stamps there, from 1; 0 is the server's own
/// @param highWater greatest decided `clientSeq`, 0 for none
/// @param recent what was decided about the last 64 pushes, by rising `clientSeq`
public record ReplicaState(Epoch epoch, int number, long highWater, List<Decided> recent) {

    /// A remembered decision.
    ///
    /// @param answer what its author was told
    public record Decided(long clientSeq, Digest digest, Answer answer) {}

    /// What the author was told.
    public sealed interface Answer {

        record Accepted(long revision) implements Answer {}

        record Refused(ErrorCode code, @Nullable String field,
                String text) implements Answer {}
    }
}
