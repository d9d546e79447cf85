package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.server.store.LogPosition;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Reads the rows of the log, within the caller's transaction. Stateless.
///
/// Revisions have no gaps, so each question names both ends of what it asks for. With `LIMIT` in their place the database has
/// to guess how many rows there are, and where its statistics are young it reads and sorts the whole log for one page.
final class LogRows {

    private LogRows() {}

    static List<Entry> after(Handle handle, DashboardId dashboard, long revision, int most) {
        return handle.createQuery("""
                SELECT format, body FROM entry WHERE dashboard = :id AND revision > :revision AND revision <= :last
                ORDER BY revision
                """).bind("id", dashboard.id()).bind("revision", revision).bind("last", last(revision, most))
                .map((row, _) -> JsonRow.read(row, Entry.class)).list();
    }

    /// None where the log is of another epoch.
    static List<Entry> after(Handle handle, DashboardId dashboard, LogPosition position, int most) {
        return handle.createQuery("""
                SELECT format, body FROM entry WHERE dashboard = :id AND revision > :revision AND revision <= :last
                  AND EXISTS (SELECT FROM dashboard WHERE id = :id AND epoch = :epoch)
                ORDER BY revision
                """).bind("id", dashboard.id()).bind("revision", position.revision())
                .bind("last", last(position.revision(), most)).bind("epoch", position.epoch().id())
                .map((row, _) -> JsonRow.read(row, Entry.class)).list();
    }

    /// The last ones before a revision, in the order of the log.
    static List<Entry> before(Handle handle, DashboardId dashboard, long revision, int most) {
        return handle.createQuery("""
                WITH page AS (SELECT log_start, least(:revision, head + 1) AS beyond FROM dashboard WHERE id = :id)
                SELECT format, body FROM entry
                WHERE dashboard = :id AND revision < (SELECT beyond FROM page)
                  AND revision >= (SELECT greatest(log_start + 1, beyond - :most) FROM page)
                ORDER BY revision
                """).bind("id", dashboard.id()).bind("revision", revision).bind("most", most)
                .map((row, _) -> JsonRow.read(row, Entry.class)).list();
    }

    private static long last(long revision, int most) {
        return Math.min(revision, Long.MAX_VALUE - most) + most;
    }
}
