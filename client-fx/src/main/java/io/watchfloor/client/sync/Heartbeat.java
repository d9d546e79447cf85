package io.watchfloor.client.sync;

import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ServerMessage;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Asks the server for a sign of life every few seconds: measures latency and clock, and notices a dead connection, which
/// the operating system may not for many minutes. Owner executor only.
final class Heartbeat {

    static final long PING_MILLIS = 5_000;
    /// Nothing heard for so long: the connection is dead.
    static final long SILENCE_MILLIS = 15_000;

    private final ServerLink link;
    private final Surroundings surroundings;
    private final ServerClock serverClock;
    private final LongConsumer latency;
    private final Runnable silent;
    private long lastPing;
    private long sentAt;
    private Timer.@Nullable Scheduled next;

    /// @param latency takes each measured round trip, in milliseconds
    /// @param silent run once, when nothing has been heard for too long
    Heartbeat(ServerLink link, Surroundings surroundings, ServerClock serverClock, LongConsumer latency,
            Runnable silent) {
        this.link = link;
        this.surroundings = surroundings;
        this.serverClock = serverClock;
        this.latency = latency;
        this.silent = silent;
    }

    void start() {
        beat();
    }

    void stop() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    private void beat() {
        long now = surroundings.time().monotonic();
        if (now - link.lastHeard() >= SILENCE_MILLIS) {
            next = null;
            silent.run();
            return;
        }
        lastPing++;
        sentAt = now;
        next = surroundings.timer().after(PING_MILLIS, this::beat);
        link.send(new ClientMessage.Ping(lastPing));
    }

    void received(ServerMessage.Pong pong, long arrived) {
        if (pong.id() == lastPing) {
            long roundTrip = Math.max(0, arrived - sentAt);
            serverClock.measured(pong.serverTime(), roundTrip, arrived);
            latency.accept(roundTrip);
        }
    }
}
