package io.watchfloor.server;

import static io.watchfloor.server.LiveClient.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Limits;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.FactorCode;
import io.watchfloor.protocol.rest.FactorEnrolment;
import io.watchfloor.protocol.rest.GrantRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.Password;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.sample.Query;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.auth.TestAuthenticator;
import io.watchfloor.server.http.Exposure;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.store.AuditEvent;
import io.watchfloor.server.store.AuditFilter;
import io.watchfloor.server.store.ChainedEvent;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.PostgresAuditStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What people are refused over REST and WebSocket of a whole server, in its audit log.
@Timeout(300)
class RefusalsAreRecordedTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";
    private static final int PUSHES = 50;
    private static final int CONNECTIONS = 40;
    private static final int TRIES = 4;
    /// Frames after which a session is no use.
    private static final int UNREADABLE = 20;
    private static final String OVER = "over a limit";

    @TempDir
    Path folder = Path.of("");

    @Test
    void refusals_AUD9_overRestAndWebSocket_areWritten_andRepeatedOnesCounted_AUD6() throws Exception {
        add("eve", Role.EDITOR);
        add("boss", Role.ADMIN);
        DashboardId hidden;
        DashboardId shown;
        long begin = System.nanoTime();
        try (WatchfloorServer server = server("test", LimitSettings.USUAL);
                RestCalls rest = new RestCalls(server.address())) {
            String boss = rest.signIn("boss", PASSWORD).accessToken();
            String eve = rest.signIn("eve", PASSWORD).accessToken();
            hidden = dashboard(rest, boss, "Hidden");
            shown = dashboard(rest, boss, "Shown");
            RestCalls.is(rest.post("/api/v1/dashboards/" + shown + "/grants", boss, new GrantRow("eve", null,
                    Right.VIEW)), 200);
            RestCalls.is(rest.get("/api/v1/users", eve), 403);
            RestCalls.is(rest.get("/api/v1/dashboards/" + hidden + "/history", eve), 404);
            RestCalls.is(rest.get("/api/v1/dashboards", "made.up.token"), 401);
            RestCalls.is(rest.delete("/api/v1/sessions/" + UUID.randomUUID(), eve), 404);
            RestCalls.is(rest.post("/api/v1/tokens", null, new RefreshToken("made up", null)), 401);
            secondFactor(rest, eve);
            try (LiveClient forged = new LiveClient(server.address(), "made.up.token")) {
                await().atMost(PATIENCE).until(() -> forged.closed() == CloseCode.NOT_SIGNED_IN.code());
            }
            try (LiveClient socket = new LiveClient(server.address(), eve)) {
                socket.say(new ClientMessage.Join(hidden, new ReplicaId(UUID.randomUUID()), null, 0));
                socket.first(ServerMessage.NotJoined.class);
                ServerMessage.Joined joined = socket.join(shown);
                for (int push = 1; push <= PUSHES; push++) {
                    socket.title(joined, push, "Mine");
                }
                await().atMost(PATIENCE).until(() -> socket.all(ServerMessage.Rejected.class).size() == PUSHES);
            }
        }
        List<AuditEvent> refused = refused("test");
        assertThat(refused).allSatisfy(event -> assertThat(event.address()).isEqualTo("127.0.0.1"));
        assertThat(refused).extracting(AuditEvent::action, AuditEvent::actor, AuditEvent::subject).contains(
                tuple(AuditAction.REQUEST, "eve", "GET /api/v1/users"),
                tuple(AuditAction.REQUEST, "eve", "GET /api/v1/dashboards/{id}/history"),
                tuple(AuditAction.REQUEST, null, "GET /api/v1/dashboards"),
                tuple(AuditAction.REQUEST, "eve", "DELETE /api/v1/sessions/{id}"),
                tuple(AuditAction.REQUEST, null, "POST /api/v1/tokens"),
                tuple(AuditAction.SECOND_FACTOR_ADDED, "eve", "eve"),
                tuple(AuditAction.CONNECTION, null, null),
                tuple(AuditAction.JOIN, "eve", hidden.toString()),
                tuple(AuditAction.PUSH, "eve", shown.toString()));
        assertThat(refused).filteredOn(event -> event.action() == AuditAction.SIGN_IN)
                .extracting(AuditEvent::subject, AuditEvent::detail)
                .containsOnly(tuple("eve", "password was right, the code of the second factor was asked for"));
        assertThat(refused.stream().filter(event -> event.action() == AuditAction.PUSH).mapToInt(AuditEvent::times)
                .sum()).isEqualTo(PUSHES);
        long minutes = 1 + Duration.ofNanos(System.nanoTime() - begin).toMinutes();
        assertThat(refused.stream().filter(event -> event.action() == AuditAction.PUSH)).as("two a minute")
                .hasSizeBetween(2, (int) (2 * minutes));
    }

    /// ASVS 16.3.3: who tries to get around a limit is in the log, however often he tries.
    @Test
    void whatGoesOverALimit_AUD9_isWrittenToo_ofAConnectionASessionAndWhatItSays_andCounted_AUD6() throws Exception {
        add("flo", Role.ADMIN);
        DashboardId busy;
        try (WatchfloorServer server = server("limits", new LimitSettings(Map.of("connections-address",
                (long) CONNECTIONS, "sessions-account", 2L, "queries", 3L, "joins", 3L)));
                RestCalls rest = new RestCalls(server.address())) {
            String flo = rest.signIn("flo", PASSWORD).accessToken();
            busy = dashboard(rest, flo, "Busy");
            try (LiveClient first = new LiveClient(server.address(), flo);
                    LiveClient second = new LiveClient(server.address(), flo)) {
                first.first(ServerMessage.Welcome.class);
                second.first(ServerMessage.Welcome.class);
                for (int i = 0; i < TRIES; i++) {
                    try (LiveClient more = new LiveClient(server.address(), flo)) {
                        await().atMost(PATIENCE).until(() -> more.closed() == CloseCode.TOO_MANY.code());
                    }
                }
                int room = first.join(busy).room();
                AtomicInteger asked = new AtomicInteger();
                await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> {
                    first.say(new ClientMessage.Watch(room, asked.getAndIncrement(),
                            new Query("builtin", "promql", "x"), 0, 10));
                    second.say(new ClientMessage.Join(busy, new ReplicaId(UUID.randomUUID()), null, 0));
                    return first.all(ServerMessage.Failed.class).size() >= TRIES
                            && !second.all(ServerMessage.NotJoined.class).isEmpty();
                });
                second.text(" ".repeat(Limits.MESSAGE_BYTES + 1));
                await().atMost(PATIENCE).until(() -> second.closed() == CloseCode.TOO_LARGE.code());
                for (int i = 0; i < UNREADABLE; i++) {
                    first.text("nonsense");
                }
                await().atMost(PATIENCE).until(() -> first.closed() == CloseCode.MALFORMED.code());
            }
            crowd(server.address());
            await().atMost(PATIENCE).until(() -> refused("limits").stream()
                    .anyMatch(event -> event.detail().equals("over the limit connections-address")));
        }
        List<AuditEvent> refused = refused("limits");
        assertThat(times(refused, AuditAction.CONNECTION, "flo", "over the limit sessions-account")).isEqualTo(TRIES);
        assertThat(times(refused, AuditAction.CONNECTION, null, "over the limit connections-address"))
                .as("those that were heard of before the server stopped").isBetween(1, 2 * CONNECTIONS);
        assertThat(times(refused, AuditAction.QUERY, "flo", OVER)).isPositive();
        assertThat(times(refused, AuditAction.JOIN, "flo", OVER)).isPositive();
        assertThat(times(refused, AuditAction.CONNECTION, "flo", "a message larger than it may send")).isEqualTo(1);
        assertThat(times(refused, AuditAction.CONNECTION, "flo", "messages that cannot be read")).isEqualTo(1);
        assertThat(refused).as("one of each kind, and one with how many followed").hasSizeLessThan(20);
    }

    /// Twice as many connections at a time as an address may have.
    private static void crowd(URI server) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * CONNECTIONS; i++) {
                sockets.add(new Socket(server.getHost(), server.getPort()));
            }
            Socket last = sockets.getLast();
            last.setSoTimeout(60_000);
            assertThat(last.getInputStream().read()).as("closed without a word").isEqualTo(-1);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static int times(List<AuditEvent> events, AuditAction action, @Nullable String actor, String detail) {
        return events.stream().filter(event -> event.action() == action && Objects.equals(event.actor(), actor)
                && event.detail().equals(detail)).mapToInt(AuditEvent::times).sum();
    }

    private static void add(String name, Role role) {
        try (PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1)) {
            new Accounts(new PostgresAccountStore(DATABASE.database()), hasher, InstantSource.system(),
                    new SecureRandom()).add(name, role, PASSWORD, false);
        }
    }

    private WatchfloorServer server(String instance, LimitSettings limits) throws StartException {
        var address = DATABASE.address();
        return WatchfloorServer.start(new ServerConfig(instance, folder.resolve(instance),
                new Listening(new ListenAddress("127.0.0.1", 0), null, Exposure.OWN_MACHINE, limits),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(null, Map.of(), null)));
    }

    /// What one instance has refused, as it is in the log.
    private static List<AuditEvent> refused(String instance) {
        return new PostgresAuditStore(DATABASE.database()).page(null, AuditFilter.ALL, 1_000).stream()
                .filter(event -> event.writer().equals(instance)).map(ChainedEvent::event)
                .filter(event -> event.outcome() == AuditOutcome.REFUSED).toList();
    }

    /// Adds one, with a wrong code first, and tries to sign in without it.
    private static void secondFactor(RestCalls rest, String token) throws Exception {
        FactorEnrolment enrolment = RestCalls.read(rest.post("/api/v1/second-factor", token, new Password(PASSWORD)),
                200, FactorEnrolment.class);
        RestCalls.is(rest.post("/api/v1/second-factor/confirm", token, new FactorCode("none")), 401);
        RestCalls.is(rest.post("/api/v1/second-factor/confirm", token,
                new FactorCode(TestAuthenticator.code(enrolment.secret()))), 200);
        RestCalls.is(rest.post("/api/v1/sign-in", null, new SignIn("eve", PASSWORD)), 401);
    }

    private static DashboardId dashboard(RestCalls rest, String token, String title) throws Exception {
        return RestCalls.read(rest.post("/api/v1/dashboards", token, new NewDashboard(title)), 201,
                DashboardRow.class).id();
    }
}
