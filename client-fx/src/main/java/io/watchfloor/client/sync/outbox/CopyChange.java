package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.Entry;
import io.watchfloor.protocol.Right;

/// How the kept copy of a dashboard changes. Immutable.
public sealed interface CopyChange {

    /// Takes the place of what was kept.
    record Whole(KeptCopy copy) implements CopyChange {}

    /// The next entry of the log; left out where no copy is kept that it follows.
    record Next(Entry entry) implements CopyChange {}

    /// An edit of one's own is in the log.
    record Acked(AckedPush push) implements CopyChange {}

    /// It is as new as the server's.
    ///
    /// @param at milliseconds since 1970 UTC, server time
    record Seen(Right right, long at) implements CopyChange {}

    /// It is not kept any more.
    record Forgotten() implements CopyChange {}
}
