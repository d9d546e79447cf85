package io.watchfloor.server.session;

import io.watchfloor.protocol.CloseCode;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What must happen over a connection within a time: a hello, the rest of a message that has begun, the end of a send, a
/// new token, and at last the end itself. Nobody waits for ever for a peer that takes nothing. Thread-safe.
final class Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

    /// Milliseconds that a connection has to say hello in.
    private static final long HELLO = 10_000;
    /// Milliseconds that a message may take to come in.
    private static final long INCOMING = 30_000;
    /// Milliseconds that one send may take.
    private static final long SEND = 20_000;
    /// Milliseconds that a session which is over may take to say so.
    private static final long ENDING = 10_000;

    private final String session;
    private final LongSupplier clock;
    private final Transport transport;
    private final Outbound outbound;
    private final Speaker speaker;
    private final long began;
    private volatile long endedAt;

    /// @param session its name, for the log
    /// @param clock milliseconds
    Deadlines(String session, LongSupplier clock, Transport transport, Outbound outbound, Speaker speaker) {
        this.session = session;
        this.clock = clock;
        this.transport = transport;
        this.outbound = outbound;
        this.speaker = speaker;
        this.began = clock.getAsLong();
    }

    /// Cuts the connection off where the other end takes nothing any more. To be called about once a second.
    ///
    /// @param over whether the session has ended
    /// @return why it is to end, or null where it goes on or has ended
    @Nullable
    Ending check(boolean over) {
        long now = clock.getAsLong();
        if (over) {
            endOverdue(now);
        } else if (speaker.caller() == null && now - began > HELLO) {
            return new Ending(CloseCode.SILENT, "The first message, a hello, did not come in time.");
        } else if (speaker.isOverdue(now)) {
            return new Ending(CloseCode.TOKEN_EXPIRED, "The access token is over; connect again with a new one.");
        } else if (transport.incomingFor() > INCOMING) {
            return new Ending(CloseCode.SILENT, "A message began and did not end in time.");
        } else if (outbound.sendingFor() > SEND) {
            LOG.info("Session {} is cut off: it read nothing for {} s.", session, SEND / 1_000);
            transport.abort();
        } else {
            return speaker.recheck();
        }
        return null;
    }

    private void endOverdue(long now) {
        if (endedAt == 0) {
            endedAt = now;
        } else if (now - endedAt > ENDING) {
            transport.abort();
        }
    }
}
