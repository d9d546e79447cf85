package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.NumberedSample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows of samples on their way into the database: sorted by series and time, each pair once. The order makes inserts
/// local and keeps two instances that write the same samples from waiting for one another in a ring.
///
/// Source: PostgreSQL manual, "COPY", binary format. Immutable.
final class SampleRows {

    private static final byte[] HEADER = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final short COLUMNS = 3;
    private static final int ROW_BYTES = Short.BYTES + 3 * Integer.BYTES + Integer.BYTES + Long.BYTES + Double.BYTES;

    private final List<NumberedSample> rows;

    private SampleRows(List<NumberedSample> rows) {
        this.rows = rows;
    }

    /// @param samples of two of the same series and time the later counts
    static SampleRows of(List<NumberedSample> samples) {
        List<NumberedSample> sorted = new ArrayList<>(samples);
        // stable: samples of the same series and time stay in the order they came in
        sorted.sort(Comparator.comparingInt(NumberedSample::number).thenComparingLong(NumberedSample::time));
        List<NumberedSample> rows = new ArrayList<>(sorted.size());
        for (NumberedSample sample : sorted) {
            NumberedSample last = rows.isEmpty() ? null : rows.getLast();
            if (last != null && last.number() == sample.number() && last.time() == sample.time()) {
                rows.set(rows.size() - 1, sample);
            } else {
                rows.add(sample);
            }
        }
        return new SampleRows(rows);
    }

    /// Days since 1970 that the rows fall on.
    Collection<Long> days() {
        TreeSet<Long> days = new TreeSet<>();
        rows.forEach(row -> days.add(SamplePartitions.dayOf(row.time())));
        return days;
    }

    /// Writes rows none of which is there yet; fails with a unique violation otherwise.
    long insert(Handle handle) throws SQLException {
        return copy(handle, "COPY samples (series, time, value) FROM STDIN (FORMAT binary)");
    }

    /// Writes rows, replacing those that are there.
    long merge(Handle handle) throws SQLException {
        handle.execute("""
                CREATE TEMPORARY TABLE IF NOT EXISTS samples_coming (series int, time bigint, value double precision)
                ON COMMIT DELETE ROWS
                """);
        copy(handle, "COPY samples_coming (series, time, value) FROM STDIN (FORMAT binary)");
        return handle.execute("""
                INSERT INTO samples (series, time, value) SELECT series, time, value FROM samples_coming
                ORDER BY series, time ON CONFLICT (series, time) DO UPDATE SET value = excluded.value
                """);
    }

    private long copy(Handle handle, String statement) throws SQLException {
        byte[] bytes = binary();
        CopyIn copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private byte[] binary() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER.length + rows.size() * ROW_BYTES + Short.BYTES).put(HEADER);
        for (NumberedSample row : rows) {
            bytes.putShort(COLUMNS).putInt(Integer.BYTES).putInt(row.number()).putInt(Long.BYTES).putLong(row.time())
                    .putInt(Double.BYTES).putDouble(row.value());
        }
        return bytes.putShort((short) -1).array();
    }
}
