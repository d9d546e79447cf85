package io.watchfloor.server.session;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.room.Frame;
import io.watchfloor.server.room.Member;
import io.watchfloor.server.room.Sights;
import io.watchfloor.server.room.TickRing;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One authenticated connection: reads what the client says, hands it to the rooms, and is a member of those it joined.
///
/// Frames must be handed in one after the other; everything else is thread-safe and does not block.
public final class Session implements Member {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final String id;
    private final Transport transport;
    private final SessionContext context;
    private final Inbound inbound;
    private final Outbound outbound;
    private final JoinedRooms rooms = new JoinedRooms();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Paces paces;
    private final RefusalRecord refusals;
    private final Speaker speaker;
    private final Watches watches;
    private final Deadlines deadlines;
    private volatile long heardAt;

    /// @param id names the session in logs and to other people's clients
    /// @param handshakeToken access token from a header of the handshake
    /// @param address of the other end of the connection
    public Session(String id, Encoding encoding, Transport transport, SessionContext context,
            @Nullable String handshakeToken, String address) {
        this.id = id;
        this.transport = transport;
        this.context = context;
        this.outbound = new Outbound(encoding, transport, context.clock());
        this.heardAt = context.clock().getAsLong();
        this.paces = new Paces(context.allowance().limits());
        this.refusals = new RefusalRecord(context, address, rooms.view());
        this.speaker = new Speaker(context, refusals, handshakeToken);
        this.inbound = new Inbound(id, encoding, context, speaker, paces, new Heard());
        this.watches = new Watches(id, context, speaker, paces, this::deliver);
        this.deadlines = new Deadlines(id, context.clock(), transport, outbound, speaker);
    }

    /// Bytes that the next message may have: little, until it is known who speaks.
    public int messageLimit() {
        return inbound.messageLimit();
    }

    /// Takes one frame. What it asks for may be answered later; when `then` is called the next frame may come: later, where
    /// the session has said more than it may. Once the session has ended nothing is heard any more, however long it takes
    /// until its peer has read why.
    public void received(byte[] frame, Runnable then) {
        if (ended.get()) {
            then.run();
            return;
        }
        heardAt = context.clock().getAsLong();
        inbound.received(frame, then);
    }

    /// What the client says.
    private final class Heard implements Inbound.Listener {

        @Override
        public boolean isOpen() {
            return Session.this.isOpen();
        }

        @Override
        public void hello(ClientMessage.Hello hello) {
            Session.this.hello(hello);
        }

        @Override
        public void said(ClientMessage message) {
            handle(message);
        }

        @Override
        public void failed(ErrorCode code, String text) {
            Session.this.failed(code, null, null, text);
        }

        @Override
        public void close(CloseCode code, String text) {
            Session.this.close(code, text);
        }
    }

    private void hello(ClientMessage.Hello hello) {
        end(speaker.hello(hello));
        Caller caller = speaker.caller();
        if (caller != null) {
            deliver(new Frame(new ServerMessage.Welcome(id, caller.account(), caller.role(),
                    context.clock().getAsLong(), context.identity().instance(), context.identity().version(),
                    List.of())));
            LOG.info("Session {} of {} opened by {}.", id, caller.account(), printable(hello.client()));
        }
    }

    private static String printable(String text) {
        String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.substring(0, Math.min(ascii.length(), 60));
    }

