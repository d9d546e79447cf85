package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log's tables, one for each month, by the database's clock in UTC. Instances take turns in making and dropping
/// them.
final class EntryPartitions {

    private static final Logger LOG = LoggerFactory.getLogger(EntryPartitions.class);

    private static final int MONTHS_AHEAD = 1;
    private static final Pattern NAME = Pattern.compile("(?:.*\\.)?entry_([0-9]{4})_([0-9]{2})");

    private EntryPartitions() {}

    /// A month that has a table.
    record Month(YearMonth month) {

        String table() {
            return String.format(Locale.ROOT, "entry_%04d_%02d", month.getYear(), month.getMonthValue());
        }
    }

    /// Makes the tables of this month and the next, where they are missing.
    static void make(Handle handle) {
        takeTurn(handle);
        YearMonth month = YearMonth.from(today(handle));
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            make(handle, new Month(month.plusMonths(ahead)));
        }
    }

    private static void takeTurn(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtext('watchfloor entry partitions'))");
    }

    private static LocalDate today(Handle handle) {
        return handle.createQuery("SELECT (now() AT TIME ZONE 'utc')::date").mapTo(LocalDate.class).one();
    }

    /// Whether work failed because a month has no table yet.
    static boolean isMissing(Throwable fault) {
        SQLException cause = Faults.sqlCause(fault);
        return cause != null && "23514".equals(cause.getSQLState())
                && String.valueOf(cause.getMessage()).contains("no partition of relation");
    }

    private static void make(Handle handle, Month month) {
        if (!exists(handle, month)) {
            handle.execute("SELECT make_entry_month(?)", month.month().atDay(1));
        }
    }

    private static boolean exists(Handle handle, Month month) {
        return handle.createQuery("SELECT to_regclass(:name) IS NOT NULL").bind("name", month.table())
                .mapTo(boolean.class).one();
    }

    /// The months all of whose days are older, oldest first.
    static List<Month> before(Handle handle, Duration age) {
        LocalDate kept = today(handle).minusDays(age.toDays());
        List<Month> old = new ArrayList<>();
        handle.createQuery("SELECT relid::regclass::text FROM pg_partition_tree('entry') WHERE isleaf")
                .mapTo(String.class).forEach(name -> {
                    Matcher matcher = NAME.matcher(name);
                    if (matcher.matches()) {
                        YearMonth month = YearMonth.of(Integer.parseInt(matcher.group(1)),
                                Integer.parseInt(matcher.group(2)));
                        if (month.atEndOfMonth().isBefore(kept)) {
                            old.add(new Month(month));
                        }
                    }
                });
        old.sort((a, b) -> a.month().compareTo(b.month()));
        return old;
    }

    /// The last entries of a month, of the dashboards whose log begins before them.
    static Map<DashboardId, Long> lastOf(Handle handle, Month month) {
        Map<DashboardId, Long> lasts = new HashMap<>();
        if (exists(handle, month)) {
            handle.createQuery("""
                    SELECT part.dashboard, max(part.revision) AS revision
                    FROM %s AS part JOIN dashboard ON dashboard.id = part.dashboard
                    GROUP BY part.dashboard, log_start HAVING max(part.revision) > log_start
                    """.formatted(month.table()))
                    .map((row, _) -> lasts.put(new DashboardId(row.getObject("dashboard", UUID.class)),
                            row.getLong("revision")))
                    .list();
        }
        return lasts;
    }

    /// Drops a month if every log that it is part of begins after it by now.
    static boolean drop(Handle handle, Month month) {
        takeTurn(handle);
        if (!exists(handle, month) || !lastOf(handle, month).isEmpty()) {
            return false;
        }
        // The last pushes of a replica are remembered for as long as the replica, whatever the log's age.
        handle.createUpdate("""
                INSERT INTO push (dashboard, replica, client_seq, digest, revision)
                SELECT part.dashboard, part.replica, part.client_seq, part.digest, part.revision
                FROM %s AS part JOIN replica_number AS replica
                     ON replica.dashboard = part.dashboard AND replica.number = part.replica
                WHERE part.digest IS NOT NULL AND part.client_seq > replica.high_water - :remembered
                ON CONFLICT DO NOTHING
                """.formatted(month.table())).bind("remembered", (long) LogWriter.REMEMBERED).execute();
        // To drop a partition locks the whole log: rather try again in an hour than make everybody wait.
        handle.execute("SET LOCAL lock_timeout = '5s'");
        handle.execute("SELECT drop_entry_month(?)", month.month().atDay(1));
        LOG.info("Dropped the log of {}: it is older than it is kept.", month.month());
        return true;
    }
}
