package io.watchfloor.benchmark.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.client.sync.Credentials;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.client.sync.transport.Transport;
import io.watchfloor.client.sync.transport.TyrusTransport;
import io.watchfloor.client.sync.trust.ServerTrust;
import io.watchfloor.client.sync.trust.UnknownServer;
import io.watchfloor.protocol.ClientMessage;
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
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class TlsTest {

    private static final String PASSWORD = "correct horse battery";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path directory = Path.of("");
    @SuppressWarnings("NullAway.Init") // in start()
    private static WatchfloorServer server;

    private static Path certificate() {
        return directory.resolve("wall.crt");
    }

    private static Path key() {
        return directory.resolve("wall.key");
    }

    @BeforeAll
    static void start() throws Exception {
        renew("SAN=ip:127.0.0.1");
        server = WatchfloorServer
                .start(config(PreparedDatabase.in(directory.resolve("data")), new ListenAddress("127.0.0.1", 0),
                        new Exposure(false, new TlsFiles(certificate(), key(), null), Proxies.NONE, Set.of())));
    }

    private static ServerConfig config(Path data, ListenAddress listen, Exposure exposure) {
        return new ServerConfig("tls", data, new ServerConfig.Listening(listen, null, exposure, LimitSettings.USUAL),
                new ServerConfig.DatabaseChoice.Embedded(), null, Duration.ofDays(7),
                new ServerConfig.AtStart(PASSWORD, Map.of(), null));
    }

    private static void renew(String names) throws Exception {
        Certificates.pem(Certificates.pkcs12(directory.resolve("wall.p12"), names), certificate(), key());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Outcome<Account> signIn(ServerTrust trust) throws Exception {
        try (HttpClient http = HttpClient.newBuilder().sslContext(trust.context(server.address())).build()) {
            return new RestClient(server.address(), http, Runnable::run).signIn("admin", PASSWORD).get(60,
                    TimeUnit.SECONDS);
        }
    }

    private static UnknownServer unknown(ServerTrust trust) throws Exception {
        assertThat(signIn(trust)).isInstanceOf(Outcome.Unreachable.class);
        return Objects.requireNonNull(((Outcome.Unreachable<Account>) signIn(trust)).unknown());
    }

    private static ServerTrust trust() throws IOException {
        return ServerTrust.of(null, Map.of());
    }

    @Test
    void desktop_LIM20_believesNobodyUntilItsPersonTrustsTheFingerprint() throws Exception {
        assertThat(server.address().getScheme()).isEqualTo("https");
        ServerTrust trust = trust();
        UnknownServer unknown = unknown(trust);
        assertThat(unknown.subject()).isEqualTo("CN=wall");
        assertThat(unknown.changed()).isFalse();
        trust.trust(server.address(), "00:11");
        assertThat(unknown(trust).changed()).isTrue();
        trust.trust(URI.create("https://127.0.0.1:1"), unknown.fingerprint());
        assertThat(signIn(trust)).as("trust in one server is no trust in another")
                .isInstanceOf(Outcome.Unreachable.class);
        trust.trust(server.address(), unknown.fingerprint());
        assertThat(signIn(trust)).isInstanceOf(Outcome.Ok.class);
        assertThat(signIn(ServerTrust.of(null, Map.of(ServerTrust.key(server.address()), unknown.fingerprint()))))
                .isInstanceOf(Outcome.Ok.class);
    }

    @Test
    void webSocket_LIM20_believesTheSame() throws Exception {
        ServerTrust trust = trust();
        assertThat(connect(trust)).startsWith("Nobody vouches for the server's certificate.");
        trust.trust(server.address(), unknown(trust).fingerprint());
        assertThat(connect(trust)).isEqualTo("open");
    }

    /// ASVS 4.4.4: what opens the WebSocket is what a sign-in over HTTPS has given out.
    @Test
    void token_LIM20_ofASignInOverTls_opensTheWebSocket() throws Exception {
        ServerTrust trust = trust();
        trust.trust(server.address(), unknown(trust).fingerprint());
        Outcome<Account> signedIn = signIn(trust);
        assertThat(signedIn).isInstanceOf(Outcome.Ok.class);
        Credentials.Answer given = ((Outcome.Ok<Account>) signedIn).value().accessToken(false).get(60,
                TimeUnit.SECONDS);
        assertThat(given).isInstanceOf(Credentials.Answer.Token.class);
        String token = ((Credentials.Answer.Token) given).text();
        try (TyrusTransport transport = new TyrusTransport(trust)) {
            assertThat(greeted(transport, token)).isInstanceOf(ServerMessage.Welcome.class);
            assertThat(greeted(transport, token.substring(0, token.length() - 4)))
                    .isInstanceOf(ServerMessage.Closing.class);
        }
    }

    /// The first message to somebody who says hello.
    private static Message greeted(TyrusTransport transport, String token) throws Exception {
        BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        RecordCodec codec = RecordCodec.of(Encoding.CBOR);
        CompletableFuture<Void> opened = new CompletableFuture<>();
        Transport.Link link = transport.open(server.address(), token, new Transport.Listener() {

            @Override
            public void opened() {
                opened.complete(null);
            }

            @Override
            public void frame(byte[] frame) {
                frames.add(frame);
            }

            @Override
            public void ended(Transport.Ending ending) {}
        });
        opened.get(60, TimeUnit.SECONDS);
        link.send(codec.encode(new ClientMessage.Hello(1, "test", List.of(), null)));
        byte[] first = Objects.requireNonNull(frames.poll(60, TimeUnit.SECONDS));
        link.close(1000, "");
        return codec.decodeAll(first, Message.class).getFirst();
    }

    private static String connect(ServerTrust trust) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (TyrusTransport transport = new TyrusTransport(trust)) {
            Transport.Link link = transport.open(server.address(), "x", new Transport.Listener() {

                @Override
                public void opened() {
                    heard.add("open");
                }

                @Override
                public void frame(byte[] frame) {}

                @Override
                public void ended(Transport.Ending ending) {
                    heard.add(
                            ending instanceof Transport.Ending.Unreachable(String reason) ? reason : ending.toString());
                }
            });
            String first = String.valueOf(heard.poll(60, TimeUnit.SECONDS));
            link.close(1000, "");
            return first;
        }
    }

    @Test
    void desktop_LIM20_believesWhomItsFileVouchesFor_andChecksTheName() throws Exception {
        assertThat(signIn(ServerTrust.of(certificate(), Map.of()))).isInstanceOf(Outcome.Ok.class);
        String before = fingerprint();
        renew("SAN=dns:another.example");
        await().atMost(PATIENCE).until(() -> !fingerprint().equals(before));
        assertThat(signIn(ServerTrust.of(certificate(), Map.of()))).isInstanceOf(Outcome.Unreachable.class);
        String again = fingerprint();
        renew("SAN=ip:127.0.0.1");
        await().atMost(PATIENCE).until(() -> !fingerprint().equals(again));
        assertThat(signIn(ServerTrust.of(certificate(), Map.of()))).isInstanceOf(Outcome.Ok.class);
    }

    private static String fingerprint() throws Exception {
        return unknown(trust()).fingerprint();
    }

    @Test
    void answers_LIM21_tellBrowsersToStayWithTls_andHttpGetsNone() throws Exception {
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(ServerTrust.of(null, Map.of(ServerTrust.key(server.address()), fingerprint()))
                        .context(server.address()))
                .build()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.address().resolve("/healthz")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("ok\n");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        }
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            plain.setSoTimeout(30_000);
            plain.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("ok\n");
        }
    }

    @Test
    void start_LIM22_beyondTheMachineNeedsTlsAProxyOrAnExplicitWord() {
        assertThatThrownBy(() -> WatchfloorServer.start(config(directory.resolve("other"),
                new ListenAddress("0.0.0.0", 0), Exposure.OWN_MACHINE))).isInstanceOf(StartException.class)
                .hasMessageContaining("Refusing to listen on 0.0.0.0").hasMessageContaining("--tls-certificate");
        assertThat(new Exposure(false, null, Proxies.of(java.util.List.of("10.0.0.0/8")), Set.of())
                .mayListenElsewhere()).isTrue();
    }

    @Test
    void start_LIM23_withFilesThatAreNoneSaysSoInASentence() throws Exception {
        Path nothing = directory.resolve("nothing.pem");
        refused(new TlsFiles(nothing, key(), null), "cannot be read");
        java.nio.file.Files.writeString(nothing, "nothing");
        refused(new TlsFiles(nothing, key(), null), "does not hold");
        refused(new TlsFiles(certificate(), nothing, null), "does not hold a private key in PEM");
        refused(new TlsFiles(directory.resolve("wall.p12"), null, "wrong"), "WATCHFLOOR_TLS_PASSWORD");
        Path other = directory.resolve("other.key");
        Certificates.pem(Certificates.pkcs12(directory.resolve("other.p12"), "SAN=ip:127.0.0.1"),
                directory.resolve("other.crt"), other);
        refused(new TlsFiles(certificate(), other, null), "is not that of the first certificate");
    }

    private static void refused(@Nullable TlsFiles files, String why) {
        assertThatThrownBy(() -> WatchfloorServer.start(config(directory.resolve("other"),
                new ListenAddress("127.0.0.1", 0), new Exposure(false, files, Proxies.NONE, Set.of()))))
                .isInstanceOf(StartException.class).hasMessageContaining(why).message().endsWith(".");
    }
}
