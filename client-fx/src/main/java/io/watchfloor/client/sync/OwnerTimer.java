package io.watchfloor.client.sync;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A timer on a scheduled executor that hands each task to the owner executor. Owner executor only.
public final class OwnerTimer implements Timer {

    private final ScheduledExecutorService scheduler;
    private final Executor owner;

    /// @param scheduler may be shared; it is not shut down from here
    public OwnerTimer(ScheduledExecutorService scheduler, Executor owner) {
        this.scheduler = scheduler;
        this.owner = owner;
    }

    @Override
    public Scheduled after(long millis, Runnable task) {
        Pending pending = new Pending(task);
        Future<?> future = scheduler.schedule(() -> owner.execute(pending::run), millis, TimeUnit.MILLISECONDS);
        return () -> {
            pending.cancelled = true;
            future.cancel(false);
        };
    }

    /// Cancelled on the owner executor, hence seen there even where the scheduler has handed the task over already.
    private static final class Pending {

        private final Runnable task;
        private boolean cancelled;

        Pending(Runnable task) {
            this.task = task;
        }

        void run() {
            if (!cancelled) {
                task.run();
            }
        }
    }
}
