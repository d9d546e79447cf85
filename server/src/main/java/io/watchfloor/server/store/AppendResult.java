package io.watchfloor.server.store;

import io.watchfloor.document.Entry;
import java.util.List;

/// What became of an append. Immutable.
public sealed interface AppendResult {

    /// All of it is durable.
    record Appended() implements AppendResult {}

    /// Nothing was written: other instances were first.
    ///
    /// @param missing all entries after the expected head, in order
    record Behind(List<Entry> missing) implements AppendResult {}

    /// Nothing was written: rights have changed since the decisions were made, which are to be made again.
    record Outdated() implements AppendResult {}

    /// Nothing was written: one of the pushes, or a later one of its replica, was decided by somebody else.
    /// [DashboardStore#replicas] tells how.
    record AlreadyDecided() implements AppendResult {}

    /// Nothing was written: the dashboard has begun another epoch, so that what the decisions were made on never was.
    record OtherEpoch() implements AppendResult {}

    /// Nothing was written, and the dashboard is gone.
    record Gone() implements AppendResult {}

    /// The connection was lost while committing: only the log can tell. The commit may even be still under way; another
    /// append to the dashboard waits for its end.
    record Unknown() implements AppendResult {}
}
