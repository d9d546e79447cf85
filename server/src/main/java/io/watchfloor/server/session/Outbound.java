package io.watchfloor.server.session;

import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.room.Frame;
import io.watchfloor.server.room.Sights;
import io.watchfloor.server.room.TickRing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The outbound queue of one session: one send in flight at a time, messages that must arrive first, then what people
/// show in each of its rooms, the latest of each, and the ticks that the room has for it. Whatever gathers while a send is
/// in flight goes out in one write after it. Messages are never dropped; over its bound the queue is full, and the session
/// must end. Ticks cost nothing while they wait: they stay in the room's ring, and those that fell out of it are reported
/// as `Lagged`.
///
/// Thread-safe.
final class Outbound {

    /// Bytes that may wait, beside the ticks.
    static final int CAPACITY = 64 << 20;
    /// Bytes of one write, but for a single message that is larger.
    private static final int WRITE = 256 << 10;
    private static final int TICKS = 64;

    private static final class Feed {

        private final TickRing ring;
        private final Sights sights;
        private long position;
        private long seen;

        Feed(TickRing ring, long position, Sights sights) {
            this.ring = ring;
            this.position = position;
            this.sights = sights;
        }
    }

    private final Encoding encoding;
    private final Transport transport;
    private final LongSupplier clock;
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private final Map<Integer, Feed> feeds = new HashMap<>();
    private long queued;
    private boolean sending;
    private boolean ended;
    private long sendingSince;
    private @Nullable Runnable whenEmpty;

    /// @param clock milliseconds
    Outbound(Encoding encoding, Transport transport, LongSupplier clock) {
        this.encoding = encoding;
        this.transport = transport;
        this.clock = clock;
    }

    /// @return false where the queue is full
    boolean add(Frame frame) {
        byte[] bytes = frame.bytes(encoding);
        synchronized (this) {
            if (ended) {
                return true;
            }
            if (queued + bytes.length > CAPACITY && queued > 0) {
                return false;
            }
            queue.addLast(bytes);
            queued += bytes.length;
        }
        pump();
        return true;
    }

    synchronized void feed(int room, TickRing ring, long position, Sights sights) {
        feeds.put(room, new Feed(ring, position, sights));
    }

    synchronized void unfeed(int room) {
        feeds.remove(room);
    }

    /// For how long the send in flight has been under way, milliseconds; 0 where there is none.
    synchronized long sendingFor() {
        return sending ? Math.max(0, clock.getAsLong() - sendingSince) : 0;
    }

    /// Takes nothing more and calls back when all has been sent.
    void end(Runnable then) {
        boolean idle;
        synchronized (this) {
            ended = true;
            feeds.clear();
            idle = !sending && queue.isEmpty();
            if (!idle && whenEmpty == null) {
                whenEmpty = then;
            }
        }
        if (idle) {
            then.run();
        } else {
            pump();
        }
    }

    /// Sends what waits, unless a send is in flight. A send that is done at once does not deepen the stack.
    void pump() {
        while (true) {
            byte[] next;
            Runnable then = null;
            synchronized (this) {
                if (sending) {
                    return;
                }
                next = next();
                if (next == null) {
                    then = whenEmpty;
                    whenEmpty = null;
                } else {
                    sending = true;
                    sendingSince = clock.getAsLong();
                }
            }
            if (next == null) {
                if (then != null) {
                    then.run();
                }
                return;
            }
            Flight flight = new Flight();
            transport.send(next, flight::done);
            if (!flight.returned()) {
                return;
            }
        }
    }

    /// One send; tells whether it was done before it returned, so that the loop goes on instead of the callback.
    private final class Flight {

        private boolean done;
        private boolean returned;

        void done(@Nullable Throwable fault) {
            synchronized (Outbound.this) {
                sending = false;
                done = true;
                if (fault != null) {
                    ended = true;
                    queue.clear();
                    feeds.clear();
                }
                if (!returned) {
                    return;
                }
            }
            pump();
        }

        boolean returned() {
            synchronized (Outbound.this) {
                returned = true;
                return done;
            }
        }
    }

    private byte @Nullable [] next() {
        List<byte[]> write = new ArrayList<>();
        int size = 0;
        while (!queue.isEmpty() && (write.isEmpty() || size + queue.peekFirst().length <= WRITE)) {
            byte[] bytes = queue.removeFirst();
            queued -= bytes.length;
            size += bytes.length;
            write.add(bytes);
        }
        if (queue.isEmpty()) {
            for (Map.Entry<Integer, Feed> feed : feeds.entrySet()) {
                if (size < WRITE) {
                    size += addSights(feed.getValue(), write);
                    size += addTicks(feed.getKey(), feed.getValue(), write);
                }
            }
        }
        return switch (write.size()) {
            case 0 -> null;
            case 1 -> write.getFirst();
            default -> RecordCodec.of(encoding).join(write);
        };
    }

    private int addSights(Feed feed, List<byte[]> write) {
        Sights.Missing missing = feed.sights.after(feed.seen);
        feed.seen = missing.version();
        Frame frame = missing.frame();
        if (frame == null) {
            return 0;
        }
        byte[] bytes = frame.bytes(encoding);
        write.add(bytes);
        return bytes.length;
    }

    private int addTicks(int room, Feed feed, List<byte[]> write) {
        if (feed.position >= feed.ring.newest()) {
            return 0;
        }
        TickRing.Missing missing = feed.ring.after(feed.position, TICKS);
        int size = 0;
        if (missing.lost() > 0) {
            byte[] lagged = new Frame(new ServerMessage.Lagged(room, feed.position + 1, feed.position + missing.lost()))
                    .bytes(encoding);
            write.add(lagged);
            size += lagged.length;
        }
        for (Frame frame : missing.frames()) {
            write.add(frame.bytes(encoding));
            size += frame.bytes(encoding).length;
        }
        feed.position = missing.position();
        return size;
    }
}
