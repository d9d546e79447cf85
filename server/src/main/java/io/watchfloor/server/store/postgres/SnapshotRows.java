package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.SnapshotThinning;
import java.util.List;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The kept states of a dashboard, within the caller's transaction. Confined to one thread.
final class SnapshotRows {

    private final Handle handle;
    private final DashboardId dashboard;

    SnapshotRows(Handle handle, DashboardId dashboard) {
        this.handle = handle;
        this.dashboard = dashboard;
    }

    /// Keeps one of the log as it is, and lets go those that are superfluous then.
    void save(Epoch epoch, Snapshot snapshot) {
        int saved = handle.createUpdate("""
                INSERT INTO snapshot (dashboard, revision, number, format, body)
                SELECT id, :revision, 1 + coalesce((SELECT max(number) FROM snapshot WHERE dashboard = :id), 0),
                       :format, :body::json
                FROM dashboard
                WHERE id = :id AND epoch = :epoch AND head >= :revision AND log_start <= :revision
                FOR KEY SHARE ON CONFLICT DO NOTHING
                """).bind("id", dashboard.id()).bind("epoch", epoch.id()).bind("revision", snapshot.revision())
                .bind("format", JsonRow.FORMAT).bind("body", JsonRow.body(snapshot)).execute();
        if (saved > 0) {
            letGo();
        }
    }

    private void letGo() {
        long floor = handle.createQuery("SELECT log_start FROM dashboard WHERE id = :id").bind("id", dashboard.id())
                .mapTo(long.class).one();
        TreeMap<Long, Long> numbers = new TreeMap<>();
        handle.createQuery("SELECT revision, number FROM snapshot WHERE dashboard = :id").bind("id", dashboard.id())
                .map((row, _) -> numbers.put(row.getLong("revision"), row.getLong("number"))).list();
        List<Long> superfluous = SnapshotThinning.superfluous(numbers, floor);
        handle.createUpdate("DELETE FROM snapshot WHERE dashboard = :id AND revision = ANY(:revisions)")
                .bind("id", dashboard.id()).bindArray("revisions", Long.class, superfluous).execute();
    }

    /// Keeps the state that the log begins after from now on, and lets go those before it.
    void begin(Snapshot floor) {
        handle.createUpdate("UPDATE dashboard SET log_start = :revision WHERE id = :id")
                .bind("id", dashboard.id()).bind("revision", floor.revision()).execute();
        handle.createUpdate("""
                INSERT INTO snapshot (dashboard, revision, number, format, body)
                VALUES (:id, :revision, 1 + coalesce((SELECT max(number) FROM snapshot WHERE dashboard = :id), 0),
                        :format, :body::json) ON CONFLICT DO NOTHING
                """).bind("id", dashboard.id()).bind("revision", floor.revision()).bind("format", JsonRow.FORMAT)
                .bind("body", JsonRow.body(floor)).execute();
        handle.createUpdate("DELETE FROM snapshot WHERE dashboard = :id AND revision < :revision")
                .bind("id", dashboard.id()).bind("revision", floor.revision()).execute();
    }
}
