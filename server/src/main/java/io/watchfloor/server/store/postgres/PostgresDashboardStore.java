package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.DashboardSummary;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.TitleInForce;
import io.watchfloor.server.store.postgres.Registrations.Applicant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Dashboards in PostgreSQL. The row lock of a dashboard orders its writers, in however many instances; nothing is
/// reported as appended before its COMMIT has returned. Thread-safe.
public final class PostgresDashboardStore implements DashboardStore {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDashboardStore.class);

    private final Database database;
    /// What edits wait for has connections that nothing else takes.
    private final Database edits;
    private final CheckedConnections connections = new CheckedConnections();
    private final SharedCommits shared;
    private final Registrations registrations;

    /// One that does everything on the same connections.
    ///
    /// @throws StoreException where it cannot be found out which database it is
    public PostgresDashboardStore(Database database) {
        this(database, database);
    }

    /// Gives every dashboard a new epoch where this is another database than the one its tables were written in.
    ///
    /// @param edits the same with connections of its own, on which the log is written and followed
    /// @throws StoreException where that cannot be found out
    public PostgresDashboardStore(Database database, Database edits) {
        this.database = database;
        this.edits = edits;
        this.shared = new SharedCommits(edits, connections, edits.workers(), this::appendAlone);
        this.registrations = new Registrations(database.workers(), this::register);
        database.run(handle -> {
            connections.check(handle);
            EntryPartitions.make(handle);
            return true;
        });
    }

    /// Gives every dashboard a new epoch, by hand: after a restore that the database's identity does not show. Opening
    /// the store has done so already where the identity does show it.
    ///
    /// @return how many dashboards there are
    public CompletionStage<Integer> renewEpochs() {
        return database.call(DatabaseIdentity::renewEpochs);
    }

    @Override
    public CompletionStage<Void> create(DashboardId dashboard, String title, @Nullable String owner,
            List<Entry> creation) {
        TitleInForce inForce = TitleInForce.initial(title).after(creation);
        return call(handle -> {
            handle.createUpdate("""
                    INSERT INTO dashboard (id, epoch, head, replicas, owner, changed_at,
                                           title, title_wall, title_counter, title_replica)
                    VALUES (:id, gen_random_uuid(), :head, 0, :owner, now(), :title, :wall, :counter, :replica)
                    """).bind("id", dashboard.id()).bind("head", (long) creation.size()).bind("owner", owner)
                    .bind("title", inForce.title()).bind("wall", inForce.stamp().wall())
                    .bind("counter", inForce.stamp().counter()).bind("replica", inForce.stamp().replica()).execute();
            handle.createUpdate("INSERT INTO replica_number (dashboard, number, high_water) VALUES (:id, 0, :seq)")
                    .bind("id", dashboard.id())
                    .bind("seq", creation.stream().mapToLong(Entry::clientSeq).max().orElse(0)).execute();
            new LogWriter(handle, dashboard).create(creation);
            return true;
        }).thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<@Nullable StoredDashboard> load(DashboardId dashboard) {
        return call(handle -> {
            StoredDashboard stored = StateRows.newest(handle, dashboard);
            return stored == null
                    ? null
                    : stored.withAuthors(new ReplicaRows(handle, dashboard).accounts(stored.writers()));
        });
    }

    @Override
    public CompletionStage<AppendResult> append(DashboardId dashboard, LogPosition expected, long rights,
            List<Decision> decisions) {
        Append append = Append.of(dashboard, expected, rights, decisions);
        return SharedCommits.mayShare(append) && !database.isWithin() ? shared.append(append) : appendAlone(append);
    }

    /// In a transaction of its own.
    CompletionStage<AppendResult> appendAlone(Append append) {
        Database on = forEdits();
        return on.supply(() -> withPartitions(() -> on.run(handle -> {
            connections.check(handle);
            return new LogWriter(handle, append.dashboard()).append(append);
        }, _ -> new AppendResult.Unknown())));
    }

    @Override
    public CompletionStage<List<Entry>> entriesAfter(DashboardId dashboard, LogPosition position, int most) {
        return call(forEdits(), handle -> LogRows.after(handle, dashboard, position, most));
    }

    @Override
    public CompletionStage<Map<DashboardId, LogPosition>> heads(Collection<DashboardId> dashboards) {
        List<UUID> ids = dashboards.stream().map(DashboardId::id).toList();
        return call(forEdits(),
                handle -> handle.createQuery("SELECT id, epoch, head FROM dashboard WHERE id = ANY(:ids)")
                        .bindArray("ids", UUID.class, ids)
                        .map((row, _) -> Map.entry(new DashboardId(row.getObject("id", UUID.class)),
                                new LogPosition(new Epoch(row.getObject("epoch", UUID.class)), row.getLong("head"))))
                        .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public CompletionStage<Void> seen(DashboardId dashboard, LogPosition position) {
        return call(forEdits(), handle -> handle.createUpdate("""
                UPDATE dashboard SET epoch = gen_random_uuid() WHERE id = :id AND epoch = :epoch AND head < :revision
                """).bind("id", dashboard.id()).bind("epoch", position.epoch().id())
                .bind("revision", position.revision()).execute()).thenAccept(renewed -> {
                    if (renewed > 0) {
                        LOG.warn("Dashboard {} ends before revision {}, which this server has seen: the database was "
                                + "restored. The dashboard begins a new epoch.", dashboard, position.revision());
                    }
                });
    }

    @Override
    public CompletionStage<@Nullable ReplicaState> register(DashboardId dashboard, ReplicaId replica, String account) {
        return database.isWithin()
                ? database.supply(() -> register(dashboard, List.of(new Applicant(replica, account))).getFirst())
                : registrations.register(dashboard, replica, account);
    }

    private List<@Nullable ReplicaState> register(DashboardId dashboard, List<Applicant> applicants) {
        return run(database, handle -> new ReplicaRows(handle, dashboard).register(applicants));
    }

    @Override
    public CompletionStage<Map<Integer, ReplicaState>> replicas(DashboardId dashboard, Collection<Integer> numbers) {
        List<Integer> asked = List.copyOf(numbers);
        return call(forEdits(), handle -> new ReplicaRows(handle, dashboard).states(asked));
    }

    @Override
    public CompletionStage<Void> saveSnapshot(DashboardId dashboard, Epoch epoch, Snapshot snapshot) {
        return call(handle -> {
            new SnapshotRows(handle, dashboard).save(epoch, snapshot);
            return true;
        }).thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<List<DashboardSummary>> list() {
        return call(handle -> handle.createQuery("SELECT id, title, owner, changed_at FROM dashboard")
                .map((row, _) -> new DashboardSummary(new DashboardId(row.getObject("id", UUID.class)),
                        row.getString("title"), row.getString("owner"),
                        row.getObject("changed_at", OffsetDateTime.class).toInstant().toEpochMilli()))
                .stream().sorted(DashboardSummary.BY_TITLE).toList());
    }

    @Override
    public CompletionStage<Boolean> delete(DashboardId dashboard) {
        return call(handle -> {
            // Deleting the row first waits for an append under way; none can follow.
            int deleted = handle.createUpdate("DELETE FROM dashboard WHERE id = :id").bind("id", dashboard.id())
                    .execute();
            handle.createUpdate("DELETE FROM entry WHERE dashboard = :id").bind("id", dashboard.id()).execute();
            return deleted > 0;
        });
    }

    private <T extends @Nullable Object> CompletionStage<T> call(Database.Work<T> work) {
        return call(database, work);
    }

    private <T extends @Nullable Object> CompletionStage<T> call(Database on, Database.Work<T> work) {
        return on.supply(() -> run(on, work));
    }

    private <T extends @Nullable Object> T run(Database on, Database.Work<T> work) {
        return withPartitions(() -> on.run(handle -> {
            connections.check(handle);
            return work.run(handle);
        }));
    }

    /// Within a transaction, its own connection.
    private Database forEdits() {
        return database.isWithin() ? database : edits;
    }

    /// A new month's table is made by whoever misses it first.
    private <T extends @Nullable Object> T withPartitions(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException e) {
            if (!EntryPartitions.isMissing(e)) {
                throw e;
            }
            database.run(handle -> {
                EntryPartitions.make(handle);
                return true;
            });
            return work.get();
        }
    }
}
