package io.watchfloor.server;

import static io.watchfloor.server.LiveClient.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.ChangePassword;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.NewServiceToken;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.Readiness;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.SampleList;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.protocol.rest.ServiceTokenList;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.SignInCode;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.sample.Labels;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The REST interface of a whole server, over real sockets and on a real PostgreSQL.
@Timeout(240)
class RestTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";

    @TempDir
    static Path folder = Path.of("");

    private static @Nullable WatchfloorServer server;
    private static @Nullable OpenApiCheck document;
    private static @Nullable Accounts accounts;
    /// Each test has one of its own, so that none meets a connection which another made the server close.
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1);
        accounts = new Accounts(new PostgresAccountStore(DATABASE.database()), hasher, InstantSource.system(),
                new SecureRandom());
        accounts.add("colleague", Role.EDITOR, PASSWORD, false);
        accounts.add("watcher", Role.VIEWER, PASSWORD, false);
        accounts.add("newcomer", Role.EDITOR, PASSWORD, true);
        accounts.add("boss", Role.ADMIN, PASSWORD, false);
        var address = DATABASE.address();
        server = WatchfloorServer.start(new ServerConfig("test", folder.resolve("data"),
                new Listening(new ListenAddress("127.0.0.1", 0), new ListenAddress("127.0.0.1", 0), false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30),
                new AtStart(null, Map.of("colleague", folder.resolve("code")), folder.resolve("ready"))));
    }

    @AfterEach
    void closeConnections() {
        client.close();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void readyFile_holdsTheAddress() throws IOException {
        assertThat(Files.readString(folder.resolve("ready")).strip()).isEqualTo(base().toString());
    }

    @Test
    void code_signsInOnce() throws Exception {
        String code = Files.readString(folder.resolve("code"));
        Tokens tokens = read(post("/api/v1/sign-in/code", null, new SignInCode(code)), 200, Tokens.class);
        assertThat(tokens.name()).isEqualTo("colleague");
        assertProblem(post("/api/v1/sign-in/code", null, new SignInCode(code)), 401, "wrong-credentials");
    }

    @Test
    void password_signsIn_andWrongOnesAreAnsweredAlike() throws Exception {
        Tokens tokens = signIn("watcher");
        assertThat(tokens.role()).isEqualTo(Role.VIEWER);
        assertThat(tokens.mustChangePassword()).isFalse();
        HttpResponse<String> wrong = post("/api/v1/sign-in", null, new SignIn("watcher", "wrong"));
        HttpResponse<String> unknown = post("/api/v1/sign-in", null, new SignIn("nobody", "wrong"));
        assertProblem(wrong, 401, "wrong-credentials");
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void tooManyFailures_areToldWhenToComeAgain() throws Exception {
        HttpResponse<String> answer = post("/api/v1/sign-in", null, new SignIn("guessed", "guess"));
        for (int i = 1; i < 50 && answer.statusCode() != 429; i++) {
            assertProblem(answer, 401, "wrong-credentials");
            answer = post("/api/v1/sign-in", null, new SignIn("guessed", "guess " + i));
        }
        assertProblem(answer, 429, "too-many-requests");
        assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
    }

    @Test
    void tokens_areRenewed_andEndWithTheSignOut() throws Exception {
        Tokens first = signIn("watcher");
        Tokens second = read(post("/api/v1/tokens", null, new RefreshToken(first.refreshToken())), 200, Tokens.class);
        assertThat(get("/api/v1/dashboards", second.accessToken()).statusCode()).isEqualTo(200);
        assertThat(post("/api/v1/sign-out", null, new RefreshToken(second.refreshToken())).statusCode())
                .isEqualTo(204);
        assertProblem(post("/api/v1/tokens", null, new RefreshToken(second.refreshToken())), 401,
                "refresh-token-invalid");
        assertProblem(post("/api/v1/tokens", null, new RefreshToken("nonsense")), 401, "refresh-token-invalid");
    }

    @Test
    void passwordThatIsDue_opensNothing_untilItIsChanged() throws Exception {
        Tokens due = signIn("newcomer");
        assertThat(due.mustChangePassword()).isTrue();
        assertProblem(get("/api/v1/dashboards", due.accessToken()), 403, "password-must-change");
        Problem unfit = assertProblem(
                post("/api/v1/password", due.accessToken(), new ChangePassword(PASSWORD, "short")), 400, "invalid");
        assertThat(unfit.field()).isEqualTo("newPassword");
        assertProblem(post("/api/v1/password", due.accessToken(), new ChangePassword("wrong", "battery staple")), 401,
                "wrong-credentials");
        Tokens changed = read(
                post("/api/v1/password", due.accessToken(), new ChangePassword(PASSWORD, "battery staple")), 200,
                Tokens.class);
        assertThat(changed.mustChangePassword()).isFalse();
        assertThat(get("/api/v1/dashboards", changed.accessToken()).statusCode()).isEqualTo(200);
        assertProblem(get("/api/v1/dashboards", due.accessToken()), 401, "not-signed-in");
        assertProblem(post("/api/v1/password", null, new ChangePassword(PASSWORD, "battery staple")), 401,
                "not-signed-in");
    }

    @Test
    void firstDashboard_isThere_andEveryonesToEdit() throws Exception {
        assertThat(rightOf("This machine", "colleague")).isEqualTo(Right.EDIT);
        assertThat(rightOf("This machine", "watcher")).isEqualTo(Right.VIEW);
        assertThat(rightOf("This machine", "boss")).isEqualTo(Right.OWN);
    }

    @Test
    void dashboard_isItsMakers_andGoneWhenDeleted() throws Exception {
        String token = signIn("colleague").accessToken();
        DashboardRow made = read(post("/api/v1/dashboards", token, new NewDashboard("  Mine ")), 201,
                DashboardRow.class);
        assertThat(made.title()).isEqualTo("Mine");
        assertThat(made.owner()).isEqualTo("colleague");
        assertThat(made.right()).isEqualTo(Right.OWN);
        assertThat(list("colleague").dashboards().stream().map(DashboardRow::id)).contains(made.id());
        assertThat(list("boss").dashboards().stream().map(DashboardRow::id)).contains(made.id());
        assertThat(list("watcher").dashboards().stream().map(DashboardRow::id)).doesNotContain(made.id());

        assertProblem(delete("/api/v1/dashboards/" + made.id(), signIn("watcher").accessToken()), 403, "forbidden");
        assertThat(delete("/api/v1/dashboards/" + made.id(), token).statusCode()).isEqualTo(204);
        assertProblem(delete("/api/v1/dashboards/" + made.id(), token), 404, "not-found");
        assertThat(list("colleague").dashboards().stream().map(DashboardRow::id)).doesNotContain(made.id());
    }

    @Test
    void dashboard_thatOneMayNotSee_isNotThere_andOneThatOneMayEdit_isNotDeleted() throws Exception {
        String boss = signIn("boss").accessToken();
        DashboardId hidden = read(post("/api/v1/dashboards", boss, new NewDashboard("Secret")), 201,
                DashboardRow.class).id();
        String colleague = signIn("colleague").accessToken();
        assertProblem(delete("/api/v1/dashboards/" + hidden, colleague), 404, "not-found");
        assertProblem(delete("/api/v1/dashboards/" + id("This machine"), colleague), 403, "forbidden");
        assertProblem(delete("/api/v1/dashboards/" + UUID.randomUUID(), colleague), 404, "not-found");
        assertProblem(delete("/api/v1/dashboards/nonsense", colleague), 404, "not-found");
    }

    @Test
    void newDashboard_needsAnEditorAndATitle() throws Exception {
        assertProblem(post("/api/v1/dashboards", signIn("watcher").accessToken(), new NewDashboard("Mine")), 403,
                "forbidden");
        String token = signIn("colleague").accessToken();
        assertThat(assertProblem(post("/api/v1/dashboards", token, new NewDashboard(" ")), 400, "invalid").field())
                .isEqualTo("title");
        assertProblem(post("/api/v1/dashboards", token, new NewDashboard("x".repeat(10_000))), 400, "invalid");
        assertProblem(post("/api/v1/dashboards", token, new NewDashboard("a\u0000b")), 400, "invalid");
    }

    @Test
    void serviceTokens_areForAdministrators_andShownOnce() throws Exception {
        assertProblem(get("/api/v1/service-tokens", signIn("colleague").accessToken()), 403, "forbidden");
        String boss = signIn("boss").accessToken();
        NewServiceToken wanted = new NewServiceToken("telegraf", List.of(Scope.INGEST), 7);
        CreatedServiceToken created = read(post("/api/v1/service-tokens", boss, wanted), 201,
                CreatedServiceToken.class);
        HttpResponse<String> list = get("/api/v1/service-tokens", boss);
        assertThat(read(list, 200, ServiceTokenList.class).tokens()).contains(created.row());
        assertThat(list.body()).doesNotContain(created.token());
        assertProblem(post("/api/v1/service-tokens", boss, wanted), 409, "conflict");
        assertThat(write(created.token(), "cpu,host=a usage=1").statusCode()).isEqualTo(204);

        assertThat(delete("/api/v1/service-tokens/" + created.row().id(), boss).statusCode()).isEqualTo(204);
        assertProblem(delete("/api/v1/service-tokens/" + created.row().id(), boss), 404, "not-found");
        assertProblem(write(created.token(), "cpu,host=a usage=1"), 401, "not-signed-in");
    }

    @Test
    void serviceToken_needsANameScopesAndALimit() throws Exception {
        String boss = signIn("boss").accessToken();
        assertThat(assertProblem(post("/api/v1/service-tokens", boss,
                new NewServiceToken("", List.of(Scope.READ), null)), 400, "invalid").field()).isEqualTo("name");
        assertThat(assertProblem(post("/api/v1/service-tokens", boss, new NewServiceToken("x", List.of(), null)), 400,
                "invalid").field()).isEqualTo("scopes");
        assertThat(assertProblem(post("/api/v1/service-tokens", boss,
                new NewServiceToken("x", List.of(Scope.READ), 0)), 400, "invalid").field()).isEqualTo("days");
        assertProblem(send(request("/api/v1/service-tokens", boss).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"x\",\"scopes\":[\"ALL\"]}")).build()), 400, "malformed");
    }

    @Test
    void write_needsATokenWithItsScope_andNamesWrongLines() throws Exception {
        String boss = signIn("boss").accessToken();
        String reader = read(post("/api/v1/service-tokens", boss,
                new NewServiceToken("reader", List.of(Scope.READ), null)), 201, CreatedServiceToken.class).token();
        assertProblem(write(reader, "cpu usage=1"), 403, "forbidden");
        assertProblem(write(boss, "cpu usage=1"), 401, "not-signed-in");
        String feeder = read(post("/api/v1/service-tokens", boss,
                new NewServiceToken("feeder", List.of(Scope.INGEST), null)), 201, CreatedServiceToken.class).token();
        Problem wrong = assertProblem(write(feeder, "cpu usage=1\nnonsense\ncpu usage=2"), 400, "invalid-lines");
        assertThat(wrong.detail()).contains("Line 2");
    }

    @Test
    void samples_SAM17_thatWereWritten_areReadBack() throws Exception {
        String boss = signIn("boss").accessToken();
        String both = read(post("/api/v1/service-tokens", boss,
                new NewServiceToken("both", List.of(Scope.INGEST, Scope.READ), null)), 201, CreatedServiceToken.class)
                .token();
        assertThat(write(both, "read_back,host=a usage=1.5").statusCode()).isEqualTo(204);
        SampleList answer = read(get("/api/v1/samples?query=read_back_usage%7Bhost%3D%22a%22%7D", both), 200,
                SampleList.class);
        assertThat(answer.series()).singleElement().satisfies(row -> {
            assertThat(row.name()).isEqualTo("read_back_usage");
            assertThat(row.labels()).isEqualTo(Labels.of("host", "a"));
            assertThat(row.times()).hasSize(1);
            assertThat(row.values()).containsExactly(1.5);
        });
        assertProblem(get("/api/v1/samples?query=read_back_usage", boss), 401, "not-signed-in");
    }

    @Test
    void tokenMadeOnTheCommandLine_isGoodWithTheNextLook_andRefusedSoonAfterItWasRevoked() throws Exception {
        var address = DATABASE.address();
        Map<String, String> environment = Map.of("WATCHFLOOR_DATABASE_URL", address.url(), "WATCHFLOOR_DATABASE_USER",
                Objects.requireNonNull(address.user()), "WATCHFLOOR_DATABASE_PASSWORD",
                Objects.requireNonNull(address.password()));
        CommandRun created = CommandRun.of(environment, "token", "create", "curl", "--scope", "ingest");
        assertThat(created.code()).as(created.err()).isZero();
        String token = created.out().strip();
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(write(token, "cpu usage=1").statusCode()).isEqualTo(204));
        assertThat(CommandRun.of(environment, "token", "list").out()).contains("curl", "ingest").doesNotContain(token);
        assertThat(CommandRun.of(environment, "token", "create", "curl", "--scope", "read").err())
                .contains("already");
        assertThat(CommandRun.of(environment, "token", "revoke", "curl").code()).isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(write(token, "cpu usage=1").statusCode()).isEqualTo(401));
        assertThat(CommandRun.of(environment, "token", "revoke", "curl").err()).contains("no token called");

        Path password = folder.resolve("password-of-later");
        assertThat(CommandRun.of(environment, "user", "add", "later", "--password-file", password.toString()).code())
                .isZero();
        assertThat(CommandRun.of(environment, "user", "list").out()).contains("later", "boss");
        Tokens tokens = read(post("/api/v1/sign-in", null, new SignIn("later", Files.readString(password).strip())),
                200, Tokens.class);
        assertThat(tokens.mustChangePassword()).isTrue();
        assertThat(CommandRun.of(environment, "user", "add", "Later", "--password-file", password + "2").err())
                .contains("already");
    }

    @Test
    void health_andReadiness_areOpen() throws Exception {
        assertThat(get("/healthz", null).body()).isEqualTo("ok\n");
        Readiness readiness = read(get("/readyz", null), 200, Readiness.class);
        assertThat(readiness.ready()).isTrue();
        assertThat(readiness.checks().stream().map(Readiness.Check::name)).contains("database");
    }

    @Test
    void metrics_areInTheFormatOfPrometheus_onBothPorts() throws Exception {
        get("/healthz", null);
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(get("/metrics", null).body()).contains("# TYPE jvm_memory_used_bytes gauge",
                        "watchfloor_http_requests_seconds_count{", "watchfloor_sessions{", "route=\"/healthz\""));
        URI metrics = Objects.requireNonNull(server).metricsAddress();
        assertThat(metrics.getPort()).isNotEqualTo(base().getPort());
        HttpRequest other = HttpRequest.newBuilder(URI.create(metrics + "/metrics")).build();
        assertThat(send(other).body()).contains("jvm_memory_used_bytes");
        assertProblem(send(HttpRequest.newBuilder(URI.create(metrics + "/api/v1/dashboards")).build()), 404,
                "not-found");
    }

    @Test
    void unreadableBody_isAProblem_andChangesNothing() throws Exception {
        for (String body : List.of("", "null", "[]", "{", "{\"name\":[],\"password\":\"x\"}", "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"password\":\"b\"} {}", "\u0000")) {
            assertProblem(send(request("/api/v1/sign-in", null).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)).build()), 400, "malformed");
        }
        assertProblem(send(request("/api/v1/sign-in", null).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("x".repeat(70_000))).build()), 413, "too-large");
    }

    private Right rightOf(String title, String account) throws Exception {
        return list(account).dashboards().stream().filter(row -> row.title().equals(title)).findFirst().orElseThrow()
                .right();
    }

    private DashboardId id(String title) throws Exception {
        return list("boss").dashboards().stream().filter(row -> row.title().equals(title)).findFirst().orElseThrow()
                .id();
    }

    private DashboardList list(String account) throws Exception {
        return read(get("/api/v1/dashboards", signIn(account).accessToken()), 200, DashboardList.class);
    }

    private Tokens signIn(String name) throws Exception {
        return read(post("/api/v1/sign-in", null, new SignIn(name, PASSWORD)), 200, Tokens.class);
    }

    private HttpResponse<String> write(String token, String lines) throws Exception {
        return send(request("/api/v1/write", token).POST(BodyPublishers.ofString(lines)).build());
    }

    private static URI base() {
        return Objects.requireNonNull(server).address();
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        return send(request(path, token).build());
    }

    private HttpResponse<String> delete(String path, @Nullable String token) throws Exception {
        return send(request(path, token).DELETE().build());
    }

    private HttpResponse<String> post(String path, @Nullable String token, Record body) throws Exception {
        return send(request(path, token).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(RecordCodec.of(Encoding.JSON).encode(body))).build());
    }

    /// Sends it, and holds the answer against the OpenAPI document: whatever these tests see is in it.
    private HttpResponse<String> send(HttpRequest request) throws Exception {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (request.uri().getPort() == base().getPort()) {
            openApi().tellsOf(request.method(), request.uri().toString().substring(base().toString().length()), answer,
                    answer.body());
        }
        return answer;
    }

    private OpenApiCheck openApi() throws Exception {
        if (document == null) {
            document = OpenApiCheck.of(base(), client);
        }
        return document;
    }

    @Test
    void openApiDocument_LIM40_isValidAndTellsOfTheRoutes() throws Exception {
        openApi().isValid();
        assertThat(openApi().paths()).contains("/api/v1/sign-in", "/api/v1/tokens", "/api/v1/dashboards",
                "/api/v1/dashboards/{id}", "/api/v1/service-tokens/{id}", "/api/v1/write", "/healthz", "/metrics",
                "/api/v1/openapi.json");
        for (String path : openApi().paths()) {
            if (path.equals("/api/v1/ws")) {
                assertProblem(send(request(path, null).build()), 426, "upgrade-required");
                continue;
            }
            HttpResponse<String> answer = send(request(path.replaceAll("\\{[^}]*}", "x"), null)
                    .method("PATCH", BodyPublishers.noBody()).build());
            assertProblem(answer, 405, "method-not-allowed");
        }
    }

    private static <T> T read(HttpResponse<String> answer, int status, Class<T> type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return RecordCodec.of(Encoding.JSON).decode(answer.body().getBytes(StandardCharsets.UTF_8), type);
    }

    private static Problem assertProblem(HttpResponse<String> answer, int status, String code) {
        Problem problem = read(answer, status, Problem.class);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.detail()).endsWith(".");
        return problem;
    }
}
