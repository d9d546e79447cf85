package io.watchfloor.server.store.postgres;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The partitions of the table of samples, one per day (UTC). Instances take turns in making and dropping them.
/// Thread-safe.
final class SamplePartitions {

    private static final Logger LOG = LoggerFactory.getLogger(SamplePartitions.class);

    private static final long DAY = Duration.ofDays(1).toMillis();
    /// Any number that no other user of the database takes: the ASCII letters of "watchsam".
    private static final long TURN = 0x7761_7463_6873_616dL;
    private static final int AHEAD = 2;
    /// A sample that was accepted as just young enough must still find its partition.
    private static final int KEPT_LONGER = 1;
    private static final String PREFIX = "samples_";
    private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;

    private final Database database;
    private final Set<Long> there = ConcurrentHashMap.newKeySet();

    SamplePartitions(Database database) {
        this.database = database;
    }

    static long dayOf(long time) {
        return Math.floorDiv(time, DAY);
    }

    /// Makes those that are missing.
    ///
    /// @param days since 1970
    void ensure(Collection<Long> days) {
        for (long day : days) {
            if (!there.contains(day)) {
                database.run(handle -> make(handle, day));
                there.add(day);
            }
        }
    }

    /// Makes the next days' ahead of time, so that no writer waits for one at midnight.
    void ensureAhead(Instant now) {
        List<Long> days = new ArrayList<>();
        for (int ahead = 0; ahead <= AHEAD; ahead++) {
            days.add(dayOf(now.toEpochMilli()) + ahead);
        }
        ensure(days);
    }

    /// Believes nothing about what is there any more: another instance may have dropped it.
    void forget() {
        there.clear();
    }

    /// Drops the days that are too old as a whole.
    ///
    /// @return how many were dropped
    int drop(Instant now, Duration retention) {
        long oldest = dayOf(now.minus(retention).toEpochMilli()) - KEPT_LONGER;
        List<LocalDate> old = database.run(SamplePartitions::list).stream()
                .filter(day -> day.toEpochDay() < oldest).toList();
        for (LocalDate day : old) {
            there.remove(day.toEpochDay());
            database.run(handle -> {
                takeTurn(handle);
                // to drop a partition locks the whole table: rather try again in an hour than make everybody wait
                handle.execute("SET LOCAL lock_timeout = '5s'");
                return handle.execute("SELECT drop_sample_day(?)", day);
            });
            LOG.info("Dropped the samples of {}: they are older than {} days.", day, retention.toDays());
        }
        return old.size();
    }

    private static List<LocalDate> list(Handle handle) {
        List<LocalDate> days = new ArrayList<>();
        handle.createQuery("SELECT relid::regclass::text FROM pg_partition_tree('samples') WHERE isleaf")
                .mapTo(String.class).forEach(name -> {
                    try {
                        days.add(LocalDate.parse(name.substring(name.lastIndexOf(PREFIX) + PREFIX.length()), NAME));
                    } catch (DateTimeParseException notOurs) {
                        LOG.debug("The partition {} is left alone.", name);
                    }
                });
        return days;
    }

    private static int make(Handle handle, long day) {
        takeTurn(handle);
        String name = name(LocalDate.ofEpochDay(day));
        boolean exists = handle.createQuery("SELECT to_regclass(:name) IS NOT NULL").bind("name", name)
                .mapTo(Boolean.class).one();
        if (!exists) {
            handle.execute("SELECT make_sample_day(?)", LocalDate.ofEpochDay(day));
        }
        return 0;
    }

    private static void takeTurn(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(" + TURN + ")");
    }

    private static String name(LocalDate day) {
        return PREFIX + day.atStartOfDay(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyyMMdd"));
    }
}
