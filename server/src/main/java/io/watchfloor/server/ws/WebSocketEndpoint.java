package io.watchfloor.server.ws;

import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.server.session.Session;
import io.watchfloor.server.session.Sessions;
import io.watchfloor.server.session.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session.Listener;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection of Jetty as a transport of one session. It asks for the next frame only when the session is
/// done with the last one, so that a client that talks faster than it is heard is slowed down by TCP.
///
/// Public because Jetty finds its methods by reflection. Jetty calls it from one thread at a time; as a transport it is
/// thread-safe.
public final class WebSocketEndpoint implements Listener, Transport {

    /// A close frame holds at most 123 bytes of text.
    private static final int REASON = 120;

    private final Encoding encoding;
    private final Sessions sessions;
    private final Session session;
    private volatile org.eclipse.jetty.websocket.api.@Nullable Session connection;

    /// @param session makes the session that speaks through this endpoint
    WebSocketEndpoint(Encoding encoding, Sessions sessions, Function<Transport, Session> session) {
        this.encoding = encoding;
        this.sessions = sessions;
        this.session = session.apply(this);
    }

    @Override
    public void onWebSocketOpen(org.eclipse.jetty.websocket.api.Session opened) {
        connection = opened;
        if (sessions.add(session)) {
            opened.demand();
        } else {
            opened.close(StatusCode.SHUTDOWN, "The server is stopping.", Callback.NOOP);
        }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        byte[] frame = new byte[payload.remaining()];
        payload.get(frame);
        callback.succeed();
        received(Encoding.CBOR, frame);
    }

    @Override
    public void onWebSocketText(String text) {
        received(Encoding.JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    private void received(Encoding spoken, byte[] frame) {
        org.eclipse.jetty.websocket.api.Session open = connection;
        if (open == null) {
            return;
        }
        if (spoken != encoding) {
            open.close(StatusCode.BAD_DATA, "This subprotocol is spoken in "
                    + (encoding == Encoding.JSON ? "text" : "binary") + " frames.", Callback.NOOP);
            return;
        }
        session.received(frame, open::demand);
    }

    @Override
    public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
        sessions.remove(session);
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
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
        if (open != null) {
            open.close(code, shortened(text), Callback.NOOP);
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
