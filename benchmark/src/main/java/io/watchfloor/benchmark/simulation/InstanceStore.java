package io.watchfloor.benchmark.simulation;

import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.StoreException;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One instance's way to the database: takes time, can stall, fail, and lose the answer of a commit. What was asked
/// reaches the database also where the instance is killed meanwhile; the answer then reaches nobody.
///
/// Confined to its run's thread.
final class InstanceStore {

    private static final int LATENCY = 4;

    private final Scheduler scheduler;
    private final Lifetime lifetime;
    private final Database database;
    private final SplittableRandom random;
    private final Tally tally;
    private final Runnable whenCommitted;
    private long stalledUntil;
    private long downUntil;
    private int unknown = -1;
    private long late;

    /// @param whenCommitted run at each append that has become durable, before the instance learns of it
    InstanceStore(Surroundings surroundings, Lifetime lifetime, Database database, SplittableRandom random,
            Runnable whenCommitted) {
        this.scheduler = surroundings.scheduler();
        this.tally = surroundings.tally();
        this.lifetime = lifetime;
        this.database = database;
        this.random = random;
        this.whenCommitted = whenCommitted;
    }

    DashboardStore port() {
        return Interposed.on(DashboardStore.class, database.store(), this::called);
    }

    void stall(long millis) {
        stalledUntil = Math.max(stalledUntil, scheduler.now() + millis);
    }

    void fail(long millis) {
        downUntil = Math.max(downUntil, scheduler.now() + millis);
    }

    /// The next append loses its answer.
    ///
    /// @param how 0 it is written, 1 it is not, 2 it will be in some time, 3 it is written and fails
    void loseAnswer(int how, long millis) {
        unknown = how;
        late = millis;
    }

    void heal() {
        stalledUntil = 0;
        downUntil = 0;
        unknown = -1;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is what the port answers
    private Object called(String method, @Nullable Object @Nullable [] arguments, Callable<@Nullable Object> call) {
        CompletableFuture<@Nullable Object> answer = new CompletableFuture<>();
        if (!lifetime.over()) {
            long wait = Math.max(0, stalledUntil - scheduler.now());
            if (wait > 0) {
                tally.count("store call stalled");
            }
            scheduler.after(wait + 1 + random.nextInt(LATENCY), () -> arrived(method, call, answer));
        }
        return answer;
    }

    private void arrived(String method, Callable<@Nullable Object> call, CompletableFuture<@Nullable Object> answer) {
        if (scheduler.now() < downUntil) {
            tally.count("store call failed");
            answer(answer, null, new StoreException("The database is gone.", new IllegalStateException("simulated")));
        } else if (method.equals("append")) {
            database.append(() -> append(call, answer));
        } else {
            run(call, answer);
        }
    }

    private void append(Callable<@Nullable Object> call, CompletableFuture<@Nullable Object> answer) {
        int how = unknown;
        unknown = -1;
        if (how >= 0) {
            tally.count("commit of unknown outcome");
        }
        switch (how) {
            case 0 -> {
                run(call, new CompletableFuture<>());
                answer(answer, new AppendResult.Unknown(), null);
            }
            case 1 -> answer(answer, new AppendResult.Unknown(), null);
            case 2 -> {
                database.appendLater(late, () -> run(call, new CompletableFuture<>()));
                answer(answer, new AppendResult.Unknown(), null);
            }
            case 3 -> {
                run(call, new CompletableFuture<>());
                answer(answer, null, new StoreException("Gone.", new IllegalStateException("simulated")));
            }
            default -> run(call, answer);
        }
    }

    private void run(Callable<@Nullable Object> call, CompletableFuture<@Nullable Object> answer) {
        try {
            if (call.call() instanceof CompletionStage<?> stage) {
                stage.whenComplete((result, fault) -> {
                    if (result instanceof AppendResult.Appended) {
                        whenCommitted.run();
                    }
                    answer(answer, result, fault);
                });
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(CompletableFuture<@Nullable Object> answer, @Nullable Object result,
            @Nullable Throwable fault) {
        lifetime.after(random.nextInt(LATENCY), () -> {
            if (fault == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(fault);
            }
        });
    }
}
