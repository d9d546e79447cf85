package io.watchfloor.server;

import static io.watchfloor.server.LiveClient.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.protocol.rest.AuditPage;
import io.watchfloor.protocol.rest.AuditRow;
import io.watchfloor.protocol.rest.ChangePassword;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.GrantRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.http.Exposure;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.http.Proxies;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What happens over each limit, as LIMITS.md says it, over HTTP and WebSocket of a whole server whose amounts are small.
/// It stands behind a proxy, so that each test comes from addresses of its own.
@Timeout(240)
@SuppressWarnings("NullAway.Init") // set before the first test
class LimitsInUseTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";
    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);
    private static final int AMOUNT = 5;
    private static final int GUESSES = 3;
    private static final int PUSHES = 20;
    private static final int REQUESTS = 12;
    private static final long PRESENCES = 2;

    @TempDir
    static Path folder;

    private static WatchfloorServer server;
    private static DashboardId dashboard;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        try (PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1)) {
            Accounts accounts = new Accounts(new PostgresAccountStore(DATABASE.database()), hasher,
                    InstantSource.system(), new SecureRandom());
            for (String name : List.of("ann", "ben", "cat", "dan", "eve", "fay")) {
                accounts.add(name, Role.EDITOR, PASSWORD, false);
            }
            accounts.add("boss", Role.ADMIN, PASSWORD, false);
        }
        var address = DATABASE.address();
        server = WatchfloorServer.start(new ServerConfig("test", folder.resolve("data"),
                new Listening(new ListenAddress("127.0.0.1", 0), null,
                        new Exposure(false, null, Proxies.of(List.of("127.0.0.1")), Set.of()),
                        new LimitSettings(Map.of("pushes", (long) PUSHES, "presence", PRESENCES, "joins",
                                (long) AMOUNT, "handshakes", (long) AMOUNT, "requests-caller", (long) REQUESTS,
                                "sign-in-account", (long) AMOUNT, "password-change", (long) GUESSES))),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(null, Map.of(), null)));
        http = HttpClient.newHttpClient();
        String owner = signIn("ann", "192.0.2.1").accessToken();
        dashboard = JSON.decode(send("POST", "/api/v1/dashboards", "192.0.2.1", owner, new NewDashboard("Wall")).body()
                .getBytes(StandardCharsets.UTF_8), DashboardRow.class).id();
        assertThat(send("POST", "/api/v1/dashboards/" + dashboard + "/grants", "192.0.2.1", owner,
                new GrantRow(null, null, Right.EDIT)).statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    @Test
    void pushesThatComeTooOften_LIM9_areReadLater_andNoneIsLost() throws Exception {
        int pushes = PUSHES + 8;
        try (LiveClient client = new LiveClient(server.address(), signIn("ben", "192.0.2.2").accessToken())) {
            ServerMessage.Joined joined = client.join(dashboard);
            long begin = System.nanoTime();
            for (int push = 1; push <= pushes; push++) {
                client.title(joined, push, "Title " + push);
            }
            await().atMost(PATIENCE).until(() -> client.all(ServerMessage.Committed.class).stream()
                    .filter(each -> each.entry().replica() == joined.replica()).count() == pushes);
            // the last of them is read when the debt of the others is paid: seven times half a second
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(3));
            assertThat(client.all(ServerMessage.Rejected.class)).isEmpty();
            assertThat(client.closed()).isZero();
        }
    }

    @Test
    void presenceThatComesTooOften_LIM9_isLeftOut_andTheNextIsShownAgain() throws Exception {
        String token = signIn("cat", "192.0.2.3").accessToken();
        try (LiveClient looker = new LiveClient(server.address(), token);
                LiveClient shower = new LiveClient(server.address(), token)) {
            looker.join(dashboard);
            int room = shower.join(dashboard).room();
            for (int row = 1; row <= 40; row++) {
                shower.say(new ClientMessage.Show(room, pointingAt(row)));
            }
            shower.say(new ClientMessage.Ping(1));
            shower.first(ServerMessage.Pong.class);
            assertThat(shower.all(ServerMessage.Failed.class)).as("nobody is told").isEmpty();
            await().atMost(PATIENCE).until(() -> seen(looker) > 0);
            // a token comes every five seconds, so that what was said last of forty cannot have passed
            assertThat(seen(looker)).isLessThan(40);
            await().pollInterval(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> {
                shower.say(new ClientMessage.Show(room, pointingAt(99)));
                return seen(looker) == 99;
            });
        }
    }

    private static Presence pointingAt(int row) {
        return new Presence(new Presence.Point(1, row), List.of(), List.of(), null, null, null);
    }

    /// Where somebody pointed last, as another one sees it; 0 for nowhere.
    private static double seen(LiveClient looker) {
        return looker.all(ServerMessage.Seen.class).stream().flatMap(seen -> seen.sights().stream())
                .map(sight -> sight.presence().cursor()).filter(Objects::nonNull)
                .mapToDouble(Presence.Point::y).reduce(0, (_, last) -> last);
    }

    @Test
    void joinsThatComeTooOften_LIM9_areRefused_andTakenLater() throws Exception {
        try (LiveClient client = new LiveClient(server.address(), signIn("dan", "192.0.2.4").accessToken())) {
            ClientMessage.Join join = new ClientMessage.Join(dashboard, new ReplicaId(UUID.randomUUID()), null, 0);
            for (int i = 0; i < 3 * AMOUNT; i++) {
                client.say(join);
            }
            ServerMessage.NotJoined refused = client.first(ServerMessage.NotJoined.class);
            assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            await().atMost(PATIENCE).until(() -> client.all(ServerMessage.Joined.class).size() >= AMOUNT);
            int before = client.all(ServerMessage.Joined.class).size();
            await().pollInterval(Duration.ofMillis(200)).atMost(PATIENCE).until(() -> {
                client.say(join);
                return client.all(ServerMessage.Joined.class).size() > before;
            });
        }
    }

    @Test
    void handshakesThatComeTooOften_LIM8_areAnswered429WithRetryAfter() {
        int opened = 0;
        HttpResponse<?> refused = null;
        while (refused == null && opened < 10 * AMOUNT) {
            refused = handshake("192.0.2.5");
            opened += refused == null ? 1 : 0;
        }
        assertThat(opened).isGreaterThanOrEqualTo(AMOUNT);
        comeAgain(refused);
        assertThat(handshake("192.0.2.55")).as("another address").isNull();
    }

    /// @return what it was refused with; null where it was not
    private static @Nullable HttpResponse<?> handshake(String address) {
        try {
            http.newWebSocketBuilder().subprotocols(Encoding.JSON.subprotocol()).header("X-Forwarded-For", address)
                    .buildAsync(URI.create(server.address().toString().replace("http", "ws") + "/api/v1/ws"),
                            new WebSocket.Listener() {})
                    .join().abort();
            return null;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse();
            }
            throw e;
        }
    }

    @Test
    void requestsOfACallerThatComeTooOften_LIM8_areAnswered429_whereverTheyComeFrom() throws Exception {
        String token = signIn("eve", "192.0.2.6").accessToken();
        HttpResponse<String> answer = send("GET", "/api/v1/sessions", "192.0.2.6", token, null);
        int passed = 0;
        while (answer.statusCode() == 200 && passed < 10 * REQUESTS) {
            passed++;
            answer = send("GET", "/api/v1/sessions", "192.0.2." + (60 + passed), token, null);
        }
        assertThat(passed).isGreaterThanOrEqualTo(REQUESTS);
        comeAgain(answer);
        String other = signIn("boss", "192.0.2.6").accessToken();
        AuditPage audit = JSON.decode(send("GET", "/api/v1/audit?limit=1000", "192.0.2.6", other, null).body()
                .getBytes(StandardCharsets.UTF_8), AuditPage.class);
        assertThat(audit.events()).as("ASVS 16.3.3: what was held back is written down")
                .anySatisfy(row -> assertThat(row.subject()).isEqualTo("limit requests-caller"))
                .extracting(AuditRow::outcome).contains(AuditOutcome.REFUSED);
    }

    @Test
    void guessesAtAName_LIM8_areHeldBackWhereverTheyComeFrom_andNotAtItsOwnAddress_LIM1() throws Exception {
        signIn("fay", "192.0.2.7");
        int guesses = 0;
        HttpResponse<String> answer = guess("fay", "198.51.100.0");
        while (answer.statusCode() == 401 && guesses < 10 * AMOUNT) {
            guesses++;
            answer = guess("fay", "198.51.100." + guesses);
        }
        assertThat(guesses).isGreaterThanOrEqualTo(AMOUNT);
        comeAgain(answer);
        assertThat(send("POST", "/api/v1/sign-in", "198.51.100.99", null, new SignIn("fay", PASSWORD)).statusCode())
                .as("the right password too, from where she never was").isEqualTo(429);
        signIn("fay", "192.0.2.7");
    }

    private static HttpResponse<String> guess(String name, String address) throws Exception {
        return send("POST", "/api/v1/sign-in", address, null, new SignIn(name, "wrong"));
    }

    @Test
    void guessesAtTheOldPassword_LIM8_areHeldBack_andChangeNothing() throws Exception {
        String token = signIn("ann", "192.0.2.8").accessToken();
        ChangePassword wrong = new ChangePassword("wrong", "battery staple", null);
        for (int guess = 0; guess < GUESSES; guess++) {
            assertThat(send("POST", "/api/v1/password", "192.0.2.8", token, wrong).statusCode()).isEqualTo(401);
        }
        comeAgain(send("POST", "/api/v1/password", "192.0.2.8", token, wrong));
        comeAgain(send("POST", "/api/v1/password", "192.0.2.8", token,
                new ChangePassword(PASSWORD, "battery staple", null)));
        signIn("ann", "192.0.2.8");
    }

    private static void comeAgain(@Nullable HttpResponse<?> answer) {
        HttpResponse<?> told = Objects.requireNonNull(answer);
        assertThat(told.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(told.headers().firstValue("Retry-After").orElse("0"))).isBetween(1,
                (int) Limit.SIGN_IN_ACCOUNT.window().toSeconds());
    }

    private static Tokens signIn(String name, String address) throws Exception {
        HttpResponse<String> answer = send("POST", "/api/v1/sign-in", address, null, new SignIn(name, PASSWORD));
        assertThat(answer.statusCode()).as(name + ": " + answer.body()).isEqualTo(200);
        return JSON.decode(answer.body().getBytes(StandardCharsets.UTF_8), Tokens.class);
    }

    private static HttpResponse<String> send(String method, String path, String address, @Nullable String token,
            @Nullable Record body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("X-Forwarded-For", address);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return http.send(request.method(method, body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(JSON.encode(body))).build(), BodyHandlers.ofString());
    }
}
