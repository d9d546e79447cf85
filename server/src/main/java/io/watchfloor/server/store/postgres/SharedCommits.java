package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.store.AppendResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Makes small appends to the logs of several dashboards durable together: those that wait while the ones before are being
/// committed are one statement, which the database commits by itself. Alone a dashboard waits for nobody; under load many
/// share one round trip and one write to the disk.
///
/// None pays for another. What cannot be written with the others goes on alone: where the log ends elsewhere, where a row
/// is locked by somebody slow, where anything about one of them is refused.
///
/// Thread-safe.
final class SharedCommits {

    /// Entries of an append that may share; a greater one is worth a commit of its own, and would keep others waiting.
    static final int SMALL = 32;
    /// Entries of one commit.
    private static final int MOST = 256;
    /// For a lock. Whoever holds a dashboard's row for longer keeps only that dashboard waiting.
    private static final Duration LONGEST_WAIT = Duration.ofMillis(50);

    private final Database database;
    private final CheckedConnections connections;
    private final Executor thread;
    private final Function<Append, CompletionStage<AppendResult>> alone;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean running;

    private record Waiting(Append append, CompletableFuture<AppendResult> result) {}

    /// @param thread where it waits for the database, one commit at a time
    /// @param alone appends in a transaction of its own
    SharedCommits(Database database, CheckedConnections connections, Executor thread,
            Function<Append, CompletionStage<AppendResult>> alone) {
        this.database = database;
        this.connections = connections;
        this.thread = thread;
        this.alone = alone;
    }

    static boolean mayShare(Append append) {
        return append.entries().size() <= SMALL && append.isPlain() && !append.spans().isEmpty();
    }

    /// Completes on the thread that commits.
    CompletionStage<AppendResult> append(Append append) {
        Waiting waiting = new Waiting(append, new CompletableFuture<>());
        synchronized (queue) {
            queue.addLast(waiting);
            if (running) {
                return waiting.result();
            }
            running = true;
        }
        thread.execute(this::run);
        return waiting.result();
    }

    private void run() {
        for (List<Waiting> next = next(); !next.isEmpty(); next = next()) {
            commit(next);
        }
    }

    /// Those that wait longest, one for each dashboard, decided on the same rights.
    private List<Waiting> next() {
        synchronized (queue) {
            List<Waiting> together = new ArrayList<>();
            Set<DashboardId> dashboards = new HashSet<>();
            int entries = 0;
            Iterator<Waiting> waiting = queue.iterator();
            while (waiting.hasNext() && entries < MOST) {
                Waiting each = waiting.next();
                boolean fits = together.isEmpty()
                        || each.append().rights() == together.getFirst().append().rights();
                if (fits && dashboards.add(each.append().dashboard())) {
                    together.add(each);
                    entries += each.append().entries().size();
                    waiting.remove();
                }
            }
            running = !together.isEmpty();
            together.sort((a, b) -> Append.ORDER.compare(a.append(), b.append()));
            return together;
        }
    }

    private void commit(List<Waiting> together) {
        Set<Integer> appended;
        try {
            appended = database.byItself(connection -> write(connection, together));
        } catch (SQLException e) {
            if (Faults.isConnectionLost(e)) {
                together.forEach(each -> each.result().complete(new AppendResult.Unknown()));
            } else {
                together.forEach(this::alone);
            }
            return;
        } catch (RuntimeException | Error e) {
            together.forEach(each -> each.result().completeExceptionally(e));
            return;
        }
        for (int i = 0; i < together.size(); i++) {
            if (appended.contains(i)) {
                together.get(i).result().complete(new AppendResult.Appended());
            } else {
                alone(together.get(i));
            }
        }
    }

    private Set<Integer> write(Connection connection, List<Waiting> together) throws SQLException {
        connections.check(connection);
        return AppendStatement.execute(connection, together.stream().map(Waiting::append).toList(), LONGEST_WAIT);
    }

    private void alone(Waiting waiting) {
        alone.apply(waiting.append()).whenComplete((result, fault) -> {
            if (fault == null) {
                waiting.result().complete(result);
            } else {
                waiting.result().completeExceptionally(fault);
            }
        });
    }
}
