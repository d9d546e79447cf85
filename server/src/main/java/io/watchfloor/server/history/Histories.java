package io.watchfloor.server.history;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.rest.DashboardAt;
import io.watchfloor.protocol.rest.HistoryLine;
import io.watchfloor.protocol.rest.HistoryPage;
import io.watchfloor.protocol.rest.VersionList;
import io.watchfloor.protocol.rest.VersionRow;
import io.watchfloor.server.room.Change;
import io.watchfloor.server.room.OtherEpochException;
import io.watchfloor.server.room.Rooms;
import io.watchfloor.server.store.HistoryStore;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.Version;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The past of dashboards: reads it, gives it names, goes back to it. Rights are the caller's business. Calls block, and
/// fail with [io.watchfloor.server.store.StoreException]. Thread-safe.
public final class Histories {

    /// Entries of the log that one page tells of at most.
    static final int ENTRIES = 500;
    /// Most lines of a page.
    public static final int LINES = 100;
    /// Most named versions of a dashboard.
    public static final int VERSIONS = 200;

    private final HistoryStore store;
    private final Rooms rooms;
    private final InstantSource clock;
    private final RandomGenerator random;

    public Histories(HistoryStore store, Rooms rooms, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.rooms = rooms;
        this.clock = clock;
        this.random = random;
    }

    /// The lines before a revision, newest first. A line that goes on before the entries that are read is left to the next
    /// page, so that none is told in two halves, unless it is the only one.
    ///
    /// @param most lines
    /// @return null where there is no such dashboard
    public @Nullable HistoryPage page(DashboardId dashboard, long before, int most) {
        LogPosition head = store.head(dashboard); // first: what is told of an epoch that is over is refused later
        return head == null ? null : page(head.epoch(), dashboard, before, most);
    }

    private HistoryPage page(Epoch epoch, DashboardId dashboard, long before, int most) {
        List<Entry> entries = store.entriesBefore(dashboard, before, ENTRIES);
        if (entries.isEmpty()) {
            return new HistoryPage(epoch, List.of(), null);
        }
        long start = entries.getFirst().revision() - 1;
        StoredDashboard base = store.at(dashboard, start);
        if (base == null) {
            return new HistoryPage(epoch, List.of(), null);
        }
        List<HistoryLine> lines = Lines.of(base.document(), entries);
        int from = Math.max(entries.size() == ENTRIES && lines.size() > 1 ? 1 : 0, lines.size() - most);
        List<HistoryLine> told = lines.subList(from, lines.size());
        long first = told.getFirst().first();
        boolean more = first > 1 && !store.entriesBefore(dashboard, first, 1).isEmpty();
        return new HistoryPage(epoch, told.reversed(), more ? first : null);
    }

    /// The dashboard as it was at a revision; null where that cannot be had (any more).
    public @Nullable DashboardAt at(DashboardId dashboard, long revision) {
        StoredDashboard stored = store.at(dashboard, revision);
        return stored == null ? null : new DashboardAt(stored.epoch(), stored.document().snapshot(revision));
    }

    /// Makes the dashboard look as it did at a revision, by a new change. One restore is one transaction of the log,
    /// however many pushes it takes.
    ///
    /// @param account whose change it is
    /// @param epoch of the log that the revision is of; null for the log as it is
    /// @return null where the revision cannot be had (any more), or there is no such dashboard
    /// @throws io.watchfloor.server.room.RefusedException where the account may not edit
    /// @throws OtherEpochException where the dashboard is of another epoch
    public Change.@Nullable Done restore(DashboardId dashboard, String account, long revision,
            @Nullable Epoch epoch) {
        try {
            return beginRestore(dashboard, account, revision, epoch).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// What [#restore] waits for; only reading the past blocks.
    public CompletionStage<Change.@Nullable Done> beginRestore(DashboardId dashboard, String account, long revision,
            @Nullable Epoch epoch) {
        LogPosition head = store.head(dashboard);
        if (head != null && epoch != null && !head.epoch().equals(epoch)) {
            return CompletableFuture.failedStage(new OtherEpochException());
        }
        StoredDashboard stored = store.at(dashboard, revision);
        if (stored == null) {
            return CompletableFuture.completedStage(null);
        }
        ReplicaId replica = new ReplicaId(new UUID(random.nextLong(), random.nextLong()));
        return rooms.change(dashboard, account, replica, epoch == null ? stored.epoch() : epoch,
                new Restoration(stored.document(), revision));
    }

    /// What became of naming a revision.
    public enum Naming {
        DONE, TAKEN, TOO_MANY,
        /// The revision cannot be had (any more), or there is no such dashboard.
        UNKNOWN
    }

    /// Null where there is no such dashboard.
    public @Nullable VersionList versions(DashboardId dashboard) {
        LogPosition head = store.head(dashboard);
        return head == null
                ? null
                : new VersionList(head.epoch(), store.versions(dashboard).stream()
                        .map(version -> new VersionRow(version.name(), version.revision(), version.author(),
                                version.at()))
                        .toList());
    }

    public Naming name(DashboardId dashboard, String name, long revision, String account) {
        List<Version> versions = store.versions(dashboard);
        if (versions.stream().anyMatch(version -> version.name().equalsIgnoreCase(name))) {
            return Naming.TAKEN;
        }
        if (versions.size() >= VERSIONS) {
            return Naming.TOO_MANY;
        }
        DashboardAt at = at(dashboard, revision);
        if (at == null) {
            return Naming.UNKNOWN;
        }
        boolean kept = store.keep(dashboard, new Version(name, revision, account, clock.millis()), at.snapshot());
        return kept ? Naming.DONE : Naming.TAKEN;
    }

    /// The newest revision, or null where there is no such dashboard.
    public @Nullable Long newest(DashboardId dashboard) {
        LogPosition head = store.head(dashboard);
        return head == null ? null : head.revision();
    }

    /// @return false where there is no such version
    public boolean forget(DashboardId dashboard, String name) {
        return store.remove(dashboard, name);
    }
}
