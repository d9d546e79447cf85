package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.sample.Query;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What people and programs are told when the database fails under a whole server: nothing of its inside.
@Timeout(300)
class FailureAnswersTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";
    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);
    /// Nobody outside has to see any of these.
    private static final Pattern INSIDE = Pattern
            .compile("(?i)\\bselect\\b|insert into|\\bupdate\\b.*\\bset\\b|relation"
                    + "|sqlstate|jdbc|postgres|hikari|exception|\\bjava\\.|\\borg\\.|io\\.watchfloor|\\tat |127\\.0\\.0\\.1|test_[0-9]"
                    + "|column|schema|stack");

    @TempDir
    Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void databaseFaults_tellNothingOfTheInside_overRestAndWebSocket() throws Exception {
        try (PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1)) {
            new Accounts(new PostgresAccountStore(DATABASE.database()), hasher, InstantSource.system(),
                    new SecureRandom()).add("boss", Role.ADMIN, PASSWORD, false);
        }
        var address = DATABASE.address();
        try (WatchfloorServer server = WatchfloorServer.start(new ServerConfig("test", folder.resolve("data"),
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(null, Map.of(), null)))) {
            URI base = server.address();
            Tokens tokens = JSON.decode(ask(base, "POST", "/api/v1/sign-in", "", new SignIn("boss", PASSWORD))
                    .body().getBytes(StandardCharsets.UTF_8), Tokens.class);
            DashboardId dashboard = JSON.decode(ask(base, "GET", "/api/v1/dashboards", tokens.accessToken(), null)
                    .body().getBytes(StandardCharsets.UTF_8), DashboardList.class).dashboards().getFirst().id();
            List<OpenApiCheck.Operation> operations = new OpenApiCheck(
                    ask(base, "GET", "/api/v1/openapi.json", "", null).body()).operations();
            assertThat(operations).hasSizeGreaterThan(30);
            DATABASE.asOwner("ALTER SCHEMA public RENAME TO away");
            assertThat(said(base, tokens, dashboard, operations)).as("without its tables").contains(503);
            DATABASE.asOwner("ALTER SCHEMA away RENAME TO public");
            await().atMost(LiveClient.PATIENCE).until(() -> ask(base, "GET", "/readyz", "", null)
                    .statusCode() == 200);
            DATABASE.shut();
            try {
                assertThat(said(base, tokens, dashboard, operations)).as("without its database").contains(503);
            } finally {
                DATABASE.open();
            }
            await().atMost(LiveClient.PATIENCE).until(() -> ask(base, "GET", "/api/v1/dashboards",
                    tokens.accessToken(), null).statusCode() == 200);
        }
    }

    /// Asks everything, and looks at what is answered.
    ///
    /// @return the statuses
    private List<Integer> said(URI base, Tokens tokens, DashboardId dashboard, List<OpenApiCheck.Operation> operations)
            throws Exception {
        List<Message> told;
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (LiveClient client = new LiveClient(base, tokens.accessToken())) {
            for (OpenApiCheck.Operation operation : operations) {
                if (!operation.path().endsWith("openapi.json") && !operation.path().equals("/metrics")) {
                    answers.add(http.sendAsync(request(base, operation.method(),
                            operation.path().replaceAll("\\{[^}]*}", dashboard.toString()), tokens.accessToken(),
                            "{\"name\":\"x\",\"password\":\"" + PASSWORD + "\",\"title\":\"x\",\"refreshToken\":\""
                                    + tokens.refreshToken() + "\",\"code\":\"x\",\"role\":\"VIEWER\"}"),
                            BodyHandlers.ofString()));
                }
            }
            client.say(new ClientMessage.Join(dashboard, new ReplicaId(UUID.randomUUID()), null, 0),
                    new ClientMessage.Renew(tokens.accessToken()),
                    new ClientMessage.Watch(1, 1, new Query("builtin", "promql", "cpu"), 0, 10),
                    new ClientMessage.Watch(1, 2, new Query("builtin", "promql", "'; select 1"), 0, 10));
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
            await().atMost(LiveClient.PATIENCE).until(() -> client.closed() != 0
                    || !client.all(ServerMessage.Failed.class).isEmpty());
            told = client.all(Message.class);
        }
        for (Message message : told) {
            if (message instanceof ServerMessage.Failed || message instanceof ServerMessage.Closing
                    || message instanceof ServerMessage.Rejected) {
                assertThat(message.toString()).doesNotContainPattern(INSIDE);
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            HttpResponse<String> response = answer.join();
            statuses.add(response.statusCode());
            assertThat(response.body()).as(response.request().method() + " " + response.uri())
                    .doesNotContainPattern(INSIDE);
            if (response.statusCode() == 503 && !response.uri().getPath().equals("/readyz")) {
                assertThat(response.headers().firstValue("Retry-After")).as(response.uri().toString()).isPresent();
            }
        }
        return statuses;
    }

    private HttpResponse<String> ask(URI base, String method, String path, String token,
            @org.jspecify.annotations.Nullable Record body) throws Exception {
        return http.send(request(base, method, path, token, body == null
                ? ""
                : new String(JSON.encode(body), StandardCharsets.UTF_8)), BodyHandlers.ofString());
    }

    private static HttpRequest request(URI base, String method, String path, String token, String body) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token).timeout(Duration.ofMinutes(2))
                .method(method, method.equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
                .build();
    }
}
