package io.watchfloor.client.sync;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/// Time, threads and network of a test, all of them stepped by hand: nothing runs but in [#settle] and [#advance].
/// Confined to the test's thread.
public final class World implements Time, Timer, Executor {

    private record Task(long at, long order, Runnable action) {}

    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Task> later = new PriorityQueue<>(
            Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private long now = 1_000;
    private long order;
    private long wallAhead = 1_800_000_000_000L;

    public Surroundings surroundings() {
        return new Surroundings(this, this, this, new SplittableRandom(7));
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public Scheduled after(long millis, Runnable action) {
        Task task = new Task(now + millis, order++, action);
        later.add(task);
        return () -> later.remove(task);
    }

    @Override
    public long wall() {
        return now + wallAhead;
    }

    @Override
    public long monotonic() {
        return now;
    }

    /// Sets this machine's clock forward.
    public void jumpWall(long millis) {
        wallAhead += millis;
    }

    /// Runs what is ready, and what that makes ready, without letting time pass.
    public void settle() {
        for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
            task.run();
        }
    }

    /// Lets time pass.
    public void advance(long millis) {
        settle();
        long end = now + millis;
        for (Task next = later.peek(); next != null && next.at() <= end; next = later.peek()) {
            later.remove(next);
            now = next.at();
            next.action().run();
            settle();
        }
        now = end;
    }
}
