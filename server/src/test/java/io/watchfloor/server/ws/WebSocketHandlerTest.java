package io.watchfloor.server.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.sample.Series;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.auth.Standing;
import io.watchfloor.server.bus.memory.InMemoryEventBus;
import io.watchfloor.server.http.HttpServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.http.Router;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.Places;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import io.watchfloor.server.room.Delay;
import io.watchfloor.server.room.RoomContext.Surroundings;
import io.watchfloor.server.room.RoomFigures;
import io.watchfloor.server.room.Rooms;
import io.watchfloor.server.session.SessionContext;
import io.watchfloor.server.session.SessionContext.Identity;
import io.watchfloor.server.session.Sessions;
import io.watchfloor.server.store.memory.InMemoryDashboardStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real connections to a real server, with a store in memory.
@Timeout(60)
class WebSocketHandlerTest {

    private static final String PAGES = "https://wall.example.org";
    private static final DashboardId DASHBOARD = new DashboardId(new UUID(1, 2));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final HttpServer server = new HttpServer(new ListenAddress("127.0.0.1", 0));
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() throws IOException {
        InMemoryDashboardStore store = new InMemoryDashboardStore(threads, InstantSource.system(), new Random(1));
        Assignment title = new Assignment(ElementId.DASHBOARD, "title", Value.of("Wall"), new Stamp(1, 0, 0));
        store.create(DASHBOARD, "Wall", null, List.of(new Entry(1, 0, 1, "watchfloor", 1, List.of(title))))
                .toCompletableFuture().join();
        Delay delay = (millis, task) -> {
            if (!timer.isShutdown()) {
                var _ = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
            }
        };
        Rooms rooms = new Rooms(new Surroundings("one", store, new InMemoryEventBus.Hub(threads).connect(),
                (_, _) -> Right.EDIT, System::currentTimeMillis, delay, new RoomFigures()), threads);
        Authenticator authenticator = new KnownTokens();
        SessionContext context = new SessionContext(new Identity("one", "0"), authenticator, rooms,
                (_, _, _) -> new Series(List.of()),
                new SessionContext.Running(System::currentTimeMillis, threads, delay),
                new SessionContext.Allowance(LimitSettings.USUAL,
                        new Places(Crowd.SESSIONS_ACCOUNT, LimitSettings.USUAL)));
        Limiter limiter = new Limiter(new InMemoryBuckets(LimitSettings.USUAL, InstantSource.system(), 100), null);
        WebSocketHandler handler = new WebSocketHandler(new Sessions(delay), context, limiter, Set.of(PAGES));
        server.bind();
        server.start(new Router(List.of(), authenticator, limiter, new SimpleMeterRegistry()), handler::on);
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        server.close();
        timer.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void handshake_SES1_withoutAKnownSubprotocolIsRefusedInWords() throws IOException {
        assertThat(handshake("Sec-WebSocket-Protocol: mqtt")).startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "Ask for the subprotocol watchfloor.v1.cbor");
        assertThat(handshake("X: y")).startsWith("HTTP/1.1 400");
    }

    @Test
    void handshake_SES1_ofAForeignPageIsRefused() throws IOException {
        for (String origin : List.of("https://elsewhere.example", "null", "http://wall.example.org",
                PAGES + ":8443", PAGES + ".elsewhere.example", "https://WALL.example.org", "https://example.org",
                // of a page whose name was made to lead here: the browser calls this server by it too
                "http://wall.example", "http://" + "127.0.0.1:" + server.address().getPort())) {
            assertThat(handshake("Sec-WebSocket-Protocol: watchfloor.v1.json\r\nOrigin: " + origin)).as(origin)
                    .startsWith("HTTP/1.1 403").contains("forbidden");
        }
        assertThat(handshake("Sec-WebSocket-Protocol: watchfloor.v1.json\r\nOrigin: " + PAGES))
                .startsWith("HTTP/1.1 101");
        assertThat(handshake("Sec-WebSocket-Protocol: watchfloor.v1.json")).as("a desktop").startsWith("HTTP/1.1 101");
    }

    @Test
    void handshake_SES1_agreesOnTheSubprotocolAndOnNoExtension() throws IOException {
        assertThat(handshake("Sec-WebSocket-Protocol: watchfloor.v1.cbor, watchfloor.v1.json\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate")).startsWith("HTTP/1.1 101")
                .contains("Sec-WebSocket-Protocol: watchfloor.v1.cbor\r\n").doesNotContain("permessage-deflate");
    }

