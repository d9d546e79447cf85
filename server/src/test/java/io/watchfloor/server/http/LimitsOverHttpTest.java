package io.watchfloor.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.auth.Standing;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.Places;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Limits and addresses, over real connections. Confined to its thread.
@Timeout(120)
class LimitsOverHttpTest {

    private @Nullable HttpServer server;

    private HttpServer start(Proxies proxies, Map<String, Long> amounts) throws IOException {
        return start("127.0.0.1", new Exposure(false, null, proxies, Set.of()), amounts);
    }

    private HttpServer start(String host, Exposure exposure, Map<String, Long> amounts) throws IOException {
        LimitSettings limits = new LimitSettings(amounts);
        HttpServer made = HttpServer.of(new ListenAddress(host, 0), exposure,
                new Places(Crowd.CONNECTIONS_ADDRESS, limits));
        Route who = Route.get("/who", Access.anyone(), call -> Answer.text("text/plain", call.remoteAddress()));
        made.bind();
        made.start(new Router(List.of(who), new Nobody(),
                new Limiter(new InMemoryBuckets(limits, InstantSource.system(), 100), null),
                new SimpleMeterRegistry()), null);
        server = made;
        return made;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String ask(HttpServer server, String headers) throws IOException {
        try (Socket socket = connect(server)) {
            socket.getOutputStream().write(("GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Socket connect(HttpServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    @Test
    void requestsThatComeTooOften_LIM8_areAnswered429WithRetryAfter() throws IOException {
        HttpServer strict = start(Proxies.NONE, Map.of("requests-address", 3L));
        for (int i = 0; i < 3; i++) {
            assertThat(ask(strict, "")).startsWith("HTTP/1.1 200");
        }
        assertThat(ask(strict, "")).startsWith("HTTP/1.1 429").contains("too-many-requests")
                .containsPattern("Retry-After: [1-9]");
    }

    @Test
    void forwardedAddress_LIM6_ofAStrangerIsIgnored() throws IOException {
        assertThat(ask(start(Proxies.NONE, Map.of()), "X-Forwarded-For: 203.0.113.7\r\n")).endsWith("127.0.0.1");
    }

    @Test
    void forwardedAddress_LIM6_ofANamedProxyIsTheLastThatIsNoProxy() throws IOException {
        HttpServer behind = start(Proxies.of(List.of("127.0.0.1", "10.0.0.0/8")), Map.of());
        assertThat(ask(behind, "X-Forwarded-For: 203.0.113.7\r\n")).endsWith("203.0.113.7");
        assertThat(ask(behind, "X-Forwarded-For: 198.51.100.1, 203.0.113.7, 10.1.2.3\r\n")).endsWith("203.0.113.7");
        assertThat(ask(behind, "X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 203.0.113.7\r\n"))
                .endsWith("203.0.113.7");
        assertThat(ask(behind, "X-Forwarded-For: nonsense\r\n")).endsWith("127.0.0.1");
        assertThat(ask(behind, "X-Forwarded-For: [2001:db8::1]:4711\r\n")).contains("2001:db8:0:0:0:0:0:1");
        assertThat(ask(behind, "X-Forwarded-For: 203.0.113.7:4711\r\n")).endsWith("203.0.113.7");
        for (String mapped : List.of("::ffff:203.0.113.7", "[::ffff:203.0.113.7]", "[::ffff:203.0.113.7]:4711",
                "::ffff:cb00:7107")) {
            assertThat(ask(behind, "X-Forwarded-For: " + mapped + "\r\n")).as(mapped).endsWith("203.0.113.7");
        }
        for (String none : List.of("[]", "[", ":4711", "203.0.113.7:4711:1", "999.0.113.7", "example.org")) {
            assertThat(ask(behind, "X-Forwarded-For: " + none + "\r\n")).as(none).endsWith("127.0.0.1");
        }
        assertThat(ask(behind, "")).endsWith("127.0.0.1");
        assertThat(ask(behind, "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n"))
                .contains("Strict-Transport-Security");
    }

    @Test
    void forwardedAddress_LIM6_countsForLimits() throws IOException {
        HttpServer behind = start(Proxies.of(List.of("127.0.0.1")), Map.of("requests-address", 1L));
        assertThat(ask(behind, "X-Forwarded-For: 203.0.113.7\r\n")).startsWith("HTTP/1.1 200");
        assertThat(ask(behind, "X-Forwarded-For: 203.0.113.7\r\n")).startsWith("HTTP/1.1 429");
        assertThat(ask(behind, "X-Forwarded-For: 203.0.113.8\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void proxies_LIM6_areAddressesAndNetworks() throws IOException {
        Proxies proxies = Proxies.of(List.of("10.0.0.0/9", "2001:db8::/33"));
        assertThat(proxies.holds(InetAddress.ofLiteral("10.127.0.1"))).isTrue();
        assertThat(proxies.holds(InetAddress.ofLiteral("10.128.0.1"))).isFalse();
        assertThat(proxies.holds(InetAddress.ofLiteral("2001:db8:7fff::1"))).isTrue();
        assertThat(proxies.holds(InetAddress.ofLiteral("2001:db8:8000::1"))).isFalse();
        for (String bad : List.of("10.0.0.0/33", "proxy.example", "10.0.0.0/x", "")) {
            assertThatThrownBy(() -> Proxies.of(List.of(bad))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no address and no network");
        }
    }

    /// Beyond this machine, in the clear, nobody but a named proxy: a stranger's connection is closed before he has said
    /// anything.
    @Test
    void peer_LIM22_inTheClearIsANamedProxy_orOfThisMachine_orIsLetInByAnExplicitWord() throws IOException {
        Exposure behind = new Exposure(false, null, Proxies.of(List.of("10.0.0.0/8")), Set.of());
        TlsFiles files = new TlsFiles(Path.of("wall.crt"), Path.of("wall.key"), null);
        Exposure tls = new Exposure(false, files, Proxies.of(List.of("10.0.0.0/8")), Set.of());
        for (String own : List.of("127.0.0.1", "127.9.9.9", "::1")) {
            assertThat(Exposure.OWN_MACHINE.lets(InetAddress.ofLiteral(own))).as(own).isTrue();
            assertThat(behind.lets(InetAddress.ofLiteral(own))).as(own).isTrue();
        }
        assertThat(behind.lets(InetAddress.ofLiteral("10.1.2.3"))).isTrue();
        for (String stranger : List.of("203.0.113.7", "11.0.0.1", "192.168.1.1", "2001:db8::1", "fe80::1", "0.0.0.0")) {
            assertThat(behind.lets(InetAddress.ofLiteral(stranger))).as(stranger).isFalse();
            assertThat(Exposure.OWN_MACHINE.lets(InetAddress.ofLiteral(stranger))).as(stranger).isFalse();
            assertThat(tls.lets(InetAddress.ofLiteral(stranger))).as(stranger).isTrue();
            assertThat(Exposure.INSECURE.lets(InetAddress.ofLiteral(stranger))).as(stranger).isTrue();
        }
    }

    /// Over a real connection from an address that is not the loopback's.
    @Test
    void stranger_LIM22_inTheClear_isCutOffBeforeHeIsHeard() throws IOException {
        InetAddress found = addressOfThisMachine();
        assumeThat(found).as("an address besides the loopback's").isNotNull();
        InetAddress own = Objects.requireNonNull(found);
        assertThat(heard(own, new Exposure(false, null, Proxies.of(List.of("240.0.0.1")), Set.of()))).isEmpty();
        assertThat(heard(own, new Exposure(false, null, Proxies.of(List.of(own.getHostAddress())), Set.of())))
                .startsWith("HTTP/1.1 200");
        assertThat(heard(own, Exposure.INSECURE)).startsWith("HTTP/1.1 200");
    }

    private static @Nullable InetAddress addressOfThisMachine() throws IOException {
        return NetworkInterface.networkInterfaces().filter(LimitsOverHttpTest::isUp)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).findFirst()
                .orElse(null);
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }

    private String heard(InetAddress own, Exposure exposure) throws IOException {
        stop();
        HttpServer made = start("0.0.0.0", exposure, Map.of());
        try (Socket socket = new Socket(own, made.address().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write("GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException cutOff) {
            return "";
        }
    }

    @Test
    void connectionsOfAnAddress_LIM10_areBounded_andTheirPlacesComeBack() throws IOException {
        HttpServer small = start(Proxies.NONE, Map.of("connections-address", 3L));
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Socket socket = connect(small);
            sockets.add(socket);
            socket.getOutputStream().write("GET /who HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        try (Socket fourth = connect(small)) {
            assertThat(fourth.getInputStream().read()).isEqualTo(-1);
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions()
                .until(() -> ask(small, "").startsWith("HTTP/1.1 200"));
    }

    private static final class Nobody implements Authenticator {

        @Override
        public @Nullable Caller authenticate(String token) {
            return null;
        }

        @Override
        public Standing standing(Caller caller) {
            throw new AssertionError("nobody stands here");
        }

        @Override
        public @Nullable ServiceCaller authenticateService(String token) {
            return null;
        }
    }
}
