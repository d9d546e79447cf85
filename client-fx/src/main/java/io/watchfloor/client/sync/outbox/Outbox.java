package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The edits of one account on one server that are not acked yet. One process owns it.
///
/// Changes are made in the order in which they are given. They become durable within 50 ms, which for the adapter on
/// disk means that they survive the end of the process and of the machine. A disk that fails is told once through
/// [#problem]; edits go on, but nothing is sent that is not durable.
///
/// Thread-safe; no method blocks but [#close].
public interface Outbox extends AutoCloseable {

    /// The replica of this process, for dashboards for which nothing is held.
    ReplicaId replica();

    /// What was held when the outbox was opened, for each dashboard with at least one push.
    Map<DashboardId, Held> heldAtOpening();

    /// Makes a change.
    ///
    /// @param durable run once this change and all before it are durable, on a thread of the outbox; never run where
    /// that fails
    void write(OutboxChange change, Runnable durable);

    /// Server time minus this machine's, as last measured; 0 where it never was.
    long clockOffset();

    /// Keeps the clock offset, in milliseconds.
    void clockOffset(long millis);

    /// What is wrong with the outbox, as a sentence for people; null where nothing is.
    @Nullable
    String problem();

    /// Makes everything durable and frees what was used.
    @Override
    void close();
}
