package io.watchfloor.client.sync.transport;

import io.watchfloor.client.sync.transport.Transport.Ending;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One connection through Tyrus. One send is in flight at a time, so that frames keep their order.
///
/// Thread-safe: `this` guards the sending side; the listener has a lock of its own, so that a slow listener never makes
/// a sender wait.
final class TyrusLink extends Endpoint implements Transport.Link {

    private static final System.Logger LOG = System.getLogger(TyrusLink.class.getName());

    private final Transport.Listener listener;
    private final Object listening = new Object();
    private final Queue<byte[]> unsent = new ArrayDeque<>();
    private @Nullable Session session;
    private boolean sending;
    private CloseReason.@Nullable CloseCode closeCode;
    private String closeReason = "";
    private boolean ended;

    TyrusLink(Transport.Listener listener) {
        this.listener = listener;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.addMessageHandler(byte[].class, (MessageHandler.Whole<byte[]>) this::received);
        CloseReason.CloseCode wanted;
        synchronized (this) {
            session = opened;
            wanted = closeCode;
        }
        if (wanted != null) {
            close(opened, wanted, closeReason);
            return;
        }
        synchronized (listening) {
            listener.opened();
        }
        sendNext();
    }

    private void received(byte[] frame) {
        synchronized (listening) {
            if (!ended) {
                listener.frame(frame);
            }
        }
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        end(new Ending.Closed(reason.getCloseCode().getCode(), String.valueOf(reason.getReasonPhrase())));
    }

    @Override
    public void onError(Session failed, Throwable problem) {
        // the connection's end is told by onClose
        LOG.log(System.Logger.Level.DEBUG, "on the connection", problem);
    }

    void end(Ending ending) {
        synchronized (this) {
            session = null;
            unsent.clear();
        }
        synchronized (listening) {
            if (!ended) {
                ended = true;
                listener.ended(ending);
            }
        }
    }

    @Override
    public void send(byte[] frame) {
        synchronized (this) {
            unsent.add(frame);
        }
        sendNext();
    }

    private void sendNext() {
        Session to;
        byte[] next;
        synchronized (this) {
            to = session;
            next = to == null || sending ? null : unsent.poll();
            if (to == null || next == null) {
                return;
            }
            sending = true;
        }
        try {
            to.getAsyncRemote().sendBinary(ByteBuffer.wrap(next), result -> {
                if (result.isOK()) {
                    sent();
                    sendNext();
                } else {
                    failed(to, result.getException());
                }
            });
        } catch (RuntimeException e) {
            // the connection is ending, which Tyrus tells the caller where it knows of it before its handler does
            failed(to, e);
        }
    }

    private synchronized void sent() {
        sending = false;
    }

    private void failed(Session to, Throwable problem) {
        LOG.log(System.Logger.Level.DEBUG, "sending failed", problem);
        sent();
        close(to, CloseReason.CloseCodes.GOING_AWAY, "");
    }

    @Override
    public void close(int code, String reason) {
        Session open;
        CloseReason.CloseCode closing = CloseReason.CloseCodes.getCloseCode(code);
        synchronized (this) {
            closeCode = closing;
            closeReason = reason;
            open = session;
        }
        if (open != null) {
            close(open, closing, reason);
        }
    }

    /// Off the caller's thread, for it writes to the network.
    private static void close(Session session, CloseReason.CloseCode code, String reason) {
        Thread.ofVirtual().name("disconnect").start(() -> {
            try {
                session.close(new CloseReason(code, reason.length() > 100 ? reason.substring(0, 100) : reason));
            } catch (IOException | IllegalStateException e) {
                LOG.log(System.Logger.Level.DEBUG, "closing a connection that is gone already", e);
            }
        });
    }
}
