package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.server.store.LogPosition;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Reads the rows of the log, within the caller's transaction. Stateless.
final class LogRows {

    private LogRows() {}

    static List<Entry> after(Handle handle, DashboardId dashboard, long revision, int most) {
        return handle.createQuery("""
                SELECT format, body FROM entry WHERE dashboard = :id AND revision > :revision
                ORDER BY revision LIMIT :most
                """).bind("id", dashboard.id()).bind("revision", revision).bind("most", most)
                .map((row, _) -> JsonRow.read(row, Entry.class)).list();
    }

    /// None where the log is of another epoch.
    static List<Entry> after(Handle handle, DashboardId dashboard, LogPosition position, int most) {
        return handle.createQuery("""
                SELECT format, body FROM entry WHERE dashboard = :id AND revision > :revision
                  AND EXISTS (SELECT FROM dashboard WHERE id = :id AND epoch = :epoch)
                ORDER BY revision LIMIT :most
                """).bind("id", dashboard.id()).bind("revision", position.revision())
                .bind("epoch", position.epoch().id()).bind("most", most)
                .map((row, _) -> JsonRow.read(row, Entry.class)).list();
    }

    /// The last ones before a revision, in the order of the log.
    static List<Entry> before(Handle handle, DashboardId dashboard, long revision, int most) {
        return handle.createQuery("""
                SELECT format, body FROM entry
                WHERE dashboard = :id AND revision < :revision
                  AND revision > (SELECT log_start FROM dashboard WHERE id = :id)
                ORDER BY revision DESC LIMIT :most
                """).bind("id", dashboard.id()).bind("revision", revision).bind("most", most)
                .map((row, _) -> JsonRow.read(row, Entry.class)).list().reversed();
    }
}
