package io.watchfloor.server.room;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs the tasks of one room, one at a time and in order, on a shared executor. A task that fails is handed to the
/// room's fault handler; the tasks after it run. Thread-safe.
final class RoomExecutor implements Executor {

    private final Executor threads;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Consumer<Throwable> onFault;
    private boolean running;

    RoomExecutor(Executor threads) {
        this.threads = threads;
    }

    void onFault(Consumer<Throwable> handler) {
        onFault = handler;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.addLast(task);
            if (running) {
                return;
            }
            running = true;
        }
        threads.execute(this::run);
    }

    private void run() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.pollFirst();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException | Error fault) {
                Consumer<Throwable> handler = onFault;
                if (handler == null) {
                    throw fault;
                }
                handler.accept(fault);
            }
        }
    }
}
