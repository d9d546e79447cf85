package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.HistoryStore;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.Version;
import io.watchfloor.server.store.postgres.EntryPartitions.Month;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The past of dashboards in PostgreSQL. Thread-safe.
public final class PostgresHistoryStore implements HistoryStore {

    private final Database database;

    public PostgresHistoryStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Entry> entriesBefore(DashboardId dashboard, long revision, int most) {
        return database.run(handle -> LogRows.before(handle, dashboard, revision, most));
    }

    @Override
    public @Nullable LogPosition head(DashboardId dashboard) {
        return database.<@Nullable LogPosition>run(
                handle -> handle.createQuery("SELECT epoch, head FROM dashboard WHERE id = :id")
                        .bind("id", dashboard.id())
                        .map((row, _) -> new LogPosition(new Epoch(row.getObject("epoch", UUID.class)),
                                row.getLong("head")))
                        .findOne().orElse(null));
    }

    @Override
    public @Nullable StoredDashboard at(DashboardId dashboard, long revision) {
        return database.<@Nullable StoredDashboard>run(handle -> StateRows.at(handle, dashboard, revision));
    }

    @Override
    public List<Version> versions(DashboardId dashboard) {
        return database.run(handle -> handle.createQuery("""
                SELECT name, revision, author, at FROM version WHERE dashboard = :id
                ORDER BY revision DESC, at DESC, name
                """).bind("id", dashboard.id())
                .map((row, _) -> new Version(row.getString("name"), row.getLong("revision"), row.getString("author"),
                        row.getObject("at", OffsetDateTime.class).toInstant().toEpochMilli()))
                .list());
    }

    @Override
    public boolean keep(DashboardId dashboard, Version version, Snapshot snapshot) {
        return database.run(handle -> handle.createUpdate("""
                INSERT INTO version (dashboard, name, revision, author, at, format, body)
                SELECT id, :name, :revision, :author, :at, :format, :body::json FROM dashboard WHERE id = :id
                FOR KEY SHARE ON CONFLICT DO NOTHING
                """).bind("id", dashboard.id()).bind("name", version.name()).bind("revision", version.revision())
                .bind("author", version.author())
                .bind("at", Instant.ofEpochMilli(version.at()).atOffset(ZoneOffset.UTC))
                .bind("format", JsonRow.FORMAT).bind("body", JsonRow.body(snapshot)).execute()) > 0;
    }

    @Override
    public boolean remove(DashboardId dashboard, String name) {
        return database.run(handle -> handle.createUpdate("DELETE FROM version WHERE dashboard = :id AND name = :name")
                .bind("id", dashboard.id()).bind("name", name).execute()) > 0;
    }

    @Override
    public int letGo(Duration history, Duration replicas) {
        int months = 0;
        for (Month month : database.run(handle -> EntryPartitions.before(handle, history))) {
            // A transaction for each dashboard: nobody who appends waits for more than one.
            database.run(handle -> EntryPartitions.lastOf(handle, month)).forEach(this::beginAfter);
            if (database.run(handle -> EntryPartitions.drop(handle, month))) {
                months++;
            }
        }
        database.run(handle -> forget(handle, replicas));
        return months;
    }

    private void beginAfter(DashboardId dashboard, long revision) {
        database.run(handle -> {
            StoredDashboard state = StateRows.at(handle, dashboard, revision);
            if (state == null || state.revision() != revision) {
                throw new StoreException(
                        "The log of dashboard %s does not reach revision %d without a gap; all of it is kept."
                                .formatted(dashboard, revision));
            }
            new SnapshotRows(handle, dashboard).begin(state.document().snapshot(revision));
            return true;
        });
    }

    /// Number 0 is the server's own and stays.
    private static int forget(Handle handle, Duration unused) {
        handle.createUpdate("""
                DELETE FROM replica_number WHERE number > 0 AND used_at < now() - make_interval(secs => :unused)
                """).bind("unused", unused.toSeconds()).execute();
        return handle.execute("""
                DELETE FROM replica WHERE NOT EXISTS (SELECT 1 FROM replica_number WHERE replica = replica.id)
                """);
    }
}
