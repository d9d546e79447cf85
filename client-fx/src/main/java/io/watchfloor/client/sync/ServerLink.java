package io.watchfloor.client.sync;

import io.watchfloor.client.sync.transport.Transport;
import io.watchfloor.client.sync.transport.Transport.Ending;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// One attempt at a connection, from opening it to its end. Frames are decoded on the transport's thread; live data and
/// what people show go from there to their rooms, all else to the owner executor.
///
/// Thread-safe where a method says so; else owner executor only.
final class ServerLink implements Transport.Listener, Uplink {

    /// Told what happens on the link, on the owner executor; nothing after [#abandon].
    interface Owner {

        void opened(ServerLink link);

        /// @param arrived by the monotonic clock
        void received(ServerLink link, ServerMessage message, long arrived);

        void ended(ServerLink link, Ending ending);

        /// The live data of a dashboard, or null where it is not open. Thread-safe.
        @Nullable
        LiveRoom live(DashboardId dashboard);

        /// Who else is in a dashboard, or null where it is not open. Thread-safe.
        @Nullable
        Company company(DashboardId dashboard);
    }

    private static final System.Logger LOG = System.getLogger(ServerLink.class.getName());
    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);
    /// Of the WebSocket protocol: the other side sent what it should not.
    private static final int PROTOCOL_ERROR = 1002;
    private static final int GOING_AWAY = 1001;

    private final Owner owner;
    private final Time time;
    private final OwnerInbox inbox;
    private final Map<Integer, LiveRoom> liveRooms = new ConcurrentHashMap<>();
    private final Map<Integer, Company> companies = new ConcurrentHashMap<>();
    /// What was sent before the transport's link was known here. Guarded by itself, like `link`.
    private final List<byte[]> early = new ArrayList<>();
    private Transport.@Nullable Link link;
    private volatile boolean abandoned;
    private volatile long lastHeard;

    ServerLink(Owner owner, Surroundings surroundings) {
        this.owner = owner;
        this.time = surroundings.time();
        this.inbox = new OwnerInbox(surroundings.owner());
        this.lastHeard = time.monotonic();
    }

    /// Tells the transport's link. The transport may have called back before it returned that.
    void use(Transport.Link opened) {
        synchronized (early) {
            link = opened;
            early.forEach(opened::send);
            early.clear();
        }
        if (abandoned) {
            opened.close(GOING_AWAY, "");
        }
    }

    /// When the last frame came, by the monotonic clock. Thread-safe.
    long lastHeard() {
        return lastHeard;
    }

    /// Ends the connection without waiting for the other side, which may be gone. Thread-safe.
    void abandon(int code, String reason) {
        abandoned = true;
        forgetRooms();
        synchronized (early) {
            if (link != null) {
                link.close(code, reason);
            }
        }
    }

    @Override
    public void send(ClientMessage message) {
        byte[] frame = CODEC.encode(message);
        synchronized (early) {
            if (abandoned) {
                return;
            }
            if (link == null) {
                early.add(frame);
            } else {
                link.send(frame);
            }
        }
    }

    @Override
    public void opened() {
        inbox.add(() -> {
            if (!abandoned) {
                owner.opened(this);
            }
        });
    }

    @Override
    public void frame(byte[] frame) {
        if (abandoned) {
            return;
        }
        long arrived = time.monotonic();
        lastHeard = arrived;
        try {
            for (ServerMessage message : CODEC.decodeAll(frame, ServerMessage.class)) {
                deal(message, arrived);
            }
        } catch (CodecException e) {
            if (e.code() == ErrorCode.UNKNOWN_MESSAGE) {
                LOG.log(System.Logger.Level.DEBUG, "a message of a newer server was left out: {0}", e.getMessage());
                return;
            }
            LOG.log(System.Logger.Level.WARNING, "a frame that cannot be read", e);
            abandonBecause(e);
        }
    }

    private void abandonBecause(CodecException e) {
        String reason = "The server sent something that cannot be read: " + e.getMessage();
        inbox.add(() -> {
            if (!abandoned) {
                owner.ended(this, new Ending.Closed(PROTOCOL_ERROR, reason));
            }
        });
    }

    /// A sink that fails must not take the connection with it.
    private void deal(ServerMessage message, long arrived) {
        try {
            route(message, arrived);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a message was not dealt with", e);
        }
    }

    private void route(ServerMessage message, long arrived) {
        switch (message) {
            case ServerMessage.Tick tick -> {
                LiveRoom room = liveRooms.get(tick.room());
                if (room != null) {
                    room.received(this, tick);
                }
            }
            case ServerMessage.History history -> {
                LiveRoom room = liveRooms.get(history.room());
                if (room != null) {
                    room.received(this, history);
                }
            }
            case ServerMessage.Lagged lagged -> {
                LiveRoom room = liveRooms.get(lagged.room());
                if (room != null) {
                    room.received(this, lagged);
                }
            }
            case ServerMessage.Joined joined -> {
                LiveRoom room = owner.live(joined.dashboard());
                if (room != null) {
                    liveRooms.put(joined.room(), room);
                    room.joined(this, joined.room());
                }
                Company company = owner.company(joined.dashboard());
                if (company != null) {
                    companies.put(joined.room(), company);
                    company.joining(this);
                }
                toOwner(message, arrived);
            }
            case ServerMessage.Failed failed -> {
                LiveRoom room = failed.room() == null ? null : liveRooms.get(failed.room());
                if (room != null && failed.watch() != null) {
                    room.failed(this, failed.watch(), failed.code(), failed.text());
                } else {
                    toOwner(message, arrived);
                }
            }
            case ServerMessage.Seen seen -> {
                Company company = companies.get(seen.room());
                if (company != null) {
                    company.received(this, seen);
                }
            }
            case ServerMessage.People people -> {
                Company company = companies.get(people.room());
                if (company != null) {
                    company.received(this, people);
                }
                toOwner(message, arrived);
            }
            case ServerMessage.Welcome _, ServerMessage.NotJoined _, ServerMessage.Acked _, ServerMessage.Pong _, ServerMessage.Granted _, ServerMessage.Committed _, ServerMessage.Rejected _, ServerMessage.Beat _, ServerMessage.Closing _ ->
                toOwner(
                        message, arrived);
        }
    }

    private void toOwner(ServerMessage message, long arrived) {
        inbox.add(() -> {
            if (!abandoned) {
                owner.received(this, message, arrived);
            }
        });
    }

    @Override
    public void ended(Ending ending) {
        forgetRooms();
        inbox.add(() -> {
            if (!abandoned) {
                owner.ended(this, ending);
            }
        });
    }

    private void forgetRooms() {
        List<LiveRoom> rooms = List.copyOf(liveRooms.values());
        liveRooms.clear();
        rooms.forEach(room -> room.disconnected(this));
    }
}
