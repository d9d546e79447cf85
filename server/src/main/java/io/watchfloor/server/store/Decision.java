package io.watchfloor.server.store;

import io.watchfloor.document.Entry;
import io.watchfloor.protocol.ErrorCode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a room decided about a push; remembered, so that a resend gets the same answer. Immutable.
public sealed interface Decision {

    int replica();

    long clientSeq();

    /// Of the push's operations as they were received.
    Digest digest();

    record Accepted(Entry entry, Digest digest) implements Decision {

        @Override
        public int replica() {
            return entry.replica();
        }

        @Override
        public long clientSeq() {
            return entry.clientSeq();
        }
    }

    record Refused(int replica, long clientSeq, Digest digest, ErrorCode code, @Nullable String field,
            String text) implements Decision {}

    /// @throws IllegalArgumentException as [#entries]
    static void check(long expectedHead, List<Decision> decisions) {
        List<Entry> _ = entries(expectedHead, decisions);
    }

    /// The entries of those that were accepted.
    ///
    /// @throws IllegalArgumentException where there is no decision, or an entry does not follow on the one before
    static List<Entry> entries(long expectedHead, List<Decision> decisions) {
        if (decisions.isEmpty()) {
            throw new IllegalArgumentException("an append has at least one decision");
        }
        List<Entry> entries = decisions.stream()
                .flatMap(decision -> decision instanceof Accepted accepted ? Stream.of(accepted.entry()) : Stream.of())
                .toList();
        long revision = expectedHead;
        for (Entry entry : entries) {
            if (entry.revision() != ++revision) {
                throw new IllegalArgumentException(
                        "entry " + entry.revision() + " stands where entry " + revision + " belongs");
            }
        }
        return entries;
    }
}