    /// What the server answers to a handshake, up to the end of the connection or of the headers.
    private String handshake(String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(("GET /api/v1/ws HTTP/1.1\r\nHost: wall.example\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + header + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
                answer.append((char) c);
                boolean headersEnd = answer.toString().endsWith("\r\n\r\n");
                if (c == '}' || (headersEnd && answer.toString().startsWith("HTTP/1.1 101"))) {
                    break;
                }
            }
            return answer.toString();
        }
    }

    /// Addresses end up in logs of proxies and in histories of browsers.
    @Test
    void token_SES2_inTheAddressIsNone() throws Exception {
        for (String query : List.of("?token=ada", "?access_token=ada", "?authorization=Bearer%20ada")) {
            Talk talk = open(null, query);
            talk.say(new ClientMessage.Hello(1, "test", List.of(), null));
            assertThat(talk.closed()).as(query).isEqualTo(CloseCode.NOT_SIGNED_IN.code());
        }
    }

    @Test
    void hello_SES2_withoutAValidTokenEndsTheSessionAtOnce() throws Exception {
        refused(null);
        refused("wrong");
    }

    private void refused(@Nullable String token) throws InterruptedException {
        Talk talk = open(null);
        talk.say(new ClientMessage.Hello(1, "test", List.of(), token));
        assertThat(talk.next()).isInstanceOfSatisfying(ServerMessage.Closing.class,
                closing -> assertThat(closing.code()).isEqualTo(CloseCode.NOT_SIGNED_IN.code()));
        assertThat(talk.closed()).isEqualTo(CloseCode.NOT_SIGNED_IN.code());
    }

    @Test
    void session_SES4_whoseTokenHasRunOut_ends_unlessItIsRenewed() throws Exception {
        Talk renewed = open("ran out");
        renewed.say(new ClientMessage.Hello(1, "test", List.of(), null), new ClientMessage.Renew("ada"));
        Talk late = open("ran out");
        late.say(new ClientMessage.Hello(1, "test", List.of(), null));
        assertThat(late.closed()).isEqualTo(CloseCode.TOKEN_EXPIRED.code());
        renewed.say(new ClientMessage.Ping(7));
        assertThat(renewed.await(ServerMessage.Pong.class).id()).isEqualTo(7);
    }

    @Test
    void hello_SES2_comesFirstAndInThisVersion() throws Exception {
        Talk early = open("ada");
        early.say(new ClientMessage.Ping(1));
        assertThat(early.closed()).isEqualTo(CloseCode.NOT_SIGNED_IN.code());
        Talk newer = open("ada");
        newer.say(new ClientMessage.Hello(2, "test", List.of(), null));
        assertThat(newer.closed()).isEqualTo(CloseCode.VERSION.code());
        Talk noise = open("ada");
        noise.socket.sendText("noise", true).join();
        assertThat(noise.closed()).isEqualTo(CloseCode.MALFORMED.code());
    }

    /// Outside the basic plane a character is two in a string.
    @Test
    void hello_SES2_ofAClientThatCallsItselfAnything_isHeardAndSoIsWhatFollows() throws Exception {
        Talk talk = open("ada");
        talk.say(new ClientMessage.Hello(1, "Wall \uD83D\uDDA5", List.of(), null), new ClientMessage.Ping(7));
        assertThat(talk.await(ServerMessage.Pong.class).id()).isEqualTo(7);
        talk.socket.abort();
    }

    @Test
    void edit_SES3_goesThroughAConnectionAndComesBack() throws Exception {
        Talk talk = open("ada");
        talk.say(new ClientMessage.Hello(1, "test", List.of(), null), new ClientMessage.Ping(7),
                new ClientMessage.Join(DASHBOARD, new ReplicaId(new UUID(3, 4)), null, 0));
        assertThat(talk.await(ServerMessage.Welcome.class).account()).isEqualTo("ada");
        assertThat(talk.await(ServerMessage.Pong.class).id()).isEqualTo(7);
        ServerMessage.Joined joined = talk.await(ServerMessage.Joined.class);
        Assignment title = new Assignment(ElementId.DASHBOARD, "title", Value.of("New"),
                new Stamp(5, 0, joined.replica()));
        talk.say(new ClientMessage.Push(joined.room(), 1, List.of(title)));
        assertThat(talk.await(ServerMessage.Committed.class).entry().operations()).containsExactly(title);
        talk.socket.sendText("{", true).join();
        assertThat(talk.await(ServerMessage.Failed.class).text()).isNotBlank();
        talk.say(new ClientMessage.Ping(8));
        assertThat(talk.await(ServerMessage.Pong.class).id()).isEqualTo(8);
        talk.socket.abort();
    }

