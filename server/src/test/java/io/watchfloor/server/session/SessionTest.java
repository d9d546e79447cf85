package io.watchfloor.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Series;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.auth.Standing;
import io.watchfloor.server.bus.memory.InMemoryEventBus;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Places;
import io.watchfloor.server.room.RoomContext.Surroundings;
import io.watchfloor.server.room.RoomFigures;
import io.watchfloor.server.room.Rooms;
import io.watchfloor.server.store.memory.InMemoryDashboardStore;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sessions on one thread, over connections whose peers read, or do not.
@Timeout(60)
class SessionTest {

    private static final DashboardId DASHBOARD = new DashboardId(new UUID(1, 2));

    private final Deque<Runnable> due = new ArrayDeque<>();
    private final List<Runnable> later = new ArrayList<>();
    private final KnownTokens tokens = new KnownTokens();
    private final InMemoryDashboardStore store = new InMemoryDashboardStore(due::add, InstantSource.system(),
            new Random(1));
    private final Rooms rooms = new Rooms(new Surroundings("one", store, new InMemoryEventBus.Hub(due::add).connect(),
            (_, _) -> Right.EDIT, System::currentTimeMillis, (_, _) -> {}, new RoomFigures()), due::add);
    private final SessionContext context = new SessionContext(new SessionContext.Identity("one", "0"), tokens, rooms,
            (_, _, _) -> new Series(List.of()),
            new SessionContext.Running(System::currentTimeMillis, due::add, (_, task) -> later.add(task)),
            new SessionContext.Allowance(LimitSettings.USUAL,
                    new Places(Crowd.SESSIONS_ACCOUNT, LimitSettings.USUAL)));

    @BeforeEach
    void makeDashboard() {
        Assignment title = new Assignment(ElementId.DASHBOARD, "title", Value.of("Wall"), new Stamp(1, 0, 0));
        var made = store.create(DASHBOARD, "Wall", null, List.of(new Entry(1, 0, 1, "watchfloor", 1, List.of(title))))
                .toCompletableFuture();
        settle();
        made.join();
    }

    private void settle() {
        for (Runnable next = due.poll(); next != null; next = due.poll()) {
            next.run();
        }
    }

    @Test
    void endedSession_ACC1_isHeardNoMoreAndLeavesItsRoomsAtOnce_alsoWhereItsPeerReadsNothing() {
        Peer thief = new Peer("stolen");
        Peer other = new Peer("ben");
        ServerMessage.Joined joined = thief.join();
        other.join();
        assertThat(other.last(ServerMessage.People.class).people()).hasSize(2);

        thief.connection.reads = false;
        thief.say(new ClientMessage.Ping(1));
        assertThat(thief.connection.waiting).as("a send is stuck").isNotNull();
        tokens.ended = true;
        thief.session.recheck();
        settle();
        assertThat(thief.connection.closedWith).as("nobody reads why").isNull();
        assertThat(other.last(ServerMessage.People.class).people()).as("gone at once").hasSize(1);

        int heard = thief.done.get();
        thief.say(new ClientMessage.Push(joined.room(), 1, List.of(new Assignment(ElementId.DASHBOARD, "title",
                Value.of("Mine"), new Stamp(5, 0, joined.replica())))));
        assertThat(thief.done.get()).as("what comes is taken, and thrown away").isEqualTo(heard + 1);
        assertThat(other.all(ServerMessage.Committed.class)).isEmpty();

        thief.connection.read();
        assertThat(thief.connection.closedWith).isEqualTo(CloseCode.SIGNED_OUT.code());
    }

    @Test
    void clientsName_SES2_mayHoldAnyCharacters() {
        Peer peer = new Peer("ada");
        peer.say(new ClientMessage.Hello(1, "wall \ud83d\ude00", List.of(), null), new ClientMessage.Ping(7));
        assertThat(peer.all(ServerMessage.Pong.class)).hasSize(1);
    }

    /// A quick client asks while the room is still busy with taking it in.
    @Test
    void watch_CLI50_askedWithTheWordThatOneIsIn_isAnswered() {
        Peer peer = new Peer("ada");
        peer.connection.heardBy = message -> {
            if (message instanceof ServerMessage.Joined joined) {
                peer.send(new ClientMessage.Watch(joined.room(), 1, Query.promql("load"), 0, 10));
            }
        };
        peer.join();

        assertThat(peer.all(ServerMessage.Failed.class)).isEmpty();
        assertThat(peer.all(ServerMessage.History.class)).extracting(ServerMessage.History::watch).containsExactly(1);
    }

