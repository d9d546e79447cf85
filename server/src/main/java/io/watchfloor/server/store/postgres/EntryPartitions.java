package io.watchfloor.server.store.postgres;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// The log's tables, one for each month, by the database's clock in UTC.
final class EntryPartitions {

    private static final int MONTHS_AHEAD = 1;

    private EntryPartitions() {}

    /// Makes the tables of this month and the next, where they are missing.
    static void make(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtext('watchfloor entry partitions'))");
        LocalDate month = handle.createQuery("SELECT (now() AT TIME ZONE 'utc')::date").mapTo(LocalDate.class).one()
                .withDayOfMonth(1);
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            make(handle, month.plusMonths(ahead));
        }
    }

    /// Whether work failed because a month has no table yet.
    static boolean isMissing(Throwable fault) {
        SQLException cause = Faults.sqlCause(fault);
        return cause != null && "23514".equals(cause.getSQLState())
                && String.valueOf(cause.getMessage()).contains("no partition of relation");
    }

    private static void make(Handle handle, LocalDate month) {
        String name = String.format(Locale.ROOT, "entry_%04d_%02d", month.getYear(), month.getMonthValue());
        boolean exists = handle.createQuery("SELECT to_regclass(:name) IS NOT NULL").bind("name", name)
                .mapTo(boolean.class).one();
        if (!exists) {
            // Made apart and attached, it does not lock out those who write meanwhile.
            handle.execute("CREATE TABLE " + name + " (LIKE entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
            handle.execute("ALTER TABLE entry ATTACH PARTITION " + name + " FOR VALUES FROM ('" + month + "') TO ('"
                    + month.plusMonths(1) + "')");
        }
    }
}
