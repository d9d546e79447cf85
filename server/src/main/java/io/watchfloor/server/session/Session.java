package io.watchfloor.server.session;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.Standing;
import io.watchfloor.server.room.Frame;
import io.watchfloor.server.room.Member;
import io.watchfloor.server.room.Sights;
import io.watchfloor.server.room.TickRing;
import io.watchfloor.server.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One authenticated connection: reads what the client says, hands it to the rooms, and is a member of those it joined.
///
/// Frames must be handed in one after the other; everything else is thread-safe and does not block.
public final class Session implements Member {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /// Milliseconds that a connection has to say hello in.
    private static final long HELLO = 10_000;
    /// Milliseconds that one send may take.
    private static final long SEND = 20_000;
    /// Milliseconds that a token may be over before the session ends.
    private static final long TOKEN_GRACE = 30_000;
    /// Unreadable frames after which the connection is no use.
    private static final int MALFORMED = 20;
    /// Enough for a hello and what may follow it in one frame.
    private static final int GREETING_BYTES = 64 << 10;
    private static final int WATCHES = 64;
    /// Milliseconds that a session which is over may take to say so.
    private static final long ENDING = 10_000;
    /// Milliseconds that a message may take to come in.
    private static final long INCOMING = 30_000;
    /// Milliseconds after which one who has too many sessions may try again.
    private static final long CROWDED = 30_000;

    private final String id;
    private final Encoding encoding;
    private final Transport transport;
    private final SessionContext context;
    private final @Nullable String handshakeToken;
    private final Outbound outbound;
    private final long began;
    private final Map<Integer, DashboardId> rooms = new ConcurrentHashMap<>();
    private final Set<Integer> watching = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Paces paces;
    private final Place place;
    private final String address;
    private volatile @Nullable Caller caller;
    private volatile long heardAt;
    private volatile long endedAt;
    private int malformed;

    public Session(String id, Encoding encoding, Transport transport, SessionContext context,
            @Nullable String handshakeToken) {
        this(id, encoding, transport, context, handshakeToken, "");
    }

    /// @param id names the session in logs and to other people's clients
    /// @param handshakeToken access token from a header of the handshake
    /// @param address of the other end of the connection
    public Session(String id, Encoding encoding, Transport transport, SessionContext context,
            @Nullable String handshakeToken, String address) {
        this.address = address;
        this.id = id;
        this.encoding = encoding;
        this.transport = transport;
        this.context = context;
        this.handshakeToken = handshakeToken;
        this.outbound = new Outbound(encoding, transport, context.clock());
        this.began = context.clock().getAsLong();
        this.heardAt = began;
        this.paces = new Paces(context.allowance().limits());
        this.place = new Place(context.allowance().places());
    }