    @Test
    void show_PRE11_isSeenByTheOthers_andWhatIsIllFormedIsRefusedByName() throws Exception {
        Talk one = open("ada");
        Talk two = open("ada");
        int room = 0;
        for (Talk talk : List.of(one, two)) {
            talk.say(new ClientMessage.Hello(1, "test", List.of(), null),
                    new ClientMessage.Join(DASHBOARD, new ReplicaId(UUID.randomUUID()), null, 0));
            room = talk.await(ServerMessage.Joined.class).room();
            talk.await(ServerMessage.People.class);
        }
        assertThat(one.await(ServerMessage.People.class).people()).as("one account in two windows").hasSize(2);
        Presence presence = new Presence(new Presence.Point(3, 4), List.of(), List.of(), null, null, null);
        one.say(new ClientMessage.Show(room, presence));
        assertThat(two.await(ServerMessage.Seen.class).sights()).extracting(ServerMessage.Sight::presence)
                .containsExactly(presence);
        one.say(new ClientMessage.Show(room,
                new Presence(new Presence.Point(99, 4), List.of(), List.of(), null, null, null)));
        ServerMessage.Failed failed = one.await(ServerMessage.Failed.class);
        assertThat(failed.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(failed.field()).isEqualTo("presence.cursor");
        one.say(new ClientMessage.Show(room + 1, presence));
        assertThat(one.await(ServerMessage.Failed.class).code()).isEqualTo(ErrorCode.NOT_FOUND);
        one.say(new ClientMessage.Ping(8));
        assertThat(one.await(ServerMessage.Pong.class).id()).isEqualTo(8);
        one.socket.abort();
        assertThat(two.await(ServerMessage.People.class).people()).as("gone at once").hasSize(1);
        two.socket.abort();
    }

    private Talk open(@Nullable String token) {
        return open(token, "");
    }

    private Talk open(@Nullable String token, String query) {
        Talk talk = new Talk();
        WebSocket.Builder builder = client.newWebSocketBuilder().subprotocols(Encoding.JSON.subprotocol());
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        talk.socket = builder.buildAsync(URI.create(server.address().toString().replace("http", "ws")
                + "/api/v1/ws" + query), talk).join();
        return talk;
    }

    private static final class Talk implements WebSocket.Listener {

        private final RecordCodec codec = RecordCodec.of(Encoding.JSON);
        private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        @SuppressWarnings("NullAway.Init") // set by whoever opens it
        private WebSocket socket;

        void say(Message... messages) {
            byte[] frame = codec.join(List.of(messages).stream().map(codec::encode).toList());
            socket.sendText(new String(frame, StandardCharsets.UTF_8), true).join();
        }

        @Nullable
        Message next() throws InterruptedException {
            return heard.poll(30, TimeUnit.SECONDS);
        }

        <T extends Message> T await(Class<T> type) throws InterruptedException {
            for (Message message = next(); message != null; message = next()) {
                if (type.isInstance(message)) {
                    return type.cast(message);
                }
            }
            throw new AssertionError("no " + type.getSimpleName() + " came");
        }

        @Nullable
        Integer closed() throws InterruptedException {
            return codes.poll(30, TimeUnit.SECONDS);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                heard.addAll(codec.decodeAll(part.toString().getBytes(StandardCharsets.UTF_8), Message.class));
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            codes.add(code);
            return null;
        }
    }

    private static final class KnownTokens implements Authenticator {

        @Override
        public Standing standing(Caller caller) {
            return new Standing.Good(caller);
        }

        @Override
        public @Nullable Caller authenticate(String token) {
            if (token.equals("ran out")) {
                return new Caller("ada", Role.EDITOR, System.currentTimeMillis() - 25_000, false);
            }
            return token.equals("ada") ? new Caller("ada", Role.EDITOR, Long.MAX_VALUE / 2, false) : null;
        }

        @Override
        public @Nullable ServiceCaller authenticateService(String token) {
            return null;
        }
    }
}
