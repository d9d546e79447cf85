package io.watchfloor.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// One thread that reads and writes all sockets of a load, so that the load costs little beside what it measures.
/// Thread-safe.
final class SocketLoop implements AutoCloseable {

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 20);
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Throwable fault;

    SocketLoop() throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name("load").start(this::run);
    }

    /// Opens a session's connection; it is registered when this returns.
    LoadSocket open(URI server, String token, LoadSocket.Receiver receiver) throws IOException, InterruptedException {
        LoadSocket socket = new LoadSocket(server, token, receiver, this);
        execute(() -> register(socket));
        return socket;
    }

    private void register(LoadSocket socket) {
        try {
            socket.register(selector);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a task on the loop's thread.
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// What ended the loop, or null while it runs.
    void check() {
        Throwable ended = fault;
        if (ended != null) {
            throw new IllegalStateException("The load broke off: " + ended, ended);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(key -> ready(key, (LoadSocket) key.attachment()), 100);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            if (!closed) {
                fault = e;
            }
        }
    }

    private void ready(SelectionKey key, LoadSocket socket) {
        try {
            if (key.isReadable()) {
                socket.read(input);
            }
            if (key.isValid() && key.isWritable()) {
                socket.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
