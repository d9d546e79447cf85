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
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.TitleInForce;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Dashboards in PostgreSQL. The row lock of a dashboard orders its writers, in however many instances; nothing is
/// reported as appended before its COMMIT has returned. Thread-safe.
public final class PostgresDashboardStore implements DashboardStore {

    private final Database database;
    private final AtomicLong checkedLosses = new AtomicLong();

    /// Gives every dashboard a new epoch where this is another database than the one its tables were written in.
    ///
    /// @throws StoreException where that cannot be found out
    public PostgresDashboardStore(Database database) {
        this.database = database;
        checkedLosses.set(database.losses());
        database.run(handle -> {
            EntryPartitions.make(handle);
            DatabaseIdentity.check(handle);
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
            Optional<Epoch> epoch = handle.createQuery("SELECT epoch FROM dashboard WHERE id = :id")
                    .bind("id", dashboard.id()).mapTo(UUID.class).findOne().map(Epoch::new);
            if (epoch.isEmpty()) {
                return null;
            }
            Snapshot snapshot = handle.createQuery("""
                    SELECT format, body FROM snapshot WHERE dashboard = :id ORDER BY revision DESC LIMIT 1
                    """).bind("id", dashboard.id()).map((row, _) -> JsonRow.read(row, Snapshot.class)).findOne()
                    .orElse(Snapshot.EMPTY);
            List<Entry> entries = entriesAfter(handle, dashboard, snapshot.revision(), Integer.MAX_VALUE);
            return new StoredDashboard(epoch.get(), snapshot, entries);
        });
    }

    @Override
    public CompletionStage<AppendResult> append(DashboardId dashboard, long expectedHead, long rights,
            List<Decision> decisions) {
        List<Entry> entries = Decision.entries(expectedHead, decisions);
        return database.supply(() -> {
            AppendResult result = withPartitions(() -> database.run(handle -> {
                checkIdentity();
                LogWriter log = new LogWriter(handle, dashboard);
                return switch (log.append(expectedHead, rights, decisions, entries)) {
                    case WRITTEN -> new AppendResult.Appended();
                    case OUTDATED -> {
                        handle.getConnection().rollback();
                        yield new AppendResult.Outdated();
                    }
                    case BEHIND -> log.lock().isEmpty()
                            ? new AppendResult.Gone()
                            : new AppendResult.Behind(
                                    entriesAfter(handle, dashboard, expectedHead, Integer.MAX_VALUE));
                };
            }, _ -> new AppendResult.Unknown()));
            if (result instanceof AppendResult.Behind behind && behind.missing().isEmpty()) {
                throw shorterThanSeen(dashboard, expectedHead);
            }
            return result;
        });
    }

    @Override
    public CompletionStage<List<Entry>> entriesAfter(DashboardId dashboard, long revision, int most) {
        return call(handle -> entriesAfter(handle, dashboard, revision, most));
    }

    @Override
    public CompletionStage<Map<DashboardId, Long>> heads(Collection<DashboardId> dashboards) {
        List<UUID> ids = dashboards.stream().map(DashboardId::id).toList();
        return call(handle -> handle.createQuery("SELECT id, head FROM dashboard WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids)
                .map((row, _) -> Map.entry(new DashboardId(row.getObject("id", UUID.class)), row.getLong("head")))
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public CompletionStage<@Nullable ReplicaState> register(DashboardId dashboard, ReplicaId replica, String account) {
        return call(handle -> new ReplicaRows(handle, dashboard).register(replica, account));
    }

    @Override
    public CompletionStage<Void> saveSnapshot(DashboardId dashboard, Snapshot snapshot) {
        return call(handle -> {
            handle.createUpdate("""
                    INSERT INTO snapshot (dashboard, revision, format, body)
                    SELECT id, :revision, :format, :body::json FROM dashboard WHERE id = :id AND head >= :revision
                    FOR KEY SHARE ON CONFLICT DO NOTHING
                    """).bind("id", dashboard.id()).bind("revision", snapshot.revision())
                    .bind("format", JsonRow.FORMAT).bind("body", JsonRow.body(snapshot)).execute();
            handle.createUpdate("""
                    DELETE FROM snapshot WHERE dashboard = :id AND revision NOT IN
                    (SELECT revision FROM snapshot WHERE dashboard = :id ORDER BY revision DESC LIMIT 2)
                    """).bind("id", dashboard.id()).execute();
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

    private static List<Entry> entriesAfter(Handle handle, DashboardId dashboard, long revision, int most) {
        return handle.createQuery("""
                SELECT format, body FROM entry WHERE dashboard = :id AND revision > :revision
                ORDER BY revision LIMIT :most
                """).bind("id", dashboard.id()).bind("revision", revision).bind("most", most)
                .map((row, _) -> JsonRow.read(row, Entry.class)).list();
    }

    private <T extends @Nullable Object> CompletionStage<T> call(Database.Work<T> work) {
        return database.supply(() -> {
            checkIdentity();
            return withPartitions(() -> database.run(work));
        });
    }

    /// After a lost connection the address may lead to another database: a promoted or a restored one.
    private void checkIdentity() {
        long losses = database.losses();
        if (losses != checkedLosses.get()) {
            database.run(handle -> {
                DatabaseIdentity.check(handle);
                return true;
            });
            checkedLosses.set(losses);
        }
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

    /// The log was taken back to an earlier state. Its revisions mean something else from now on.
    private StoreException shorterThanSeen(DashboardId dashboard, long seen) {
        database.run(handle -> handle.createUpdate("""
                UPDATE dashboard SET epoch = gen_random_uuid() WHERE id = :id AND head < :seen
                """).bind("id", dashboard.id()).bind("seen", seen).execute());
        return new StoreException(("Dashboard %s ends before revision %d, which this server has seen: the database was "
                + "restored. The dashboard begins a new epoch; nothing was written.").formatted(dashboard, seen));
    }
}
