package io.watchfloor.benchmark.simulation;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.memory.InMemoryDashboardStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The one database of a world: never lost, and the reference hears of all that becomes durable in it. A transaction
/// that is under way holds the dashboard's row, and other appends wait for its end.
///
/// Confined to its run's thread.
final class Database {

    static final DashboardId DASHBOARD = new DashboardId(new UUID(0, 1));

    private final Scheduler scheduler;
    private final LogBook book;
    private final Rights rights;
    private final DashboardStore store;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int held;

    Database(Scheduler scheduler, LogBook book, Rights rights, SplittableRandom random, List<Entry> creation) {
        this.scheduler = scheduler;
        this.book = book;
        this.rights = rights;
        InMemoryDashboardStore memory = new InMemoryDashboardStore(Runnable::run,
                () -> Instant.ofEpochMilli(scheduler.now()), random, rights::revision);
        this.store = Interposed.on(DashboardStore.class, memory, this::called);
        memory.create(DASHBOARD, "Wall", null, creation);
        book.begin(creation);
    }

    /// Answers every call at once.
    DashboardStore store() {
        return store;
    }

    private @Nullable Object called(String method, @Nullable Object @Nullable [] arguments,
            Callable<@Nullable Object> call) throws Exception {
        Object result = call.call();
        if (method.equals("append") && arguments != null && result instanceof CompletionStage<?> stage) {
            stage.thenAccept(outcome -> {
                if (outcome instanceof AppendResult.Appended) {
                    book.committed(decisions(arguments), rights);
                }
            });
        }
        return result;
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
        Snapshot snapshot = book.at(revision).snapshot(revision);
        store.heads(List.of(DASHBOARD)).thenAccept(heads -> {
            LogPosition head = heads.get(DASHBOARD);
            if (head != null) {
                store.saveSnapshot(DASHBOARD, head.epoch(), snapshot);
            }
        });
    }
}
