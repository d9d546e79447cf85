package io.watchfloor.server.store.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.watchfloor.sample.SeriesKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The numbers of series. A number never changes, so those once seen are kept in memory and writing samples of known
/// series reads nothing. Thread-safe.
final class SeriesNumbers {

    private static final int KEPT = 500_000;
    /// Series that one statement asks for or makes.
    private static final int AT_ONCE = 1_000;

    /// Any number that no other user of the database takes: the ASCII letters of "watchser".
    private static final long TURN = 0x7761_7463_6873_6572L;

    private final Database database;
    private final Cache<SeriesKey, Integer> known = Caffeine.newBuilder().maximumSize(KEPT).build();

    SeriesNumbers(Database database) {
        this.database = database;
    }

    /// The numbers of all these series; those that are new are made, and are there when this returns.
    Map<SeriesKey, Integer> of(Collection<SeriesKey> keys) {
        Map<SeriesKey, Integer> numbers = new HashMap<>();
        Set<SeriesKey> unknown = new LinkedHashSet<>();
        for (SeriesKey key : keys) {
            Integer number = known.getIfPresent(key);
            if (number == null) {
                unknown.add(key);
            } else {
                numbers.put(key, number);
            }
        }
        List<SeriesKey> rest = List.copyOf(unknown);
        for (int from = 0; from < rest.size(); from += AT_ONCE) {
            Map<SeriesKey, Integer> found = findOrMake(rest.subList(from, Math.min(rest.size(), from + AT_ONCE)));
            known.putAll(found);
            numbers.putAll(found);
        }
        return numbers;
    }

    private Map<SeriesKey, Integer> findOrMake(List<SeriesKey> keys) {
        Map<ByteBuffer, SeriesKey> byDigest = new LinkedHashMap<>();
        keys.forEach(key -> byDigest.put(ByteBuffer.wrap(digest(key)), key));
        Map<SeriesKey, Integer> found = database.run(handle -> find(handle.getConnection(), byDigest));
        if (found.size() < byDigest.size()) {
            Map<SeriesKey, Integer> there = found;
            database.run(handle -> make(handle.getConnection(), byDigest, there));
            found = database.run(handle -> find(handle.getConnection(), byDigest));
        }
        return found;
    }

    private static Map<SeriesKey, Integer> find(Connection connection, Map<ByteBuffer, SeriesKey> byDigest)
            throws SQLException {
        Map<SeriesKey, Integer> numbers = new HashMap<>();
        try (PreparedStatement statement = connection
                .prepareStatement("SELECT digest, number FROM series WHERE digest = ANY(?)")) {
            statement.setArray(1, connection.createArrayOf("bytea",
                    byDigest.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new)));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    SeriesKey key = byDigest.get(ByteBuffer.wrap(rows.getBytes(1)));
                    if (key != null) {
                        numbers.put(key, rows.getInt(2));
                    }
                }
            }
        }
        return numbers;
    }

    /// Makes those that are not there, in their order, which is the order that lines are shown in. Instances take turns,
    /// so that two which make the same series in different orders do not wait for one another in a ring.
    private static int make(Connection connection, Map<ByteBuffer, SeriesKey> byDigest, Map<SeriesKey, Integer> found)
            throws SQLException {
        try (PreparedStatement turn = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            turn.setLong(1, TURN);
            turn.execute();
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO series (digest, name, labels) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
            for (var entry : byDigest.entrySet()) {
                if (!found.containsKey(entry.getValue())) {
                    statement.setBytes(1, entry.getKey().array());
                    statement.setString(2, entry.getValue().name());
                    statement.setArray(3, connection.createArrayOf("text", labels(entry.getValue())));
                    statement.addBatch();
                }
            }
            return statement.executeBatch().length;
        }
    }

    /// Each as `name=value`; a label's name has no `=`.
    static String[] labels(SeriesKey key) {
        return key.labels().pairs().entrySet().stream().map(pair -> pair.getKey() + "=" + pair.getValue())
                .toArray(String[]::new);
    }

    /// 16 bytes of SHA-256 over name and labels, each preceded by its length.
    private static byte[] digest(SeriesKey key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            update(sha, key.name());
            key.labels().pairs().forEach((name, value) -> {
                update(sha, name);
                update(sha, value);
            });
            return Arrays.copyOf(sha.digest(), 16);
        } catch (NoSuchAlgorithmException every) {
            throw new IllegalStateException("every Java has SHA-256", every);
        }
    }

    private static void update(MessageDigest sha, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
    }
}
