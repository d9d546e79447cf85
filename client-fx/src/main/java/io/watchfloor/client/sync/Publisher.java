package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.protocol.ClientMessage;
import org.jspecify.annotations.Nullable;

/// Seals the pushes of one dashboard and sends them, no more often than a person can see. Owner executor only.
final class Publisher {

    /// A drag sends some 30 pushes a second.
    static final long SEAL_INTERVAL_MILLIS = 33;

    private final PushQueue queue;
    private final Surroundings surroundings;
    private @Nullable Uplink uplink;
    private int room;
    private long sentSeq;
    private long nextSealing = Long.MIN_VALUE;
    private Timer.@Nullable Scheduled waiting;

    Publisher(PushQueue queue, Surroundings surroundings) {
        this.queue = queue;
        this.surroundings = surroundings;
    }

    /// Begins to send over a connection, with everything sealed that was not acked, unchanged.
    void start(Uplink to, int roomNumber) {
        uplink = to;
        room = roomNumber;
        sentSeq = 0;
        sendSealed();
        publish();
    }

    void stop() {
        uplink = null;
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
    }

    boolean started() {
        return uplink != null;
    }

    /// Seals what is open and sends it once it is on disk: now, or when the pause since the last time is over.
    void publish() {
        if (uplink == null || waiting != null || !queue.hasOpen()) {
            return;
        }
        long now = surroundings.time().monotonic();
        if (now < nextSealing) {
            waiting = surroundings.timer().after(nextSealing - now, () -> {
                waiting = null;
                publish();
            });
            return;
        }
        nextSealing = now + SEAL_INTERVAL_MILLIS;
        queue.seal(this::sendSealed);
    }

    private void sendSealed() {
        Uplink to = uplink;
        if (to == null) {
            return;
        }
        for (OutboxPush push : queue.sendable(sentSeq)) {
            to.send(new ClientMessage.Push(room, push.clientSeq(), push.operations()));
            sentSeq = push.clientSeq();
        }
    }
}
