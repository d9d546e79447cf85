package io.watchfloor.benchmark.simulation;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Virtual time: tasks run one after the other, each at its time, those of one time in the order they were given. Time
/// passes only when nothing is left to do. Confined to its run's thread.
final class Scheduler {

    /// Milliseconds since 1970 UTC at the start of every run.
    static final long START = 1_800_000_000_000L;

    private record Due(long at, long order, Runnable task) {}

    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Due> later = new PriorityQueue<>(
            Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long now = START;
    private long order;
    private long executed;

    long now() {
        return now;
    }

    /// Tasks that were run.
    long executed() {
        return executed;
    }

    void soon(Runnable task) {
        ready.addLast(task);
    }

    void after(long millis, Runnable task) {
        later.add(new Due(now + Math.max(0, millis), order++, task));
    }

    /// Lets time pass, and stays at its end.
    void runUntil(long time) {
        drain();
        while (!later.isEmpty() && later.element().at() <= time) {
            Due due = later.remove();
            now = due.at();
            run(due.task());
            drain();
        }
        now = Math.max(now, time);
    }

    private void drain() {
        for (Runnable task = ready.pollFirst(); task != null; task = ready.pollFirst()) {
            run(task);
        }
    }

    private void run(Runnable task) {
        executed++;
        task.run();
    }
}