    /// They are all on their way before the first is answered.
    @Test
    void joins_SES5_areAtMost32_alsoWhereNoneIsAnsweredYet() {
        List<DashboardId> dashboards = LongStream.range(0, 40).mapToObj(i -> new DashboardId(new UUID(3, i))).toList();
        dashboards.forEach(id -> store.create(id, "Wall", null, List.of()));
        settle();
        Peer peer = new Peer("ada");
        peer.say(new ClientMessage.Hello(1, "test", List.of(), null));
        peer.say(LongStream.range(0, 40).mapToObj(i -> join(new DashboardId(new UUID(4, i)))).toArray(Message[]::new));
        assertThat(peer.all(ServerMessage.NotJoined.class)).hasSize(40);

        peer.say(dashboards.stream().map(SessionTest::join).toArray(Message[]::new));
        assertThat(peer.all(ServerMessage.Joined.class)).extracting(ServerMessage.Joined::dashboard)
                .as("what was refused counts no more").containsExactlyElementsOf(dashboards.subList(0, 32));
        assertThat(peer.all(ServerMessage.NotJoined.class).stream().skip(40))
                .allSatisfy(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.LIMIT))
                .extracting(ServerMessage.NotJoined::dashboard)
                .containsExactlyElementsOf(dashboards.subList(32, 40));

        peer.say(join(dashboards.getFirst()), join(dashboards.getLast()));
        assertThat(peer.all(ServerMessage.Joined.class)).as("who is in may join anew").hasSize(33);
        peer.say(new ClientMessage.Leave(peer.all(ServerMessage.Joined.class).get(7).room()));
        peer.say(join(dashboards.getLast()));
        assertThat(peer.last(ServerMessage.Joined.class).dashboard()).isEqualTo(dashboards.getLast());
    }

    private static ClientMessage.Join join(DashboardId dashboard) {
        return new ClientMessage.Join(dashboard, new ReplicaId(UUID.randomUUID()), null, 0);
    }

    @Test
    void faultOfTheServer_SES3_endsTheSession_insteadOfLeavingItWaiting() {
        Peer peer = new Peer("fault");
        peer.say(new ClientMessage.Hello(1, "test", List.of(), null), new ClientMessage.Ping(7));
        assertThat(peer.connection.closedWith).isEqualTo(CloseCode.INTERNAL.code());
        assertThat(peer.done.get()).isEqualTo(1);
    }

    @Test
    void check_LIM11_ofAllSessionsGoesOn_whereOneCannotBeChecked() {
        Sessions sessions = new Sessions((_, task) -> later.add(task));
        Peer fault = new Peer("ada");
        fault.join();
        Peer silent = new Peer("ben");
        sessions.add(fault.session);
        sessions.add(silent.session);
        tokens.broken = true;
        Runnable check = later.getLast();
        int scheduled = later.size();
        check.run();
        assertThat(later).as("it is checked again").hasSize(scheduled + 1);
        sessions.recheck();
    }

    private final class Peer {

        private final Connection connection = new Connection();
        private final AtomicInteger done = new AtomicInteger();
        private final Session session;

        Peer(String token) {
            session = new Session(token + "'s", Encoding.JSON, connection, context, token, "");
        }

        void say(Message... messages) {
            send(messages);
            settle();
        }

        void send(Message... messages) {
            RecordCodec codec = RecordCodec.of(Encoding.JSON);
            session.received(codec.join(List.of(messages).stream().map(codec::encode).toList()), done::incrementAndGet);
        }

        ServerMessage.Joined join() {
            say(new ClientMessage.Hello(1, "test", List.of(), null),
                    new ClientMessage.Join(DASHBOARD, new ReplicaId(UUID.randomUUID()), null, 0));
            return last(ServerMessage.Joined.class);
        }

        <T extends Message> List<T> all(Class<T> type) {
            return connection.heard.stream().filter(type::isInstance).map(type::cast).toList();
        }

        <T extends Message> T last(Class<T> type) {
            return all(type).getLast();
        }
    }

    private static final class Connection implements Transport {

        private final List<Message> heard = new ArrayList<>();
        private boolean reads = true;
        private Consumer<Message> heardBy = _ -> {};
        private @Nullable Consumer<@Nullable Throwable> waiting;
        private @Nullable Integer closedWith;

        @Override
        public void send(byte[] frame, Consumer<@Nullable Throwable> done) {
            List<Message> messages = RecordCodec.of(Encoding.JSON).decodeAll(frame, Message.class);
            heard.addAll(messages);
            messages.forEach(heardBy);
            if (reads) {
                done.accept(null);
            } else {
                waiting = done;
            }
        }

        void read() {
            reads = true;
            Consumer<@Nullable Throwable> then = waiting;
            waiting = null;
            if (then != null) {
                then.accept(null);
            }
        }

        @Override
        public void close(int code, String text) {
            closedWith = code;
        }

        @Override
        public void abort() {}
    }

    private static final class KnownTokens implements Authenticator {

        private boolean ended;
        private boolean broken;

        @Override
        public @Nullable Caller authenticate(String token) {
            if (token.equals("fault")) {
                throw new IllegalStateException("a fault of the server");
            }
            return new Caller(token, Role.EDITOR, Long.MAX_VALUE / 2, false);
        }

        @Override
        public Standing standing(Caller caller) {
            if (broken) {
                throw new IllegalStateException("a fault of the server");
            }
            return ended && caller.account().equals("stolen")
                    ? new Standing.SignedOut("This sign-in was ended.")
                    : new Standing.Good(caller);
        }

        @Override
        public @Nullable ServiceCaller authenticateService(String token) {
            return null;
        }
    }
}
