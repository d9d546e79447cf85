package io.watchfloor.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The audit log: chains of events that are only added to.
///
/// Each call is one transaction. Calls block; make them from a virtual thread. They fail with [StoreException].
/// Thread-safe.
public interface AuditStore {

    /// Makes the code of the next event of a chain.
    interface Seal {

        /// Id of the key.
        String key();

        String mac(ChainHead before, AuditEvent event);
    }

    /// Adds an event to a chain, under the chain's lock.
    void append(String writer, AuditEvent event, Seal seal);

    /// The events before an id, the newest first.
    ///
    /// @param before absent for the newest
    List<ChainedEvent> page(@Nullable Long before, AuditFilter filter, int most);

    /// The events of a chain after a number, in order.
    List<ChainedEvent> chain(String writer, long after, int most);

    /// All chains, by writer.
    List<ChainHead> heads();
}
