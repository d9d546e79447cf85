package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.sample.Series;
import io.watchfloor.server.bus.memory.InMemoryEventBus;
import io.watchfloor.server.http.HttpServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.http.Router;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Places;
import io.watchfloor.server.room.Delay;
import io.watchfloor.server.room.RoomContext.Surroundings;
import io.watchfloor.server.room.RoomFigures;
import io.watchfloor.server.room.Rooms;
import io.watchfloor.server.session.SessionContext;
import io.watchfloor.server.session.SessionContext.Identity;
import io.watchfloor.server.session.Sessions;
import io.watchfloor.server.store.memory.InMemoryDashboardStore;
import io.watchfloor.server.ws.WebSocketHandler;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Forged and mangled access tokens over the WebSocket: in the handshake's header, in the first message, and in a later
/// one that renews. What each forgery is about is told by [JwtAttackTest].
@Timeout(240)
class JwtAttackOverWebSocketTest {

    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);
    private static final int MEGABYTE = 1_000_000;
    private static final int PEERS = 20;
    private static final int TEXT = 1;
    private static final int LAST = 0x80;
    private static final int CLOSE = 8;

    private final AuthFixture auth = new AuthFixture();
    private final TokenForge forge = new TokenForge(auth);
    private final HttpServer server = new HttpServer(new ListenAddress("127.0.0.1", 0));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void start() throws IOException {
        Delay delay = (millis, task) -> {
            if (!timer.isShutdown()) {
                var _ = timer.schedule(task, millis, TimeUnit.MILLISECONDS);
            }
        };
        Rooms rooms = new Rooms(new Surroundings("one", new InMemoryDashboardStore(threads, auth.clock, new Random(1)),
                new InMemoryEventBus.Hub(threads).connect(), (_, _) -> Right.EDIT, auth.clock::millis, delay,
                new RoomFigures()), threads);
        SessionContext context = new SessionContext(new Identity("one", "0"), auth.authenticator, rooms,
                (_, _, _) -> new Series(List.of()), new SessionContext.Running(auth.clock::millis, threads, delay),
                new SessionContext.Allowance(LimitSettings.USUAL,
                        new Places(Crowd.SESSIONS_ACCOUNT, LimitSettings.USUAL)));
        WebSocketHandler handler = new WebSocketHandler(new Sessions(delay), context, auth.limiter, Set.of());
        server.bind();
        server.start(new Router(List.of(), auth.authenticator, auth.limiter, new SimpleMeterRegistry()), handler::on);
    }

    @AfterEach
    void stop() {
        server.close();
        timer.shutdownNow();
        threads.shutdownNow();
        auth.close();
    }

    /// A peer that writes what it likes. Confined to the test's thread.
    private final class Peer implements AutoCloseable {

        private final Socket socket = new Socket(server.address().getHost(), server.address().getPort());
        private final DataInputStream in = new DataInputStream(socket.getInputStream());

        Peer(@Nullable String token) throws IOException {
            socket.setSoTimeout(60_000);
            write(("GET /api/v1/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Protocol: watchfloor.v1.json\r\n"
                    + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder heard = new StringBuilder();
            while (heard.indexOf("\r\n\r\n") < 0) {
                heard.append((char) in.readUnsignedByte());
            }
            assertThat(heard).startsWith("HTTP/1.1 101");
        }

        /// @return whether all of it was taken
        private boolean write(byte[] bytes) throws IOException {
            try {
                socket.getOutputStream().write(bytes);
                return true;
            } catch (SocketException heardEnough) {
                return false;
            }
        }

        /// One frame, or its begin: masked with zeros.
        boolean send(int first, long length, byte[] payload) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(first);
            frame.write(0x80 | 127);
            frame.writeBytes(ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(length).putInt(0).array());
            frame.writeBytes(payload);
            return write(frame.toByteArray());
        }

        void say(ClientMessage message) throws IOException {
            byte[] text = JSON.encode(message);
            send(LAST | TEXT, text.length, text);
        }

        /// What it is told, up to the end.
        ///
        /// @return codes of `Welcome` as 0, of `Closing`, and of the close frame
        List<Integer> told() throws IOException {
            List<Integer> told = new ArrayList<>();
            while (true) {
                int first = in.readUnsignedByte();
                int length = in.readUnsignedByte();
                byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
                in.readFully(payload);
                if ((first & 0xf) == CLOSE) {
                    told.add((int) ByteBuffer.wrap(payload).getShort());
                    return told;
                }
                for (Message message : JSON.decodeAll(payload, Message.class)) {
                    switch (message) {
                        case ServerMessage.Welcome _ -> told.add(0);
                        case ServerMessage.Closing closing -> told.add(closing.code());
                        default -> {}
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static ClientMessage.Hello hello(@Nullable String token) {
        return new ClientMessage.Hello(1, "test", List.of(), token);
    }

    private static List<Integer> refused(CloseCode code) {
        return List.of(code.code(), code.code());
    }

    private void isRefused(String token) throws IOException {
        try (Peer peer = new Peer(token)) {
            peer.say(hello(null));
            assertThat(peer.told()).as("in the handshake: %s", token).isEqualTo(refused(CloseCode.NOT_SIGNED_IN));
        }
        try (Peer peer = new Peer(null)) {
            peer.say(hello(token));
            assertThat(peer.told()).as("in the first message: %s", token).isEqualTo(refused(CloseCode.NOT_SIGNED_IN));
        }
        try (Peer peer = new Peer(forge.issued())) {
            peer.say(hello(null));
            peer.say(new ClientMessage.Renew(token));
            assertThat(peer.told()).as("in a renewal: %s", token)
                    .isEqualTo(List.of(0, CloseCode.NOT_SIGNED_IN.code(), CloseCode.NOT_SIGNED_IN.code()));
        }
    }

    @Test
    void canary_theTrueToken_opensASession_fromTheHeaderAndFromTheFirstMessage() throws Exception {
        String own = forge.signed(forge.header(), forge.claims());
        for (boolean inHeader : List.of(true, false)) {
            try (Peer peer = new Peer(inHeader ? own : null)) {
                peer.say(hello(inHeader ? null : own));
                peer.say(new ClientMessage.Renew(forge.issued()));
                peer.say(new ClientMessage.Renew("nonsense"));
                assertThat(peer.told()).startsWith(0);
            }
        }
    }

    @Test
    void forgedToken_isRefused_inTheHeaderInTheFirstMessageAndInARenewal() throws Exception {
        String header = forge.header();
        String claims = forge.claims();
        isRefused(TokenForge.encoded(header.replace("HS256", "none")) + "." + TokenForge.encoded(claims) + ".");
        isRefused(forge.signed(header.replace("HS256", "RS256"), claims));
        isRefused(forge.signed(header, claims, "HmacSHA256", new byte[32]));
        isRefused(forge.issued().substring(0, forge.issued().lastIndexOf('.') + 1));
        isRefused(forge.signed(header.replace("at+jwt", "JWT"), claims));
        isRefused(forge.signed(header, claims.replace("watchfloor-api", "another-api")));
        isRefused(forge.signed(header, claims.replace("\"iss\":\"watchfloor\"", "\"iss\":\"another\"")));
        isRefused(forge.signed(header, claims.replace("\"exp\":" + (forge.now + 300), "\"exp\":-1")));
        isRefused(forge.signed(header, claims.replace("\"exp\":" + (forge.now + 300), "\"exp\":1e99")));
        isRefused(forge.signed(header.replace(forge.key.id(), "../../../../dev/null"), claims));
        isRefused(forge.signed(header.replace("{", "{\"jku\":\"http://127.0.0.1:1/keys\","), claims));
    }

    @Test
    void megabyteOfAToken_inTheHandshake_isRefusedBeforeThereIsASession() throws Exception {
        for (int i = 0; i < PEERS; i++) {
            try (Socket socket = new Socket(server.address().getHost(), server.address().getPort())) {
                socket.setSoTimeout(60_000);
                pad(socket, "GET /api/v1/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Protocol: watchfloor.v1.json\r\nAuthorization: Bearer " + forge.issued());
                assertThat(begin(socket)).isIn("HTTP/1.1 431", "");
            }
        }
        isRefused(forge.issued() + "x".repeat(12_000));
    }

    private static void pad(Socket socket, String begin) throws IOException {
        byte[] piece = "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        try {
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            for (int sent = 0; sent < MEGABYTE; sent += piece.length) {
                socket.getOutputStream().write(piece);
            }
        } catch (SocketException heardEnough) {
            // the answer may be there all the same
        }
    }

    /// How the answer begins; empty where the connection was cut off in the middle of what was said.
    private static String begin(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        } catch (SocketException cutOff) {
            return "";
        }
    }

    @Test
    void megabyteOfAToken_inTheFirstMessage_isRefusedWithItsCode_andTakesNoMemory() throws Exception {
        byte[] begin = ("{\"type\":\"hello\",\"version\":1,\"client\":\"x\",\"features\":[],\"token\":\""
                + forge.issued()).getBytes(StandardCharsets.US_ASCII);
        byte[] piece = "x".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        List<Peer> peers = new ArrayList<>();
        long before = held();
        try {
            for (int i = 0; i < PEERS; i++) {
                // in one frame, in one that no message may fill, and in a hundred
                long announced = i % 3 == 0 ? MEGABYTE : i % 3 == 1 ? 64L * Limits.MESSAGE_BYTES : begin.length;
                Peer peer = new Peer(null);
                peers.add(peer);
                boolean heard = peer.send(i % 3 == 2 ? TEXT : LAST | TEXT, announced, begin);
                for (int sent = begin.length; heard && sent + piece.length < MEGABYTE; sent += piece.length) {
                    heard = i % 3 == 2 ? peer.send(0, piece.length, piece) : peer.write(piece);
                }
            }
            assertThat(held() - before).as("bytes held of %s MB", PEERS).isLessThan(PEERS * MEGABYTE / 4);
            for (Peer peer : peers) {
                assertThat(peer.told()).isEqualTo(refused(CloseCode.TOO_LARGE));
            }
        } finally {
            for (Peer peer : peers) {
                peer.close();
            }
        }
        isRefused(forge.issued() + "x".repeat(12_000));
        try (Peer peer = new Peer(null)) {
            peer.say(hello(forge.issued() + "x".repeat(60_000)));
            assertThat(peer.told()).as("as long as a first message may be").isEqualTo(refused(CloseCode.NOT_SIGNED_IN));
        }
        try (Peer peer = new Peer(forge.issued())) {
            peer.say(hello(null));
            peer.say(new ClientMessage.Renew(forge.issued() + "x".repeat(MEGABYTE)));
            assertThat(peer.told()).as("in a renewal")
                    .isEqualTo(List.of(0, CloseCode.NOT_SIGNED_IN.code(), CloseCode.NOT_SIGNED_IN.code()));
        }
    }

    private static long held() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
