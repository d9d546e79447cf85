package io.watchfloor.benchmark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.NewServiceToken;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.limit.LimitSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Slow, silent and greedy peers, over raw sockets against a whole server. Those that take long are begun together, before
/// the first test.
@Timeout(300)
class HostileSocketsTest {

    private static final int FLOOD_BYTES = 8 << 10;
    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);
    private static final String CONNECTIONS = "watchfloor_http_connections{";
    /// Bytes of eighty answers of 600 KB, none of which is taken.
    private static final long WAITING = 48_000_000;
    private static final String SUBPROTOCOL = Encoding.JSON.subprotocol();

    @TempDir
    static Path directory = Path.of("");
    @SuppressWarnings("NullAway.Init") // in begin()
    private static FuzzedServer server;
    @SuppressWarnings("NullAway.Init") // in begin()
    private static String token;
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
    private static @Nullable Future<Duration> silentTcp;
    private static @Nullable Future<Duration> slowHeaders;
    private static @Nullable Future<String> slowBody;
    private static @Nullable Future<Integer> silentWebSocket;
    private static @Nullable Future<Ended> slowFragments;
    private static @Nullable Future<Ended> slowFrame;

    /// How a connection ended, and how long after what was wrong with it had begun.
    private record Ended(int code, Duration after) {}

    @BeforeAll
    static void begin() throws Exception {
        server = new FuzzedServer(PreparedDatabase.in(directory.resolve("data")),
                new LimitSettings(Map.of("sessions-account", 12L, "queries", 5L)));
        token = server.administrator();
        silentTcp = THREADS.submit(() -> untilEnd("", null));
        slowHeaders = THREADS.submit(() -> untilEnd("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ", "y"));
        slowBody = THREADS.submit(HostileSocketsTest::slowBody);
        silentWebSocket = THREADS.submit(() -> {
            try (RawWebSocket socket = RawWebSocket.open(server.address(), SUBPROTOCOL, token)) {
                return socket.readToEnd();
            }
        });
        slowFragments = THREADS.submit(() -> dribbled(RawWebSocket.frame(RawWebSocket.TEXT, new byte[]{'['}),
                RawWebSocket.frame(RawWebSocket.CONTINUATION, new byte[]{' '})));
        slowFrame = THREADS.submit(() -> dribbled(new byte[]{(byte) 0x81, (byte) 0xfe, 0x40, 0, 0, 0, 0, 0},
                new byte[]{' '}));
    }

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
        server.close();
    }

    private static <T> T result(@Nullable Future<T> begun) throws Exception {
        return java.util.Objects.requireNonNull(begun).get(120, TimeUnit.SECONDS);
    }

    /// One piece a second, until the server ends the connection.
    private static <T> T dribble(OutputStream out, byte[] piece, Callable<T> end) throws Exception {
        Future<T> ended = THREADS.submit(end);
        while (!ended.isDone()) {
            try {
                out.write(piece);
                out.flush();
            } catch (SocketException closed) {
                break;
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        return ended.get();
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(server.address().getHost(), server.address().getPort());
        socket.setSoTimeout(90_000);
        return socket;
    }

    private static Duration untilEnd(String said, @Nullable String dribbled) throws Exception {
        long begin = System.nanoTime();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
            if (dribbled == null) {
                rest(socket);
            } else {
                dribble(socket.getOutputStream(), dribbled.getBytes(StandardCharsets.US_ASCII), () -> rest(socket));
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static String rest(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream in = socket.getInputStream()) {
            byte[] buffer = new byte[8_192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all.write(buffer, 0, read);
            }
        } catch (SocketException reset) {
            // an end as well
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static String slowBody() throws Exception {
        try (Socket socket = connect()) {
            String head = String.join("\r\n", "POST /api/v1/sign-in HTTP/1.1", "Host: x",
                    "Content-Type: application/json", "Content-Length: 60000", "", "");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return dribble(socket.getOutputStream(), new byte[]{' '}, () -> rest(socket));
        }
    }

    /// Pieces for ever; it is the server that has to put an end to it, and nothing here does.
    private static Ended dribbled(byte[] first, byte[] then) throws Exception {
        try (RawWebSocket socket = greeted()) {
            hear(socket, ServerMessage.Welcome.class);
            long begin = System.nanoTime();
            socket.write(first);
            int code = dribble(socket.socket().getOutputStream(), then, socket::readToEnd);
            return new Ended(code, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    private static RawWebSocket greeted() throws IOException {
        RawWebSocket socket = RawWebSocket.open(server.address(), SUBPROTOCOL, token);
        say(socket, new ClientMessage.Hello(1, "hostile", List.of(), null));
        return socket;
    }

    private static void say(RawWebSocket socket, ClientMessage message) throws IOException {
        socket.send(RawWebSocket.TEXT, JSON.encode(message));
    }

    private static <T extends Message> T hear(RawWebSocket socket, Class<T> type) throws IOException {
        for (RawWebSocket.Received frame = socket.read(); frame != null; frame = socket.read()) {
            if (frame.opcode() == RawWebSocket.TEXT) {
                for (Message message : JSON.decodeAll(frame.payload(), Message.class)) {
                    if (type.isInstance(message)) {
                        return type.cast(message);
                    }
                }
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " came");
    }

    @Test
    void tcpThatSaysNothing_LIM11_isClosedWithinHalfAMinute() throws Exception {
        assertThat(result(silentTcp)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    @Test
    void headersThatDribble_LIM11_areCutOffWithinHalfAMinute() throws Exception {
        assertThat(result(slowHeaders)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    @Test
    void bodyThatDribbles_LIM11_isAnswered408() throws Exception {
        assertThat(result(slowBody)).startsWith("HTTP/1.1 408").contains("request-timeout");
    }

    @Test
    void webSocketThatSaysNothing_LIM12_isClosedWithItsCode() throws Exception {
        assertThat(result(silentWebSocket)).isEqualTo(CloseCode.SILENT.code());
    }

    @Test
    void messageThatNeverEnds_LIM12_isClosedWithItsCode() throws Exception {
        for (Ended ended : List.of(result(slowFragments), result(slowFrame))) {
            assertThat(ended.code()).isEqualTo(CloseCode.SILENT.code());
            assertThat(ended.after()).as("not for the first piece, and before the reader gives up")
                    .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(55));
        }
    }

    /// Who was refused and went away without reading holds no place of his address.
    @Test
    void peersThatWereRefusedAndWent_LIM12_areNoticedAtOnce() throws Exception {
        double before = server.figure(CONNECTIONS);
        for (int i = 0; i < 50; i++) {
            try (RawWebSocket socket = RawWebSocket.open(server.address(), SUBPROTOCOL, token)) {
                socket.text("nonsense");
                socket.text(" ".repeat(3_000));
                assertThat(socket.readToEnd()).isEqualTo(CloseCode.MALFORMED.code());
            } catch (SocketException closed) {
                // it had enough before all was said
            }
        }
        await().atMost(Duration.ofSeconds(8)).until(() -> server.figure(CONNECTIONS) <= before + 2);
    }

    @Test
    void peerThatDoesNotTakeItsLeave_LIM12_isCutOff() throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(server.address(), SUBPROTOCOL, token)) {
            socket.text("nonsense");
            assertThat(socket.readToEnd()).isEqualTo(CloseCode.MALFORMED.code());
            long said = System.nanoTime();
            dribble(socket.socket().getOutputStream(), RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.TEXT,
                    new byte[]{' '}), () -> rest(socket.socket()));
            assertThat(Duration.ofNanos(System.nanoTime() - said)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void headersOfAMegabyte_LIM13_areAnswered431() throws Exception {
        try (Socket socket = connect()) {
            Future<String> answer = THREADS.submit(() -> rest(socket));
            try {
                socket.getOutputStream().write(("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + "y".repeat(1 << 20)
                        + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException closed) {
                // it has heard enough
            }
            assertThat(answer.get()).startsWith("HTTP/1.1 431").contains("application/problem+json", "too-large");
        }
    }

    @Test
    void zipBomb_LIM13_isRefusedAndTakesNoMemory() throws Exception {
        String service = server.post("/api/v1/service-tokens", new NewServiceToken("bomb", List.of(Scope.INGEST), 1),
                token, CreatedServiceToken.class).token();
        byte[] bomb = bomb(512);
        long before = allocated();
        assertThat(packed("/api/v1/write", "Bearer " + service, "text/plain", bomb))
                .containsPattern("HTTP/1.1 4(00|13)");
        assertThat(packed("/api/v1/sign-in", "none", "application/json", bomb)).startsWith("HTTP/1.1 413")
                .contains("too-large");
        // all that any thread has taken meanwhile, given back or not: no peak is higher
        assertThat(allocated() - before).as("bytes taken for two bombs of 512 MB").isLessThan(256 << 20);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
    }

    private static byte[] bomb(int mebibytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            byte[] blank = "          ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < mebibytes; i++) {
                zip.write(blank);
            }
        }
        return packed.toByteArray();
    }

    private static String packed(String path, String authorization, String type, byte[] body) throws Exception {
        try (Socket socket = connect()) {
            Future<String> answer = THREADS.submit(() -> rest(socket));
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: gzip\r\n"
                    + "Authorization: " + authorization + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                    + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            try {
                out.write(body);
            } catch (SocketException closed) {
                // it has heard enough
            }
            return answer.get();
        }
    }

    @Test
    void announcedFrames_LIM13_takeNoMemoryBeforeTheyCome() throws Exception {
        Footprint before = Footprint.now();
        List<RawWebSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                RawWebSocket socket = RawWebSocket.open(server.address(), SUBPROTOCOL, null);
                sockets.add(socket);
                socket.write(ByteBuffer.allocate(16).put((byte) 0x81).put((byte) 0xff).putLong((1 << 20) - 1).putInt(0)
                        .putShort((short) 0).array());
            }
            Footprint with = Footprint.now();
            assertThat(with.direct() - before.direct()).isLessThan(32 << 20);
            assertThat(with.heap() - before.heap()).isLessThan(32 << 20);
        } finally {
            for (RawWebSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void messageOfAStranger_LIM13_isSmall() throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(server.address(), SUBPROTOCOL, null)) {
            socket.text(" ".repeat(70_000));
            assertThat(socket.readToEnd()).isEqualTo(CloseCode.TOO_LARGE.code());
        }
    }

    @Test
    void fragmentsWithoutEnd_LIM14_areClosedWithACode() throws Exception {
        assertThat(flood(RawWebSocket.frame(RawWebSocket.TEXT, new byte[0]),
                RawWebSocket.frame(RawWebSocket.CONTINUATION, new byte[0]), 100_000))
                .isEqualTo(CloseCode.TOO_MANY.code());
        assertThat(flood(RawWebSocket.frame(RawWebSocket.TEXT, new byte[0]),
                RawWebSocket.frame(RawWebSocket.CONTINUATION, new byte[16_000]), 200))
                .isEqualTo(CloseCode.TOO_LARGE.code());
    }

    @Test
    void pingFlood_LIM14_isClosedWithACode() throws Exception {
        byte[] ping = RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.PING, new byte[100]);
        assertThat(flood(ping, ping, 5_000)).isEqualTo(CloseCode.TOO_MANY.code());
        byte[] pong = RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.PONG, new byte[0]);
        assertThat(flood(pong, pong, 5_000)).isEqualTo(CloseCode.TOO_MANY.code());
    }

    private static int flood(byte[] first, byte[] then, int times) throws Exception {
        try (RawWebSocket socket = greeted()) {
            hear(socket, ServerMessage.Welcome.class);
            Future<Integer> end = THREADS.submit(socket::readToEnd);
            try {
                socket.write(first);
                // many at a time: on a slow machine, too, it is a flood
                int together = Math.max(1, FLOOD_BYTES / then.length);
                ByteBuffer many = ByteBuffer.allocate(together * then.length);
                while (many.hasRemaining()) {
                    many.put(then);
                }
                for (int i = 0; i < times; i += together) {
                    socket.write(many.array());
                }
            } catch (SocketException closed) {
                // it has heard enough
            }
            return end.get();
        }
    }

    @Test
    void talkThatIsTooFast_LIM9_isHeardMoreSlowlyAndWhole() throws Exception {
        int messages = 3_000;
        long begin = System.nanoTime();
        try (RawWebSocket socket = greeted()) {
            Future<?> talk = THREADS.submit(() -> {
                for (int i = 0; i < messages; i++) {
                    say(socket, new ClientMessage.Ping(i));
                }
                return null;
            });
            hear(socket, ServerMessage.Welcome.class);
            int heard = 0;
            while (heard < messages) {
                RawWebSocket.Received frame = socket.read();
                assertThat(frame).as("the connection after " + heard + " answers").isNotNull();
                heard += (int) JSON.decodeAll(java.util.Objects.requireNonNull(frame).payload(), Message.class).stream()
                        .filter(ServerMessage.Pong.class::isInstance).count();
            }
            talk.get();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void queriesThatComeTooOften_LIM9_areRefusedWithTheTimeToWait() throws Exception {
        DashboardId dashboard = server.make("Queries");
        try (RawWebSocket socket = greeted()) {
            say(socket, new ClientMessage.Join(dashboard, new ReplicaId(new UUID(8, 1)), null, 0));
            int room = hear(socket, ServerMessage.Joined.class).room();
            for (int i = 0; i < 30; i++) {
                say(socket,
                        new ClientMessage.Watch(room, i, new io.watchfloor.sample.Query("builtin", "promql", "x"), 0,
                                10));
            }
            ServerMessage.Failed refused = hear(socket, ServerMessage.Failed.class);
            assertThat(refused.code()).isEqualTo(io.watchfloor.protocol.ErrorCode.LIMIT);
            assertThat(refused.retryAfter()).isBetween(1, 10_000);
        }
    }

    @Test
    void sessionsOfAnAccount_LIM10_areBoundedAndTheirPlacesComeBack() throws Exception {
        List<RawWebSocket> sockets = new ArrayList<>();
        try {
            ServerMessage.Closing closing = null;
            while (closing == null && sockets.size() < 20) {
                RawWebSocket socket = greeted();
                sockets.add(socket);
                RawWebSocket.Received first = java.util.Objects.requireNonNull(socket.read());
                if (JSON.decodeAll(first.payload(), Message.class).getFirst() instanceof ServerMessage.Closing told) {
                    closing = told;
                    assertThat(socket.readToEnd()).isEqualTo(CloseCode.TOO_MANY.code());
                }
            }
            assertThat(closing).isNotNull();
            assertThat(java.util.Objects.requireNonNull(closing).retryAfter()).isPositive();
        } finally {
            for (RawWebSocket socket : sockets) {
                socket.close();
            }
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            try (RawWebSocket socket = greeted()) {
                return JSON.decodeAll(java.util.Objects.requireNonNull(socket.read()).payload(), Message.class)
                        .getFirst() instanceof ServerMessage.Welcome;
            }
        });
    }

    @Test
    void readerThatNeverReads_LIM15_isCutOffAndKeepsNothing() throws Exception {
        DashboardId dashboard = server.make("Large");
        try (RawWebSocket writer = greeted()) {
            say(writer, new ClientMessage.Join(dashboard, new ReplicaId(new UUID(9, 1)), null, 0));
            ServerMessage.Joined joined = hear(writer, ServerMessage.Joined.class);
            for (int i = 0; i < 10; i++) {
                say(writer, new ClientMessage.Push(joined.room(), i + 1, List.of(new Assignment(ElementId.DASHBOARD,
                        "large" + i, Value.of("x".repeat(60_000)), new Stamp(1, i, joined.replica())))));
                hear(writer, ServerMessage.Committed.class);
            }
        }
        long before = Footprint.now().heap();
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(server.address().getHost(), server.address().getPort()));
        try (RawWebSocket reader = RawWebSocket.open(socket, SUBPROTOCOL, token)) {
            say(reader, new ClientMessage.Hello(1, "never reads", List.of(), null));
            for (int i = 0; i < 80; i++) {
                say(reader, new ClientMessage.Join(dashboard, new ReplicaId(new UUID(9, 2)), null, 0));
            }
            // it speaks all the while, so that nothing but its not reading can be held against it
            await().pollInterval(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(60)).until(() -> isCutOff(reader));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> Footprint.now().heap() - before < WAITING / 4);
    }

    /// Whether the connection is gone, as one learns who only writes.
    private static boolean isCutOff(RawWebSocket reader) throws IOException {
        try {
            say(reader, new ClientMessage.Ping(1));
            return false;
        } catch (SocketException gone) {
            return true;
        }
    }
}