    /// Bytes that the next message may have: little, until it is known who speaks.
    public int messageLimit() {
        return caller == null ? GREETING_BYTES : Limits.MESSAGE_BYTES;
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
        List<Message> messages;
        try {
            messages = RecordCodec.of(encoding).decodeAll(frame, Message.class);
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
        if (malformed >= MALFORMED || caller == null) {
            close(CloseCode.MALFORMED, "The server cannot read what this client says. " + e.getMessage());
        } else {
            failed(e.code(), null, null, e.getMessage());
        }
    }

    private void handle(List<Message> messages, int from, Runnable then) {
        for (int i = from; i < messages.size() && !ended.get(); i++) {
            Message next = messages.get(i);
            if (next instanceof ClientMessage.Hello hello && caller == null) {
                int after = i + 1;
                context.blocking().execute(() -> {
                    unlessFaulty(() -> hello(hello));
                    handle(messages, after, then);
                });
                return;
            }
            unlessFaulty(() -> handle(next));
        }
        then.run();
    }

    private void handle(Message next) {
        if (caller == null) {
            close(CloseCode.NOT_SIGNED_IN, "The first message is a hello.");
        } else if (next instanceof ClientMessage message) {
            handle(message);
        } else {
            failed(ErrorCode.UNEXPECTED, null, null, "That is a message of servers.");
        }
    }

    /// A fault of the server ends the session, whose peer connects again, rather than leave it waiting for ever.
    private void unlessFaulty(Runnable handling) {
        try {
            handling.run();
        } catch (RuntimeException e) {
            LOG.error("Session {} met a fault while it was spoken to", id, e);
            close(CloseCode.INTERNAL, "The server met a fault of its own; what was confirmed is safe.");
        }
    }

    private void hello(ClientMessage.Hello hello) {
        if (hello.version() != 1) {
            close(CloseCode.VERSION, "This server speaks version 1 of the protocol, not " + hello.version() + ".");
            return;
        }
        String token = hello.token() == null ? handshakeToken : hello.token();
        if (token == null) {
            close(CloseCode.NOT_SIGNED_IN, "An access token is missing, in the handshake or in the hello.");
            return;
        }
        Caller found = authenticate(token);
        if (found == null) {
            return;
        }
        if (!place.take(found.account())) {
            close(CloseCode.TOO_MANY, "This account has too many sessions open; close some, or wait.", CROWDED);
            return;
        }
        caller = found;
        deliver(new Frame(new ServerMessage.Welcome(id, found.account(), found.role(), context.clock().getAsLong(),
                context.identity().instance(), context.identity().version(), List.of())));
        LOG.info("Session {} of {} opened by {}.", id, found.account(), printable(hello.client()));
    }

    private static String printable(String text) {
        String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.substring(0, Math.min(ascii.length(), 60));
    }

    /// The caller, or null after the session was closed for want of one.
    private @Nullable Caller authenticate(String token) {
        try {
            Caller found = context.authenticator().authenticate(token);
            if (found == null) {
                if (!context.authenticator().hasRunOut(token)) {
                    tell(AuditAction.CONNECTION, null, "the access token is not valid");
                }
                close(CloseCode.NOT_SIGNED_IN, "Sign in again: the access token is not valid, or no longer.");
            } else if (found.mustChangePassword()) {
                close(CloseCode.NOT_SIGNED_IN, "The password must be changed first.");
                return null;
            } else if (found.mustAddSecondFactor()) {
                close(CloseCode.NOT_SIGNED_IN, "A second factor must be added to this account first.");
                return null;
            }
            return found;
        } catch (StoreException e) {
            close(CloseCode.UNAVAILABLE, "Nobody can be let in at present; the server will be back.");
            return null;
        }
    }

    private void handle(ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello _ -> failed(ErrorCode.UNEXPECTED, null, null, "One hello is enough.");
            case ClientMessage.Renew renew -> context.blocking().execute(() -> unlessFaulty(() -> renew(renew)));
            case ClientMessage.Ping ping ->
                deliver(new Frame(new ServerMessage.Pong(ping.id(), context.clock().getAsLong())));
            case ClientMessage.Join join -> join(join);
            case ClientMessage.Leave leave -> context.rooms().leave(this, leave.room());
            case ClientMessage.Push push -> {
                if (!context.rooms().push(this, push)) {
                    failed(ErrorCode.NOT_FOUND, push.room(), null,
                            "This session is not in room " + push.room() + ".");
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
            failed(ErrorCode.NOT_FOUND, show.room(), null, "This session is not in room " + show.room() + ".");
        }
    }

    private void renew(ClientMessage.Renew renew) {
        Caller before = caller;
        Caller found = authenticate(renew.token());
        if (found == null || before == null) {
            return;
        }
        if (found.account().equals(before.account())) {
            synchronized (this) {
                caller = found;
            }
        } else {
            tell(AuditAction.CONNECTION, found.account(), "a session cannot change its account");
            close(CloseCode.NOT_SIGNED_IN, "A session cannot change its account.");
        }
    }

    private void join(ClientMessage.Join join) {
        if (!paces.join()) {
            deliver(new Frame(new ServerMessage.NotJoined(join.dashboard(), ErrorCode.UNAVAILABLE,
                    "Too many joins in a short time; try again a little later.")));
        } else if (rooms.size() >= Limits.ROOMS_PER_SESSION && !rooms.containsValue(join.dashboard())) {
            deliver(new Frame(new ServerMessage.NotJoined(join.dashboard(), ErrorCode.LIMIT,
                    "A session joins at most " + Limits.ROOMS_PER_SESSION + " dashboards.")));
        } else {
            context.rooms().join(this, join);
        }
    }

    private void watch(ClientMessage.Watch watch) {
        if (!rooms.containsKey(watch.room())) {
            failed(ErrorCode.NOT_FOUND, watch.room(), watch.watch(),
                    "This session is not in room " + watch.room() + ".");
            return;
        }
        if (watch.points() < 1 || watch.points() > Limits.HISTORY_POINTS) {
            failed(ErrorCode.INVALID, watch.room(), watch.watch(),
                    "'points' is between 1 and " + Limits.HISTORY_POINTS + ".");
            return;
        }
        Duration pause = paces.query();
        if (!pause.isZero()) {
            deliver(new Frame(new ServerMessage.Failed(ErrorCode.LIMIT, watch.room(), watch.watch(), null,
                    "Too many queries in a short time; this one may be asked again in a moment.",
                    (int) Math.max(1, pause.toMillis()))));
            return;
        }
        if (watching.size() >= WATCHES || !watching.add(watch.watch())) {
            failed(ErrorCode.LIMIT, watch.room(), watch.watch(),
                    "At most " + WATCHES + " queries are answered at a time, each with a number of its own.");
            return;
        }
        var standing = context.rooms().standing(watch.room(), watch.query());
        if (standing == null) {
            watching.remove(watch.watch());
            failed(ErrorCode.NOT_FOUND, watch.room(), watch.watch(), "There is no room " + watch.room() + ".");
            return;
        }
        standing.whenCompleteAsync((at, _) -> {
            try {
                answer(watch, at.holds(), at.position());
            } finally {
                watching.remove(watch.watch());
            }
        }, context.blocking());
    }

    private void answer(ClientMessage.Watch watch, boolean held, long position) {
        Caller asking = caller;
        if (!held && (asking == null || asking.role() == Role.VIEWER)) {
            failed(ErrorCode.FORBIDDEN, watch.room(), watch.watch(),
                    "A viewer asks only for what the dashboard shows.");
            return;
        }
        try {
            deliver(new Frame(new ServerMessage.History(watch.room(), watch.watch(), position,
                    context.queries().answer(watch.query(), watch.from(), watch.points()))));
        } catch (QueryException e) {
            failed(e.code(), watch.room(), watch.watch(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("A query of session {} failed: {}", id, e.toString());
            failed(ErrorCode.UNAVAILABLE, watch.room(), watch.watch(),
                    "The data cannot be read at present; it will be tried again.");
        }
    }

    private void failed(ErrorCode code, @Nullable Integer room, @Nullable Integer watch, @Nullable String text) {
        deliver(new Frame(new ServerMessage.Failed(code, room, watch, null, text == null ? "" : text)));
    }

    public boolean isOpen() {
        return !ended.get();
    }

    /// Sees what has become of the caller, who may have another role now, or no business here any more.
    public void recheck() {
        Standing standing;
        synchronized (this) {
            Caller known = caller;
            if (known == null || ended.get()) {
                return;
            }
            standing = context.authenticator().standing(known);
            if (standing instanceof Standing.Good(Caller present)) {
                caller = present;
            }
        }
        switch (standing) {
            case Standing.Good _ -> {}
            case Standing.Disabled(String text) -> close(CloseCode.DISABLED, text);
            case Standing.SignedOut(String text) -> close(CloseCode.SIGNED_OUT, text);
            case Standing.TokenVoid _ -> close(CloseCode.NOT_SIGNED_IN,
                    "The password was changed; sign in again with the new one.");
            case Standing.Unknown _ -> close(CloseCode.UNAVAILABLE,
                    "The server cannot confirm who may do what; it will be back. Your edits are kept on this machine.");
        }
    }

    /// Ends the session where it is silent, too slow, or its token is over. To be called about once a second.
    public void check() {
        long now = context.clock().getAsLong();
        Caller known = caller;
        if (ended.get()) {
            endOverdue(now);
        } else if (known == null && now - began > HELLO) {
            close(CloseCode.SILENT, "The first message, a hello, did not come in time.");
        } else if (known != null && now > known.expiresAt() + TOKEN_GRACE) {
            close(CloseCode.TOKEN_EXPIRED, "The access token is over; connect again with a new one.");
        } else if (transport.incomingFor() > INCOMING) {
            close(CloseCode.SILENT, "A message began and did not end in time.");
        } else if (outbound.sendingFor() > SEND) {
            LOG.info("Session {} is cut off: it read nothing for {} s.", id, SEND / 1_000);
            transport.abort();
        } else {
            recheck();
        }
    }

    /// Nobody waits for ever for a peer that does not take the end of a connection.
    private void endOverdue(long now) {
        if (endedAt == 0) {
            endedAt = now;
        } else if (now - endedAt > ENDING) {
            transport.abort();
        }
    }

    /// The connection is gone, whoever closed it.
    public void closed() {
        ended.set(true);
        place.free();
        leaveRooms();
    }

    private void leaveRooms() {
        for (int room : rooms.keySet()) {
            context.rooms().leave(this, room);
        }
        rooms.clear();
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
        Caller known = caller;
        return known == null ? "" : known.account();
    }

    @Override
    public void deliver(Frame frame) {
        frame.messages().forEach(this::tellOfRefusal);
        if (!outbound.add(frame)) {
            LOG.info("Session {} is cut off: more than {} MiB wait for it.", id, Outbound.CAPACITY >> 20);
            ended.set(true);
            transport.close(CloseCode.TOO_SLOW.code(), "This client reads too slowly; connect again.");
            transport.abort();
        }
    }

    private void tellOfRefusal(ServerMessage message) {
        switch (message) {
            case ServerMessage.NotJoined no when no.code() == ErrorCode.NOT_FOUND || no.code() == ErrorCode.FORBIDDEN ->
                tell(AuditAction.JOIN, no.dashboard().toString(), "");
            case ServerMessage.Rejected no when no.code() == ErrorCode.FORBIDDEN ->
                tell(AuditAction.PUSH, dashboardIn(no.room()), "");
            case ServerMessage.Failed no when no.code() == ErrorCode.FORBIDDEN ->
                tell(AuditAction.QUERY, dashboardIn(no.room()), "");
            default -> {}
        }
    }

    private @Nullable String dashboardIn(@Nullable Integer room) {
        DashboardId dashboard = room == null ? null : rooms.get(room);
        return dashboard == null ? null : dashboard.toString();
    }

    private void tell(AuditAction action, @Nullable String subject, String detail) {
        Caller known = caller;
        context.blocking().execute(() -> context.allowance().refusals().refused(known == null ? null : known.account(),
                address, action, subject, detail));
    }

    @Override
    public void entered(DashboardId dashboard, int room, TickRing ticks, long position, Sights sights) {
        if (ended.get()) {
            context.rooms().leave(this, room);
            return;
        }
        rooms.put(room, dashboard);
        outbound.feed(room, ticks, position, sights);
        if (ended.get()) {
            context.rooms().leave(this, room);
        }
    }

    @Override
    public void left(int room) {
        rooms.remove(room);
        outbound.unfeed(room);
    }

    @Override
    public void ticked() {
        outbound.pump();
    }

    @Override
    public void close(CloseCode code, String text) {
        close(code, text, code == CloseCode.STOPPING ? 1_000 : 0);
    }

    /// Leaves the rooms, says why, sends what still waits, and closes. A peer that does not read holds up the last two only.
    private void close(CloseCode code, String text, long retryAfter) {
        if (ended.compareAndSet(false, true)) {
            leaveRooms();
            outbound.add(new Frame(new ServerMessage.Closing(code.code(), text, retryAfter)));
            outbound.end(() -> transport.close(code.code(), text));
        }
    }
}
