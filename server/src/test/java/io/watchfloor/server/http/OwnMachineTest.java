package io.watchfloor.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.Places;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who is let in without a token, over real connections. Confined to its thread.
@Timeout(120)
class OwnMachineTest {

    private static final ListenAddress LOOPBACK = new ListenAddress("127.0.0.1", 0);

    @Test
    void figures_LIM24_areForProgramsOfThisMachineThatComeDirectly_andForTokens() throws IOException {
        try (HttpServer server = start(Proxies.NONE)) {
            assertThat(ask(server, "localhost:7470", "")).startsWith("HTTP/1.1 200");
            assertThat(ask(server, "127.0.0.1:7470", "")).startsWith("HTTP/1.1 200");
            assertThat(ask(server, "[::1]:7470", "")).startsWith("HTTP/1.1 200");
            for (String header : List.of("X-Forwarded-For: 203.0.113.7", "X-Forwarded-For: 127.0.0.1",
                    "Forwarded: for=203.0.113.7", "Via: 1.1 proxy", "X-Real-IP: 203.0.113.7",
                    "X-Forwarded-Proto: https", "x-forwarded-host: wall.example.org")) {
                assertThat(ask(server, "127.0.0.1:7470", header + "\r\n")).as(header).startsWith("HTTP/1.1 401");
            }
            assertThat(ask(server, "wall.example.org", "")).startsWith("HTTP/1.1 401");
            assertThat(ask(server, "wall.example.org", "Authorization: Bearer metrics\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(ask(server, "wall.example.org", "Authorization: Bearer ingest\r\n"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void figures_LIM24_needATokenWhereAProxyIsNamed() throws IOException {
        try (HttpServer server = start(Proxies.of(List.of("10.0.0.5")))) {
            assertThat(ask(server, "127.0.0.1:7470", "")).startsWith("HTTP/1.1 401");
        }
        assertThat(Access.ownMachine(Scope.METRICS, new ListenAddress("0.0.0.0", 0), Proxies.NONE))
                .isEqualTo(Access.service(Scope.METRICS));
    }

    private static HttpServer start(Proxies proxies) throws IOException {
        HttpServer server = HttpServer.of(LOOPBACK, new Exposure(false, null, proxies, Set.of()),
                new Places(Crowd.CONNECTIONS_ADDRESS, LimitSettings.USUAL));
        Route figures = Route.get("/metrics", Access.ownMachine(Scope.METRICS, LOOPBACK, proxies),
                _ -> Answer.text("text/plain", "1"));
        server.bind();
        server.start(new Router(List.of(figures), new ScopeTokens(),
                new Limiter(new InMemoryBuckets(LimitSettings.USUAL, InstantSource.system(), 100), null),
                new SimpleMeterRegistry()), null);
        return server;
    }

    private static String ask(HttpServer server, String host, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(("GET /metrics HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: close\r\n" + headers + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
