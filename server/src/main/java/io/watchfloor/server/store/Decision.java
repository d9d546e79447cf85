package io.watchfloor.server.store;

import io.watchfloor.document.Entry;
import io.watchfloor.protocol.ErrorCode;
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
}
