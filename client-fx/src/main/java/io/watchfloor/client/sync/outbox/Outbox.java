package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The edits of one account on one server that are not acked yet, and the last known state of the dashboards they are
/// made in. One process owns it.
///
/// Changes are made in the order in which they are given, so what is durable is always a state that there was. Those
/// given with [#write] become durable within 50 ms, which for the adapter on disk means that they survive the end of the
/// process and of the machine; those given with [#writeBehind] within some seconds. A disk that fails is told once
/// through [#problem]; edits go on, but nothing is sent that is not durable.
///
/// Thread-safe; no method blocks but [#close] and [#discard].
public interface Outbox extends AutoCloseable {

    /// What [#discard] did. Immutable.
    ///
    /// @param unsent edits that were erased and never reached the server, as a person counts them
    /// @param left files that could not be deleted
    record Discarded(int unsent, List<Path> left) {

        public Discarded {
            left = List.copyOf(left);
        }
    }

    /// The replica of this process, for dashboards for which nothing is held.
    ReplicaId replica();

    /// What is held, for each dashboard with at least one push; the changes given so far are in it.
    Map<DashboardId, Held> held();

    /// The last known state of a dashboard, with the changes given so far; empty where none is kept.
    ///
    /// @return completed on a thread of the outbox, never exceptionally
    CompletableFuture<Optional<KeptCopy>> copy(DashboardId dashboard);

    /// Makes a change.
    ///
    /// @param durable run once this change and all before it are durable, on a thread of the outbox; never run where
    /// that fails
    void write(OutboxChange change, Runnable durable);

    /// Makes a change that nobody waits for.
    void writeBehind(OutboxChange change);

    /// The list of dashboards as it was last known; null where it never was.
    @Nullable
    KeptList list();

    void list(KeptList list);

    /// Server time minus this machine's, as last measured; 0 where it never was.
    long clockOffset();

    /// Keeps the clock offset, in milliseconds.
    void clockOffset(long millis);

    /// Edits that are not acked, as a person counts them.
    default int unsent() {
        return held().values().stream().mapToInt(Held::size).sum();
    }

    /// Forgets the list and the dashboards, as when the account signs out. Edits that are not acked stay, and so do the
    /// dashboards that they are made in, without which what was typed would lose its place.
    void erase();

    /// Erases all that is kept of the account, edits that are not acked too, also those of other windows that have ended,
    /// and closes. Files of windows that are open stay: each is told by itself.
    Discarded discard();

    /// What is wrong with the outbox, as a sentence for people; null where nothing is.
    @Nullable
    String problem();

    /// Makes everything durable and frees what was used.
    @Override
    void close();
}