    private void handle(ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello _ -> failed(ErrorCode.UNEXPECTED, null, null, "One hello is enough.");
            case ClientMessage.Renew renew -> context.blocking().execute(
                    () -> inbound.unlessFaulty(() -> end(speaker.renew(renew))));
            case ClientMessage.Ping ping ->
                deliver(new Frame(new ServerMessage.Pong(ping.id(), context.clock().getAsLong())));
            case ClientMessage.Join join -> join(join);
            case ClientMessage.Leave leave -> context.rooms().leave(this, leave.room());
            case ClientMessage.Push push -> {
                if (!context.rooms().push(this, push)) {
                    notIn(push.room(), null);
                }
            }
            case ClientMessage.Watch watch -> watch(watch);
            case ClientMessage.Show show -> show(show);
        }
    }

    private void show(ClientMessage.Show show) {
        Presence.Problem problem = show.presence().problem();
        if (problem != null) {
            deliver(new Frame(new ServerMessage.Failed(problem.code(), show.room(), null,
                    "presence." + problem.field(), problem.text())));
        } else if (paces.presence() && !context.rooms().show(this, show)) {
            notIn(show.room(), null);
        }
    }

    private void join(ClientMessage.Join join) {
        if (!paces.join()) {
            refusals.tell(AuditAction.JOIN, join.dashboard().toString(), "over a limit", speaker.account());
            say(new Frame(new ServerMessage.NotJoined(join.dashboard(), ErrorCode.UNAVAILABLE,
                    "Too many joins in a short time; try again a little later.")));
        } else if (!rooms.ask(join.dashboard())) {
            say(new Frame(new ServerMessage.NotJoined(join.dashboard(), ErrorCode.LIMIT,
                    "A session joins at most " + Limits.ROOMS_PER_SESSION + " dashboards.")));
        } else {
            context.rooms().join(this, join);
        }
    }

    private void watch(ClientMessage.Watch watch) {
        if (rooms.contains(watch.room())) {
            watches.ask(watch);
        } else {
            notIn(watch.room(), watch.watch());
        }
    }

    private void notIn(int room, @Nullable Integer watch) {
        failed(ErrorCode.NOT_FOUND, room, watch, "This session is not in room " + room + ".");
    }

    private void failed(ErrorCode code, @Nullable Integer room, @Nullable Integer watch, String text) {
        deliver(new Frame(new ServerMessage.Failed(code, room, watch, null, text)));
    }

    public boolean isOpen() {
        return !ended.get();
    }

    /// Sees what has become of the caller, who may have another role now, or no business here any more.
    public void recheck() {
        end(ended.get() ? null : speaker.recheck());
    }

    /// Ends the session where it is silent, too slow, or its token is over. To be called about once a second.
    public void check() {
        end(deadlines.check(ended.get()));
    }

    /// The connection is gone, whoever closed it.
    public void closed() {
        ended.set(true);
        speaker.gone();
        leaveRooms();
    }

    private void leaveRooms() {
        for (int room : rooms.clear()) {
            context.rooms().leave(this, room);
        }
    }

    @Override
    public String session() {
        return id;
    }

    @Override
    public long heardAt() {
        return heardAt;
    }

    @Override
    public String account() {
        String account = speaker.account();
        return account == null ? "" : account;
    }

    @Override
    public void deliver(Frame frame) {
        for (ServerMessage message : frame.messages()) {
            if (message instanceof ServerMessage.NotJoined refused) {
                rooms.refused(refused.dashboard());
            } else if (message instanceof ServerMessage.Joined joined) {
                // before its peer reads so, and asks for something there
                rooms.entered(joined.dashboard(), joined.room());
            }
        }
        say(frame);
    }

    private void say(Frame frame) {
        for (ServerMessage message : frame.messages()) {
            refusals.said(message, speaker.account());
        }
        if (!outbound.add(frame)) {
            LOG.info("Session {} is cut off: more than {} MiB wait for it.", id, Outbound.CAPACITY >> 20);
            ended.set(true);
            transport.close(CloseCode.TOO_SLOW.code(), "This client reads too slowly; connect again.");
            transport.abort();
        }
    }

    @Override
    public void entered(DashboardId dashboard, int room, TickRing ticks, long position, Sights sights) {
        if (ended.get()) {
            context.rooms().leave(this, room);
            return;
        }
        outbound.feed(room, ticks, position, sights);
        if (ended.get()) {
            context.rooms().leave(this, room);
        }
    }

    @Override
    public void left(int room) {
        rooms.left(room);
        outbound.unfeed(room);
    }

    @Override
    public void ticked() {
        outbound.pump();
    }

    @Override
    public void close(CloseCode code, String text) {
        if (!ended.get()) {
            refusals.closing(code, speaker.account());
        }
        end(new Ending(code, text, code == CloseCode.STOPPING ? 1_000 : 0));
    }

    /// Leaves the rooms, says why, sends what still waits, and closes. A peer that does not read holds up the last two only.
    ///
    /// @param ending null where the session goes on
    private void end(@Nullable Ending ending) {
        if (ending != null && ended.compareAndSet(false, true)) {
            leaveRooms();
            int code = ending.code().code();
            outbound.add(new Frame(new ServerMessage.Closing(code, ending.text(), ending.retryAfter())));
            outbound.end(() -> transport.close(code, ending.text()));
        }
    }
}
