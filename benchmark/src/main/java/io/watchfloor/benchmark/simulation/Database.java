package io.watchfloor.benchmark.simulation;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.HistoryStore;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.memory.InMemoryDashboardStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The one database of a world: never lost, but it can be put back to what it was some changes before; the reference
/// hears of all that becomes durable in it. A transaction that is under way holds the dashboard's row, and other appends
/// wait for its end.
///
/// Confined to its run's thread.
final class Database {

    static final DashboardId DASHBOARD = new DashboardId(new UUID(0, 1));
    /// First half of the ids of replicas that the server makes restores under.
    static final long RESTORERS = 0x5245_5354L;

    private final Scheduler scheduler;
    private final LogBook book;
    private final Rights rights;
    private final SplittableRandom random;
    private final List<Entry> creation;
    private final DashboardStore store;
    /// All that has changed it since the start.
    private final List<Change> changes = new ArrayList<>();
    private InMemoryDashboardStore memory;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int held;

    Database(Scheduler scheduler, LogBook book, Rights rights, SplittableRandom random, List<Entry> creation) {
        this.scheduler = scheduler;
        this.book = book;
        this.rights = rights;
        this.random = random;
        this.creation = creation;
        memory = fresh();
        store = Interposed.onLatest(DashboardStore.class, () -> memory, this::called);
        book.begin(epoch(), creation);
    }

    /// Something that has changed the database, and can be done again to another one.
    private interface Change {

        void again(DashboardStore on, Epoch epoch);

        /// Whether it is a group of the log.
        default boolean isGroup() {
            return false;
        }
    }

    private record Appended(long head, List<Decision> decisions) implements Change {

        @Override
        public void again(DashboardStore on, Epoch epoch) {
            AppendResult result = on.append(DASHBOARD, new LogPosition(epoch, head), decisions)
                    .toCompletableFuture().join();
            if (!(result instanceof AppendResult.Appended)) {
                throw new IllegalStateException("a group cannot be written again: " + result);
            }
        }

        @Override
        public boolean isGroup() {
            return true;
        }
    }

    private InMemoryDashboardStore fresh() {
        InMemoryDashboardStore made = new InMemoryDashboardStore(Runnable::run,
                () -> Instant.ofEpochMilli(scheduler.now()), random.split(), rights::revision);
        made.create(DASHBOARD, "Wall", null, creation);
        return made;
    }

    private Epoch epoch() {
        LogPosition head = memory.heads(List.of(DASHBOARD)).toCompletableFuture().join().get(DASHBOARD);
        if (head == null) {
            throw new IllegalStateException("the dashboard is gone");
        }
        return head.epoch();
    }

    /// Puts the database back to what it was some changes before, which begins another epoch.
    void restore(long lost) {
        changes.subList((int) Math.max(0, changes.size() - lost), changes.size()).clear();
        memory = fresh();
        Epoch epoch = epoch();
        book.restored(epoch, (int) changes.stream().filter(Change::isGroup).count());
        changes.forEach(change -> change.again(memory, epoch));
    }

    /// What it holds now.
    Chronicle log() {
        return book.now();
    }

    /// The past of what it holds now.
    HistoryStore history() {
        return Interposed.onLatest(HistoryStore.class, () -> memory.history(), (_, _, call) -> call.call());
    }

    /// Answers every call at once.
    DashboardStore store() {
        return store;
    }

    private @Nullable Object called(String method, @Nullable Object @Nullable [] arguments,
            Callable<@Nullable Object> call) throws Exception {
        long head = book.head();
        Object result = call.call();
        if (arguments != null && result instanceof CompletionStage<?> stage) {
            stage.thenAccept(outcome -> {
                if (outcome instanceof AppendResult.Appended) {
                    changes.add(new Appended(head, decisions(arguments)));
                    book.committed(decisions(arguments), rights);
                } else if (outcome instanceof ReplicaState && arguments[1] instanceof ReplicaId replica
                        && arguments[2] instanceof String account) {
                    registered(replica, account);
                } else if (arguments.length > 2 && arguments[2] instanceof Snapshot snapshot) {
                    changes.add((on, epoch) -> on.saveSnapshot(DASHBOARD, epoch, snapshot));
                }
            });
        }
        return result;
    }

    private void registered(ReplicaId replica, String account) {
        Change registration = (on, _) -> {
            ReplicaState state = on.register(DASHBOARD, replica, account).toCompletableFuture().join();
            if (state != null && replica.id().getMostSignificantBits() == RESTORERS) {
                book.now().restorer(state.number());
            }
        };
        registration.again(memory, epoch());
        changes.add(registration);
    }

    private static List<Decision> decisions(@Nullable Object[] arguments) {
        return Arrays.stream(arguments).filter(List.class::isInstance).flatMap(list -> ((List<?>) list).stream())
                .filter(Decision.class::isInstance).map(Decision.class::cast).toList();
    }

    /// Runs an append once no transaction holds the row.
    void append(Runnable append) {
        if (held > 0) {
            waiting.addLast(append);
        } else {
            append.run();
        }
    }

    /// Holds the row, and ends the transaction with this.
    void appendLater(long millis, Runnable append) {
        held++;
        scheduler.after(millis, () -> {
            append.run();
            held--;
            while (held == 0 && !waiting.isEmpty()) {
                waiting.removeFirst().run();
            }
        });
    }

    /// Keeps a snapshot of some revisions before the head.
    void compact(long before) {
        long revision = Math.max(0, book.head() - before);
        Snapshot snapshot = book.now().at(revision).snapshot(revision);
        store.heads(List.of(DASHBOARD)).thenAccept(heads -> {
            LogPosition head = heads.get(DASHBOARD);
            if (head != null) {
                store.saveSnapshot(DASHBOARD, head.epoch(), snapshot);
            }
        });
    }
}
