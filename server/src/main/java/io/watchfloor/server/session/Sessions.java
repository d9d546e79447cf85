package io.watchfloor.server.session;

import io.watchfloor.protocol.CloseCode;
import io.watchfloor.server.room.Delay;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The open sessions of an instance. Thread-safe.
public final class Sessions implements AutoCloseable {

    private static final long CHECK = 1_000;

    private final Set<Session> open = ConcurrentHashMap.newKeySet();
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
        open.remove(session);
        session.closed();
    }

    public int size() {
        return open.size();
    }

    private void check() {
        open.forEach(Session::check);
        if (!closed) {
            delay.after(CHECK, this::check);
        }
    }

    /// Tells every session that the server stops, and closes it.
    @Override
    public void close() {
        closed = true;
        open.forEach(session -> session.close(CloseCode.STOPPING, "The server is stopping; your edits are safe."));
    }
}
