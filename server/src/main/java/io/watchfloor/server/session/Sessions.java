package io.watchfloor.server.session;

import io.watchfloor.protocol.CloseCode;
import io.watchfloor.server.room.Delay;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open sessions of an instance. Thread-safe.
public final class Sessions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final long CHECK = 1_000;
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final Set<Session> open = ConcurrentHashMap.newKeySet();
    private final LongAdder frames = new LongAdder();
    private final Delay delay;
    private volatile boolean closed;

    public Sessions(Delay delay) {
        this.delay = delay;
        delay.after(CHECK, this::check);
    }

    /// @return false where the server is stopping and takes nobody in
    public boolean add(Session session) {
        if (closed) {
            return false;
        }
        open.add(session);
        return true;
    }

    public void remove(Session session) {
        session.closed();
        open.remove(session);
        synchronized (open) {
            open.notifyAll();
        }
    }

    public int size() {
        return open.size();
    }

    /// Does something later, for the transport of a session.
    public void later(long millis, Runnable task) {
        delay.after(millis, task);
    }

    /// A transport sent a frame.
    public void sent() {
        frames.increment();
    }

    /// Frames sent since the start.
    public long framesSent() {
        return frames.sum();
    }

    /// Ends sessions of people who may no longer be here, after rights have changed.
    public void recheck() {
        each(Session::recheck);
    }

    private void check() {
        each(Session::check);
        if (!closed) {
            delay.after(CHECK, this::check);
        }
    }

    /// A fault in one session is no reason to leave the others unchecked, now or from then on.
    private void each(Consumer<Session> action) {
        for (Session session : open) {
            try {
                action.accept(session);
            } catch (RuntimeException e) {
                LOG.error("Session {} could not be checked", session.session(), e);
            }
        }
    }

    /// Tells every session that the server stops, and waits until they are closed, but not longer than some seconds.
    @Override
    public void close() {
        closed = true;
        open.forEach(session -> session.close(CloseCode.STOPPING, "The server is stopping; your edits are safe."));
        long until = System.nanoTime() + CLOSING.toNanos();
        try {
            synchronized (open) {
                while (!open.isEmpty() && System.nanoTime() < until) {
                    open.wait(100);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
