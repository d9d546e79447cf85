package io.watchfloor.benchmark.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.benchmark.fuzz.RawWebSocket;
import io.watchfloor.client.sync.transport.Transport;
import io.watchfloor.client.sync.transport.TyrusTransport;
import io.watchfloor.client.sync.trust.ServerTrust;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.StartException;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.http.Exposure;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.http.Proxies;
import io.watchfloor.server.http.TlsFiles;
import io.watchfloor.server.limit.LimitSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Peers that are refused, over TLS and in the clear, while all processors of the machine are busy with something else.
@Timeout(900)
class RefusedPeersTest {

    private static final RecordCodec CBOR = RecordCodec.of(Encoding.CBOR);
    private static final String FORGED = "forged";
    private static final byte[] HELLO = CBOR.encode(new ClientMessage.Hello(1, "test", List.of(), null));
    private static final int PEERS = 200;
    private static final int AT_A_TIME = 8;
    private static final int SAID = 2_000;
    /// More than a stranger's message may have.
    private static final int TOO_LARGE = 70_000;

    @TempDir
    static Path directory = Path.of("");
    @SuppressWarnings("NullAway.Init") // in start()
    private static WatchfloorServer inTls;
    @SuppressWarnings("NullAway.Init") // in start()
    private static WatchfloorServer inTheClear;
    @SuppressWarnings("NullAway.Init") // in start()
    private static ServerTrust trust;
    private static final List<Thread> BUSY = new ArrayList<>();
    private static volatile boolean over;

    /// What a peer heard.
    ///
    /// @param said codes of the messages `Closing`
    /// @param code of the close frame
    private record Heard(List<Integer> said, int code) {

        static Heard of(CloseCode code) {
            return new Heard(List.of(code.code()), code.code());
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Path certificate = directory.resolve("wall.crt");
        Path key = directory.resolve("wall.key");
        Certificates.pem(Certificates.pkcs12(directory.resolve("wall.p12"), "SAN=ip:127.0.0.1"), certificate, key);
        inTls = server("tls", new Exposure(false, new TlsFiles(certificate, key, null), Proxies.NONE, Set.of()));
        inTheClear = server("clear", Exposure.OWN_MACHINE);
        trust = ServerTrust.of(certificate, Map.of());
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            BUSY.add(Thread.ofPlatform().daemon().start(() -> {
                while (!over) {
                    Thread.onSpinWait();
                }
            }));
        }
    }

    private static WatchfloorServer server(String name, Exposure exposure) throws StartException {
        return WatchfloorServer.start(new ServerConfig(name, PreparedDatabase.in(directory.resolve(name)),
                new ServerConfig.Listening(new ListenAddress("127.0.0.1", 0), null, exposure, LimitSettings.USUAL),
                new ServerConfig.DatabaseChoice.Embedded(), null, Duration.ofDays(7),
                new ServerConfig.AtStart("correct horse battery", Map.of(), null)));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        over = true;
        for (Thread busy : BUSY) {
            busy.join();
        }
        inTls.close();
        inTheClear.close();
    }

    /// The same peer many times, some at a time.
    private static List<Heard> heard(int peers, Callable<Heard> peer) throws Exception {
        List<Heard> heard = new ArrayList<>();
        try (ExecutorService crowd = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Heard>> asked = new ArrayList<>();
            for (int i = 0; i < peers; i++) {
                asked.add(crowd.submit(peer));
            }
            for (Future<Heard> one : asked) {
                heard.add(one.get());
            }
        }
        return heard;
    }

    private static void add(List<Integer> said, byte[] frame) {
        for (Message message : CBOR.decodeAll(frame, Message.class)) {
            if (message instanceof ServerMessage.Closing closing) {
                said.add(closing.code());
            }
        }
    }

    /// Talks on while it is refused; what it says then is dropped without a word.
    private static Heard desktop(Transport transport, URI server) throws Exception {
        List<Integer> said = new ArrayList<>();
        CompletableFuture<Void> opened = new CompletableFuture<>();
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Transport.Link link = transport.open(server, FORGED, new Transport.Listener() {

            @Override
            public void opened() {
                opened.complete(null);
            }

            @Override
            public void frame(byte[] frame) {
                add(said, frame);
            }

            @Override
            public void ended(Transport.Ending ending) {
                opened.complete(null);
                ended.complete(ending instanceof Transport.Ending.Closed(int code, String _) ? code : 0);
            }
        });
        opened.get(60, TimeUnit.SECONDS);
        for (int i = 0; i < SAID && !ended.isDone(); i++) {
            link.send(HELLO);
        }
        int code = ended.get(60, TimeUnit.SECONDS);
        return new Heard(said, code);
    }

    private static Socket socket(URI server) throws IOException {
        return "https".equals(server.getScheme())
                ? trust.context(server).getSocketFactory().createSocket(server.getHost(), server.getPort())
                : new Socket(server.getHost(), server.getPort());
    }

    /// Says something, goes on saying it where it is not heard any more, and reads only then. Takes no leave.
    private static Heard talker(URI server, int opcode, byte[] said, int times) throws IOException {
        try (RawWebSocket peer = RawWebSocket.open(socket(server), Encoding.CBOR.subprotocol(), FORGED)) {
            try {
                for (int i = 0; i < times; i++) {
                    peer.send(opcode, said);
                }
            } catch (SocketException cutOff) {
                // it talked for longer than it may
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            List<Integer> told = new ArrayList<>();
            for (RawWebSocket.Received frame = peer.read(); frame != null; frame = peer.read()) {
                if (frame.opcode() == RawWebSocket.BINARY) {
                    add(told, frame.payload());
                } else if (frame.opcode() == RawWebSocket.CLOSE) {
                    return new Heard(told, frame.closeCode());
                }
            }
            return new Heard(told, 1006);
        }
    }

    @Test
    void desktops_LIM27_thatAreRefused_areToldWhy_overTlsAndInTheClear() throws Exception {
        try (TyrusTransport transport = new TyrusTransport(trust)) {
            for (WatchfloorServer server : List.of(inTls, inTheClear)) {
                assertThat(heard(PEERS, () -> desktop(transport, server.address()))).as(server.address().toString())
                        .hasSize(PEERS).containsOnly(Heard.of(CloseCode.NOT_SIGNED_IN));
            }
        }
    }

    @Test
    void peersThatTalkOn_LIM27_areToldWhyAllTheSame_overTlsAndInTheClear() throws Exception {
        for (WatchfloorServer server : List.of(inTls, inTheClear)) {
            URI address = server.address();
            assertThat(heard(PEERS, () -> talker(address, RawWebSocket.BINARY, HELLO, 100))).as(address.toString())
                    .hasSize(PEERS).containsOnly(Heard.of(CloseCode.NOT_SIGNED_IN));
            assertThat(heard(PEERS / 4, () -> talker(address, RawWebSocket.BINARY, new byte[TOO_LARGE], 5)))
                    .as(address.toString()).containsOnly(Heard.of(CloseCode.TOO_LARGE));
            assertThat(heard(PEERS / 4,
                    () -> talker(address, RawWebSocket.TEXT, "{}".getBytes(StandardCharsets.UTF_8), 100)))
                    .as(address.toString())
                    .containsOnly(Heard.of(CloseCode.VERSION));
            assertThat(heard(PEERS / 4, () -> talker(address, RawWebSocket.PONG, new byte[0], 3_000)))
                    .as(address.toString()).containsOnly(Heard.of(CloseCode.TOO_MANY));
        }
    }
}
