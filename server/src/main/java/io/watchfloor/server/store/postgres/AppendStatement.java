package io.watchfloor.server.store.postgres;

import io.watchfloor.document.Entry;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The one statement that appends: in a transaction that has begun, or committed by itself. Plain JDBC, because it is what
/// each edit waits for; the driver keeps it prepared on each connection. Stateless.
final class AppendStatement {

    private static final String SQL = "SELECT append_to_logs(" + "?, ".repeat(15) + "?)";

    /// As long as it takes.
    static final Duration UNTIL_FREE = Duration.ZERO;

    private AppendStatement() {}

    /// @param appends of the same rights, in the order of [Append#ORDER], one for each dashboard
    /// @param longestWait for a lock
    /// @return the dashboards that were appended to, as places in the list; the others' logs end elsewhere or are gone
    /// @throws SQLException after which nothing at all is written, see [#isAlreadyDecided] and [#isOutdated]
    static Set<Integer> execute(Connection connection, List<Append> appends, Duration longestWait)
            throws SQLException {
        int spans = appends.stream().mapToInt(append -> append.spans().size()).sum();
        int entries = appends.stream().mapToInt(append -> append.entries().size()).sum();
        Arguments arguments = new Arguments(appends.size(), spans, entries);
        for (Append append : appends) {
            arguments.add(append);
        }
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setInt(1, (int) longestWait.toMillis());
            statement.setLong(2, appends.getFirst().rights());
            arguments.bind(statement, connection);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Arrays.stream((Integer[]) row.getArray(1).getArray()).map(place -> place - 1)
                        .collect(Collectors.toSet());
            }
        }
    }

    /// Whether a push was decided by somebody else, or its replica is unknown.
    static boolean isAlreadyDecided(SQLException fault) {
        return "WF001".equals(fault.getSQLState());
    }

    /// Whether rights have changed since the decisions were made.
    static boolean isOutdated(SQLException fault) {
        return "WF002".equals(fault.getSQLState());
    }

    static @Nullable UUID uuid(@Nullable Digest digest) {
        return digest == null ? null : new UUID(digest.high(), digest.low());
    }

    /// Confined to one thread.
    private static final class Arguments {

        private final UUID[] dashboards;
        private final UUID[] epochs;
        private final long[] heads;
        private final long[] tails;
        private final int[] pushing;
        private final int[] numbers;
        private final long[] firsts;
        private final long[] lasts;
        private final int[] adding;
        private final int[] authors;
        private final long[] pushes;
        private final @Nullable UUID[] digests;
        private final String[] bodies;
        private int dashboard;
        private int span;
        private int entry;

        Arguments(int appends, int spans, int entries) {
            dashboards = new UUID[appends];
            epochs = new UUID[appends];
            heads = new long[appends];
            tails = new long[appends];
            pushing = new int[spans];
            numbers = new int[spans];
            firsts = new long[spans];
            lasts = new long[spans];
            adding = new int[entries];
            authors = new int[entries];
            pushes = new long[entries];
            digests = new @Nullable UUID[entries];
            bodies = new String[entries];
        }

        void add(Append append) {
            dashboards[dashboard] = append.dashboard().id();
            epochs[dashboard] = append.expected().epoch().id();
            heads[dashboard] = append.expected().revision();
            tails[dashboard] = append.tail();
            dashboard++;
            for (Append.Span pushed : append.spans()) {
                pushing[span] = dashboard;
                numbers[span] = pushed.replica();
                firsts[span] = pushed.first();
                lasts[span] = pushed.last();
                span++;
            }
            for (Decision decision : append.decisions()) {
                if (decision instanceof Decision.Accepted(Entry accepted, Digest digest)) {
                    adding[entry] = dashboard;
                    authors[entry] = accepted.replica();
                    pushes[entry] = accepted.clientSeq();
                    digests[entry] = uuid(digest);
                    bodies[entry] = JsonRow.body(accepted);
                    entry++;
                }
            }
        }

        void bind(PreparedStatement statement, Connection connection) throws SQLException {
            statement.setArray(3, connection.createArrayOf("uuid", dashboards));
            statement.setArray(4, connection.createArrayOf("uuid", epochs));
            statement.setObject(5, heads);
            statement.setObject(6, tails);
            statement.setObject(7, pushing);
            statement.setObject(8, numbers);
            statement.setObject(9, firsts);
            statement.setObject(10, lasts);
            statement.setObject(11, adding);
            statement.setObject(12, authors);
            statement.setObject(13, pushes);
            statement.setArray(14, connection.createArrayOf("uuid", digests));
            statement.setArray(15, connection.createArrayOf("text", bodies));
            statement.setInt(16, JsonRow.FORMAT);
        }
    }
}
