package io.watchfloor.server.store.postgres;

import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.M4;
import io.watchfloor.sample.Sample;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.store.MetricStore;
import io.watchfloor.server.store.NumberedSample;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TooManyLinesException;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.postgresql.util.PSQLState;

/// Samples in PostgreSQL: binary COPY into daily partitions. Batches whose samples are all new go straight in, others
/// through a staging table that replaces what is there. Reduction happens while rows stream in, so an answer takes memory
/// for its points only. There are no rollups: a long range reads all of its samples. Thread-safe.
public final class PostgresMetricStore implements MetricStore {

    private static final int FETCH = 10_000;
    private static final int QUERY_SECONDS = 25;
    private static final String NO_PARTITION = PSQLState.CHECK_VIOLATION.getState();
    private static final String UNIQUE = PSQLState.UNIQUE_VIOLATION.getState();

    private final Database database;
    private final SeriesNumbers numbers;
    private final SamplePartitions partitions;

    public PostgresMetricStore(Database database) {
        this.database = database;
        this.numbers = new SeriesNumbers(database);
        this.partitions = new SamplePartitions(database);
    }

    /// Makes the partitions of the next days and drops those that are too old. To be called at start and then hourly.
    public void upkeep(Instant now, Duration retention) {
        partitions.ensureAhead(now);
        partitions.drop(now, retention);
    }

    @Override
    public List<NumberedSample> write(List<Sample> samples) {
        if (samples.isEmpty()) {
            return List.of();
        }
        Set<SeriesKey> keys = new LinkedHashSet<>();
        samples.forEach(sample -> keys.add(sample.series()));
        Map<SeriesKey, Integer> known = numbers.of(keys);
        List<NumberedSample> numbered = new ArrayList<>(samples.size());
        for (Sample sample : samples) {
            Integer number = known.get(sample.series());
            if (number == null) {
                throw new IllegalStateException("the series " + sample.series() + " got no number");
            }
            numbered.add(new NumberedSample(number, sample.series(), sample.time(), sample.value()));
        }
        SampleRows rows = SampleRows.of(numbered);
        try {
            write(rows);
        } catch (StoreException fault) {
            if (!isState(fault, NO_PARTITION)) {
                throw fault;
            }
            partitions.forget();
            write(rows);
        }
        return numbered;
    }

    private void write(SampleRows rows) {
        partitions.ensure(rows.days());
        try {
            database.run(rows::insert);
        } catch (StoreException fault) {
            if (!isState(fault, UNIQUE)) {
                throw fault;
            }
            database.run(rows::merge);
        }
    }

    private static boolean isState(StoreException fault, String state) {
        SQLException cause = Faults.sqlCause(fault);
        return cause != null && state.equals(cause.getSQLState());
    }

    @Override
    public Series query(Selector selector, long from, long to, int points) {
        return database.run(handle -> {
            Map<Integer, SeriesKey> matching = matching(handle, selector);
            if (matching.size() > MAX_LINES) {
                throw new TooManyLinesException(selector.toString());
            }
            return new Series(lines(handle, matching, from, to, points));
        });
    }

    private static Map<Integer, SeriesKey> matching(Handle handle, Selector selector)
            throws SQLException {
        List<String> present = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        selector.matchers().pairs().forEach((label, value) -> {
            if (value.isEmpty()) {
                absent.add(label + "=");
            } else {
                present.add(label + "=" + value);
            }
        });
        Map<Integer, SeriesKey> matching = new TreeMap<>();
        try (PreparedStatement statement = handle.getConnection().prepareStatement("""
                SELECT number, labels FROM series
                WHERE name = ? AND labels @> ? AND NOT EXISTS (
                    SELECT FROM unnest(labels) AS label, unnest(?) AS start
                    WHERE starts_with(label, start) AND length(label) > length(start))
                ORDER BY number LIMIT ?
                """)) {
            statement.setString(1, selector.name());
            statement.setArray(2, handle.getConnection().createArrayOf("text", present.toArray()));
            statement.setArray(3, handle.getConnection().createArrayOf("text", absent.toArray()));
            statement.setInt(4, MAX_LINES + 1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    matching.put(rows.getInt(1), new SeriesKey(selector.name(), labels(rows.getArray(2))));
                }
            }
        }
        return matching;
    }

    private static Labels labels(Array array) throws SQLException {
        Map<String, String> labels = new TreeMap<>();
        for (String label : (String[]) array.getArray()) {
            int equals = label.indexOf('=');
            labels.put(label.substring(0, equals), label.substring(equals + 1));
        }
        return Labels.of(labels);
    }

    private static List<Line> lines(Handle handle, Map<Integer, SeriesKey> matching, long from, long to, int points)
            throws SQLException {
        Map<Integer, M4> open = matching.keySet().stream()
                .collect(Collectors.toMap(number -> number, _ -> new M4(from, to, points)));
        if (!matching.isEmpty() && from <= to) {
            read(handle, open, from, to);
        }
        List<Line> lines = new ArrayList<>();
        matching.forEach((number, key) -> {
            M4 m4 = open.get(number);
            if (m4 != null) {
                lines.add(m4.line(number, key));
            }
        });
        return lines;
    }

    private static void read(Handle handle, Map<Integer, M4> open, long from, long to) throws SQLException {
        try (PreparedStatement statement = handle.getConnection().prepareStatement("""
                SELECT series, time, value FROM samples WHERE series = ANY(?) AND time BETWEEN ? AND ?
                ORDER BY series, time
                """)) {
            statement.setArray(1, handle.getConnection().createArrayOf("int4", open.keySet().toArray()));
            statement.setLong(2, from);
            statement.setLong(3, to);
            statement.setFetchSize(FETCH);
            statement.setQueryTimeout(QUERY_SECONDS);
            try (ResultSet rows = statement.executeQuery()) {
                int number = -1;
                M4 line = null;
                while (rows.next()) {
                    int next = rows.getInt(1);
                    if (next != number) {
                        number = next;
                        line = open.get(next);
                    }
                    if (line != null) {
                        line.add(rows.getLong(2), rows.getDouble(3));
                    }
                }
            }
        }
    }
}
