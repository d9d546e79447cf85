package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads a dashboard's state at a revision: the nearest kept state before it, named versions included, and what the log
/// holds from there. One statement reads all of it, so that nothing leaves or comes in between, and what it read is
/// whole or it is an error: a document that lacks a row in the middle looks like any other. Confined to one thread.
final class StateRows {

    /// The head, the kept state and the log each fill what is theirs of a row.
    private static final String STATE = """
            WITH log AS (SELECT epoch, log_start, head FROM dashboard WHERE id = :id),
                 nearest AS (
                     (SELECT revision, format, body FROM snapshot
                      WHERE dashboard = :id AND revision <= :revision ORDER BY revision DESC LIMIT 1)
                     UNION ALL
                     (SELECT revision, format, body FROM version
                      WHERE dashboard = :id AND revision <= :revision ORDER BY revision DESC LIMIT 1)
                     ORDER BY revision DESC LIMIT 1)
            SELECT 'log' AS part, epoch, log_start, head, NULL::smallint AS format, NULL::json AS body FROM log
            UNION ALL
            SELECT 'nearest', NULL, NULL, NULL, format, body FROM nearest
            UNION ALL
            SELECT 'entry', NULL, NULL, NULL, format, body FROM entry
            WHERE dashboard = :id AND revision > coalesce((SELECT revision FROM nearest), 0)
              AND revision <= (SELECT least(:revision, head) FROM log)
            """;

    private final DashboardId dashboard;
    private final long revision;
    private @Nullable Epoch epoch;
    private long start;
    private long head;
    private Snapshot nearest = Snapshot.EMPTY;
    private final List<Entry> entries = new ArrayList<>();

    private StateRows(DashboardId dashboard, long revision) {
        this.dashboard = dashboard;
        this.revision = revision;
    }

    /// @return null where there is no such dashboard
    /// @throws StoreException where the log has a gap
    static @Nullable StoredDashboard newest(Handle handle, DashboardId dashboard) {
        StateRows rows = new StateRows(dashboard, Long.MAX_VALUE);
        rows.read(handle);
        return rows.stored();
    }

    /// @return null where there is no such dashboard or revision, or the log does not reach back to it
    /// @throws StoreException where the log has a gap
    static @Nullable StoredDashboard at(Handle handle, DashboardId dashboard, long revision) {
        StateRows rows = new StateRows(dashboard, revision);
        rows.read(handle);
        boolean reached = rows.nearest.revision() == revision || rows.nearest.revision() >= rows.start;
        return revision >= 0 && revision <= rows.head && reached ? rows.stored() : null;
    }

    private void read(Handle handle) {
        handle.createQuery(STATE).bind("id", dashboard.id()).bind("revision", revision)
                .map((row, _) -> take(row)).forEach(_ -> {});
        entries.sort(Comparator.comparingLong(Entry::revision));
    }

    private boolean take(ResultSet row) throws SQLException {
        switch (row.getString("part")) {
            case "log" -> {
                epoch = new Epoch(row.getObject("epoch", UUID.class));
                start = row.getLong("log_start");
                head = row.getLong("head");
            }
            case "nearest" -> nearest = JsonRow.read(row, Snapshot.class);
            default -> entries.add(JsonRow.read(row, Entry.class));
        }
        return true;
    }

    private @Nullable StoredDashboard stored() {
        Epoch of = epoch;
        if (of == null) {
            return null;
        }
        long due = nearest.revision();
        for (Entry entry : entries) {
            due++;
            if (entry.revision() != due) {
                throw gap(due, entry.revision() - 1);
            }
        }
        long last = Math.max(nearest.revision(), Math.min(revision, head));
        if (due != last) {
            throw gap(due + 1, last);
        }
        return new StoredDashboard(of, nearest, entries);
    }

    private StoreException gap(long first, long last) {
        return new StoreException(
                ("The log of dashboard %s lacks %s, and no kept state comes after that: rows have left "
                        + "the database that this server did not remove. The dashboard is not opened, and nothing of it is "
                        + "changed; restore the database from a backup.").formatted(dashboard,
                                first == last ? "revision " + first : "revisions " + first + " to " + last));
    }
}
