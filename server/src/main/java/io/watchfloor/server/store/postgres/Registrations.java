package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.server.store.ReplicaState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Gives replicas their numbers, one dashboard's together: those that come while the ones before are being registered
/// are one transaction after them. All need the dashboard's row, which each could have only after the other; a storm of
/// joins, each waiting for the row on a connection of its own, would take all connections there are.
///
/// Thread-safe.
final class Registrations {

    /// Replicas of one transaction, which keeps the dashboard's row from those who push.
    static final int MOST = 256;

    private final Executor thread;
    private final Transaction transaction;
    /// What waits for a dashboard whose transaction runs.
    private final Map<DashboardId, Deque<Waiting>> queues = new HashMap<>();

    /// Who asks for a number.
    record Applicant(ReplicaId replica, String account) {}

    private record Waiting(Applicant applicant, CompletableFuture<@Nullable ReplicaState> result) {}

    /// Registers replicas in one transaction.
    @FunctionalInterface
    interface Transaction {

        /// @return what each is given, in their order; null where the replica is another account's, or the dashboard gone
        /// @throws io.watchfloor.server.store.StoreException with none registered
        List<@Nullable ReplicaState> register(DashboardId dashboard, List<Applicant> applicants);
    }

    /// @param thread where it waits for the database, one transaction of a dashboard at a time
    Registrations(Executor thread, Transaction transaction) {
        this.thread = thread;
        this.transaction = transaction;
    }

    /// Completes on the thread of the transaction.
    CompletionStage<@Nullable ReplicaState> register(DashboardId dashboard, ReplicaId replica, String account) {
        Waiting waiting = new Waiting(new Applicant(replica, account), new CompletableFuture<>());
        boolean first;
        synchronized (queues) {
            first = !queues.containsKey(dashboard);
            queues.computeIfAbsent(dashboard, _ -> new ArrayDeque<>()).addLast(waiting);
        }
        if (first) {
            thread.execute(() -> run(dashboard));
        }
        return waiting.result();
    }

    private void run(DashboardId dashboard) {
        for (List<Waiting> next = next(dashboard); !next.isEmpty(); next = next(dashboard)) {
            register(dashboard, next);
        }
    }

    private List<Waiting> next(DashboardId dashboard) {
        synchronized (queues) {
            List<Waiting> together = new ArrayList<>();
            Deque<Waiting> queue = queues.getOrDefault(dashboard, new ArrayDeque<>());
            while (together.size() < MOST && !queue.isEmpty()) {
                together.add(queue.removeFirst());
            }
            if (together.isEmpty()) {
                queues.remove(dashboard);
            }
            return together;
        }
    }

    private void register(DashboardId dashboard, List<Waiting> together) {
        try {
            List<@Nullable ReplicaState> states = transaction.register(dashboard,
                    together.stream().map(Waiting::applicant).toList());
            for (int i = 0; i < together.size(); i++) {
                together.get(i).result().complete(states.get(i));
            }
        } catch (RuntimeException | Error e) {
            together.forEach(each -> each.result().completeExceptionally(e));
        }
    }
}
