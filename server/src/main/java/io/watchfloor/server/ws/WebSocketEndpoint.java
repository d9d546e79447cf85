package io.watchfloor.server.ws;

import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Pace;
import io.watchfloor.server.session.Session;
import io.watchfloor.server.session.Sessions;
import io.watchfloor.server.session.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session.Listener;
import org.eclipse.jetty.websocket.api.exceptions.WebSocketException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket connection of Jetty as a transport of one session. It asks for the next frame only when the session is
/// done with the last one, so that a client that talks faster than it is heard is slowed down by TCP.
///
/// Once it has said why it closes, it reads on and throws away what comes, so that it notices at once when the peer is
/// gone, and cuts the connection off where the peer does not take its leave within [#LEAVE_MILLIS].
///
/// Public because Jetty finds its methods by reflection. Jetty calls it from one thread at a time; as a transport it is
/// thread-safe.
public final class WebSocketEndpoint implements Listener, Transport {

    private static final Logger log = LoggerFactory.getLogger(WebSocketEndpoint.class);

    /// A close frame holds at most 123 bytes of text.
    private static final int REASON = 120;
    /// What a peer has to answer a close frame in; connections that nobody reads from would be held for much longer.
    static final long LEAVE_MILLIS = 5_000;

    private final Encoding encoding;
    private final Sessions sessions;
    private final Session session;
    private final Pace control;
    private final Pace frames;
    private final Gathering gathering = new Gathering(System::nanoTime);
    /// Whether the next frame was asked for and has not come.
    private final AtomicBoolean demanded = new AtomicBoolean();
    /// Whether the peer has nothing left to do but to take its leave.
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile org.eclipse.jetty.websocket.api.@Nullable Session connection;

    /// @param session makes the session that speaks through this endpoint
    WebSocketEndpoint(Encoding encoding, Sessions sessions, LimitSettings limits,
            Function<Transport, Session> session) {
        this.encoding = encoding;
        this.sessions = sessions;
        this.control = new Pace(Limit.CONTROL_FRAMES, limits);
        this.frames = new Pace(Limit.FRAMES, limits);
        this.session = session.apply(this);
    }

    @Override
    public void onWebSocketOpen(org.eclipse.jetty.websocket.api.Session opened) {
        connection = opened;
        if (sessions.add(session)) {
            demand();
        } else {
            refuse(CloseCode.STOPPING, "The server is stopping.");
        }
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        demanded.set(false);
        ByteBuffer piece = payload.slice();
        boolean fits = gather(Encoding.CBOR, piece);
        callback.succeed();
        if (fits) {
            next(last);
        }
    }

    @Override
    public void onWebSocketPartialText(String payload, boolean last) {
        demanded.set(false);
        if (gather(Encoding.JSON, StandardCharsets.UTF_8.encode(payload))) {
            next(last);
        }
    }

    /// @return false where the connection is at its end
    private boolean gather(Encoding spoken, ByteBuffer piece) {
        if (leaving.get()) {
            demand();
            return false;
        }
        if (spoken != encoding) {
            refuse(CloseCode.VERSION, "This subprotocol is spoken in "
                    + (encoding == Encoding.JSON ? "text" : "binary") + " frames.");
            return false;
        }
        if (!frames.take().isZero()) {
            refuse(CloseCode.TOO_MANY, "Too many frames in a short time.");
            return false;
        }
        int most = session.messageLimit();
        if (!gathering.add(piece, most)) {
            refuse(CloseCode.TOO_LARGE, "A message may have " + most + " bytes here.");
            return false;
        }
        return true;
    }

    private void next(boolean last) {
        if (last) {
            session.received(gathering.take(), this::demand);
        } else {
            demand();
        }
    }

    private void demand() {
        org.eclipse.jetty.websocket.api.Session open = connection;
        if (open != null && demanded.compareAndSet(false, true)) {
            open.demand();
        }
    }

    /// Pings are answered one after the other, so that what waits to be sent does not grow.
    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        demanded.set(false);
        org.eclipse.jetty.websocket.api.Session open = connection;
        if (open == null || !controlled()) {
            return;
        }
        open.sendPong(payload, Callback.from(this::demand, _ -> {}));
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        demanded.set(false);
        if (controlled()) {
            demand();
        }
    }

    private boolean controlled() {
        if (leaving.get()) {
            demand();
            return false;
        }
        if (control.take().isZero()) {
            return true;
        }
        refuse(CloseCode.TOO_MANY, "Too many pings in a short time.");
        return false;
    }

    /// What the peer has sent ends its session. It has no longer to read that than to take its leave.
    private void refuse(CloseCode code, String text) {
        session.close(code, text);
        leave();
    }

    /// Nothing is heard any more, and soon the connection is cut off.
    private void leave() {
        org.eclipse.jetty.websocket.api.Session open = connection;
        if (open != null && leaving.compareAndSet(false, true)) {
            demand();
            sessions.later(LEAVE_MILLIS, open::disconnect);
        }
    }

    @Override
    public long incomingFor() {
        return gathering.since();
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
        sessions.remove(session);
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof WebSocketException
                || cause instanceof TimeoutException)) {
            log.error("A fault while a session was speaking", cause);
        }
        sessions.remove(session);
    }

    @Override
    public void send(byte[] frame, Consumer<@Nullable Throwable> done) {
        org.eclipse.jetty.websocket.api.Session open = connection;
        if (open == null) {
            done.accept(new IllegalStateException("the connection is not open"));
            return;
        }
        sessions.sent();
        Callback callback = Callback.from(() -> done.accept(null), done);
        switch (encoding) {
            case CBOR -> open.sendBinary(ByteBuffer.wrap(frame), callback);
            case JSON -> open.sendText(new String(frame, StandardCharsets.UTF_8), callback);
        }
    }

    @Override
    public void close(int code, String text) {
        org.eclipse.jetty.websocket.api.Session open = connection;
        if (open != null && closing.compareAndSet(false, true)) {
            open.close(code, shortened(text), Callback.NOOP);
            leave();
        }
    }

    private static String shortened(String text) {
        String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.substring(0, Math.min(ascii.length(), REASON));
    }

    @Override
    public void abort() {
        org.eclipse.jetty.websocket.api.Session open = connection;
        if (open != null) {
            open.disconnect();
        }
        sessions.remove(session);
    }
}
