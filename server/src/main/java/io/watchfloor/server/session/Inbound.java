package io.watchfloor.server.session;

import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What comes in over one connection: frames are decoded within limits and their messages handed on one after the other,
/// a hello first, and no faster than the session may talk. What cannot be read is answered, and too much of it ends the
/// session; so does a fault of the server while it is spoken to.
///
/// Frames must be handed in one after the other. Does not block.
final class Inbound {

    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    /// Unreadable frames after which the connection is no use.
    private static final int MALFORMED = 20;
    /// Enough for a hello and what may follow it in one frame.
    private static final int GREETING_BYTES = 64 << 10;

    /// The session that is spoken to.
    interface Listener {

        /// Once it is not, nothing more is handed to it.
        boolean isOpen();

        /// Somebody says who he is. May block.
        void hello(ClientMessage.Hello hello);

        /// Somebody who has said hello says something.
        void said(ClientMessage message);

        /// Something cannot be read, or makes no sense here.
        void failed(ErrorCode code, String text);

        void close(CloseCode code, String text);
    }

    private final String session;
    private final RecordCodec codec;
    private final SessionContext context;
    private final Speaker speaker;
    private final Paces paces;
    private final Listener listener;
    private int malformed;

    /// @param session its name, for the log
    Inbound(String session, Encoding encoding, SessionContext context, Speaker speaker, Paces paces,
            Listener listener) {
        this.session = session;
        this.codec = RecordCodec.of(encoding);
        this.context = context;
        this.speaker = speaker;
        this.paces = paces;
        this.listener = listener;
    }

    /// Bytes that the next message may have: little, until it is known who speaks.
    int messageLimit() {
        return isKnown() ? Limits.MESSAGE_BYTES : GREETING_BYTES;
    }

    private boolean isKnown() {
        return speaker.caller() != null;
    }

    /// Takes one frame.
    ///
    /// @param then called once, when the next frame may come, on any thread
    void received(byte[] frame, Runnable then) {
        List<Message> messages;
        try {
            messages = codec.decodeAll(frame, Message.class);
        } catch (CodecException e) {
            unlessFaulty(() -> malformed(e));
            pausing(List.of(), then).run();
            return;
        }
        handle(messages, 0, pausing(messages, then));
    }

    private Runnable pausing(List<Message> frame, Runnable then) {
        long pause = paces.heard(frame).toMillis();
        return pause == 0 ? then : () -> context.running().delay().after(pause, then);
    }

    private void malformed(CodecException e) {
        malformed++;
        if (malformed >= MALFORMED || !isKnown()) {
            listener.close(CloseCode.MALFORMED, "The server cannot read what this client says. " + e.getMessage());
        } else {
            listener.failed(e.code(), e.getMessage() == null ? "" : e.getMessage());
        }
    }

    private void handle(List<Message> messages, int from, Runnable then) {
        for (int i = from; i < messages.size() && listener.isOpen(); i++) {
            Message next = messages.get(i);
            if (next instanceof ClientMessage.Hello hello && !isKnown()) {
                int after = i + 1;
                context.blocking().execute(() -> {
                    unlessFaulty(() -> listener.hello(hello));
                    handle(messages, after, then);
                });
                return;
            }
            unlessFaulty(() -> handle(next));
        }
        then.run();
    }

    private void handle(Message next) {
        if (!isKnown()) {
            listener.close(CloseCode.NOT_SIGNED_IN, "The first message is a hello.");
        } else if (next instanceof ClientMessage message) {
            listener.said(message);
        } else {
            listener.failed(ErrorCode.UNEXPECTED, "That is a message of servers.");
        }
    }

    /// A fault of the server ends the session, whose peer connects again, rather than leave it waiting for ever.
    void unlessFaulty(Runnable handling) {
        try {
            handling.run();
        } catch (RuntimeException e) {
            LOG.error("Session {} met a fault while it was spoken to", session, e);
            listener.close(CloseCode.INTERNAL, "The server met a fault of its own; what was confirmed is safe.");
        }
    }
}
