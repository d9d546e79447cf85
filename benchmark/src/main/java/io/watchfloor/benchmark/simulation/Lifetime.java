package io.watchfloor.benchmark.simulation;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/// The tasks of one process, from its start until it ends or is killed; what has not run by then never does. A process
/// that is paused, as by the collection of garbage or a closed lid, runs later what came due meanwhile, in order.
///
/// Confined to its run's thread.
final class Lifetime implements Executor {

    private final Scheduler scheduler;
    private final ArrayDeque<Runnable> backlog = new ArrayDeque<>();
    private int pauses;
    private boolean over;

    Lifetime(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    boolean over() {
        return over;
    }

    @Override
    public void execute(Runnable task) {
        scheduler.soon(() -> run(task));
    }

    void after(long millis, Runnable task) {
        scheduler.after(millis, () -> run(task));
    }

    private void run(Runnable task) {
        if (over) {
            return;
        }
        if (pauses > 0) {
            backlog.addLast(task);
        } else {
            task.run();
        }
    }

    void pause(long millis) {
        pauses++;
        scheduler.after(millis, this::resume);
    }

    private void resume() {
        pauses--;
        while (pauses == 0 && !over && !backlog.isEmpty()) {
            backlog.removeFirst().run();
        }
    }

    void end() {
        over = true;
        backlog.clear();
    }
}
