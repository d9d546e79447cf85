package io.watchfloor.client.sync;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Hands work from any thread to the owner executor, in order, with one hop for all that has gathered. A task that fails
/// is logged and does not keep the others from running. Thread-safe.
final class OwnerInbox {

    private static final System.Logger LOG = System.getLogger(OwnerInbox.class.getName());

    private final Executor owner;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    OwnerInbox(Executor owner) {
        this.owner = owner;
    }

    void add(Runnable task) {
        tasks.add(task);
        if (scheduled.compareAndSet(false, true)) {
            owner.execute(this::drain);
        }
    }

    private void drain() {
        scheduled.set(false);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a message was not dealt with", e);
            }
        }
    }
}
