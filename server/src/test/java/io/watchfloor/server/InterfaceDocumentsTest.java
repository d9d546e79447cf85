package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.AccessRow;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.Directory;
import io.watchfloor.protocol.rest.GrantList;
import io.watchfloor.protocol.rest.GrantRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.sample.Query;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.host.FirstDashboard;
import io.watchfloor.server.http.HttpServer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Holds what is written about the REST interface against a whole server, in both directions.
@Timeout(240)
@SuppressWarnings("NullAway.Init") // set before the first test
class InterfaceDocumentsTest {

    private static final List<String> SENSELESS = List.of("", "{", "[]", "null", "7", "{\"no\":\"such member\"}",
            "[".repeat(5_000), "{\"name\":{\"name\":[1e999]}}", "\u0000");
    /// They have no body, and take any for none.
    private static final Set<String> WITHOUT_BODY = Set.of("/api/v1/sessions/end-others", "/api/v1/kiosks/challenge");

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";
    private static final String NOWHERE = "There is nothing at this address";
    /// Records that hold an access token.
    private static final Set<String> TOKENS = Set.of("Tokens", "KioskAccess");
    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);

    @TempDir
    static Path folder;

    private static WatchfloorServer server;
    private static HttpClient http;
    private static OpenApiCheck document;

    @BeforeAll
    static void start() throws Exception {
        try (PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1)) {
            Accounts accounts = new Accounts(new PostgresAccountStore(DATABASE.database()), hasher,
                    InstantSource.system(), new SecureRandom());
            accounts.add("boss", Role.ADMIN, PASSWORD, false);
            accounts.add("ann", Role.EDITOR, PASSWORD, false);
            accounts.add("vic", Role.VIEWER, PASSWORD, false);
        }
        var address = DATABASE.address();
        server = WatchfloorServer.start(new ServerConfig("test", folder.resolve("data"),
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(null, Map.of(), null)));
        http = HttpClient.newHttpClient();
        document = OpenApiCheck.of(server.address(), http);
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    /// Nothing is told of that is not there, whoever asks, and what is answered to nonsense is told of too.
    @Test
    void operations_LIM40_thatAreToldOf_answerAsTold() throws Exception {
        for (String account : List.of("", "vic", "boss")) {
            String token = account.isEmpty() ? "" : token(account);
            for (OpenApiCheck.Operation operation : document.operations()) {
                String path = operation.path().replaceAll("\\{[^}]*}", "019a1f8e-52c4-7d07-9c55-1d6f0a3b7e21");
                HttpResponse<String> answer = ask(operation.method(), path, token);
                if (answer.statusCode() == 401 && !account.isEmpty()) { // the one before has ended the sign-in
                    token = token(account);
                    answer = ask(operation.method(), path, token);
                }
                String asked = account + ": " + operation.method() + " " + operation.path();
                if (!path.equals("/api/v1/openapi.json")) {
                    document.tellsOf(operation.method(), path, answer, answer.body());
                }
                assertThat(answer.statusCode()).as(asked).isNotIn(405, 500);
                assertThat(answer.body()).as(asked).doesNotContain(NOWHERE);
                if (account.isEmpty() && !operation.open()) {
                    assertThat(answer.statusCode()).as(asked).isEqualTo(401);
                }
            }
        }
    }

    /// Nothing is there that is not told of: every method of a path is, and paths beside them lead nowhere.
    /// ASVS 2.2.1: no route takes what is not of the form that it expects, and none is at a loss about it.
    @Test
    void bodies_LIM40_thatMakeNoSense_areRefusedByEveryRoute_asTold() throws Exception {
        String token = token("boss");
        int asked = 0;
        for (OpenApiCheck.Operation operation : document.operations()) {
            String path = operation.path().replaceAll("\\{[^}]*}", "019a1f8e-52c4-7d07-9c55-1d6f0a3b7e21");
            if (!operation.method().equals("POST") || WITHOUT_BODY.contains(path)) {
                continue;
            }
            for (String body : SENSELESS) {
                HttpResponse<String> answer = ask("POST", path, token, body);
                String what = operation.path() + " with " + body.substring(0, Math.min(body.length(), 40));
                assertThat(answer.statusCode()).as(what).isBetween(400, 499);
                document.tellsOf("POST", path, answer, answer.body());
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(50);
    }

    @Test
    void routes_LIM40_areAllToldOf() throws Exception {
        assertThat(document.operations()).hasSizeGreaterThan(40);
        for (String path : document.paths()) {
            if (path.equals(HttpServer.WEB_SOCKET_PATH)) {
                assertThat(ask("GET", path, "").statusCode()).isEqualTo(426);
                continue;
            }
            String allowed = ask("PATCH", path.replaceAll("\\{[^}]*}", "x"), "").headers().firstValue("Allow")
                    .orElse("");
            assertThat(List.of(allowed.split(", "))).as(path).isNotEmpty().allMatch(method -> document.operations()
                    .stream().anyMatch(each -> each.method().equals(method) && fits(path, each.path())));
            assertThat(ask("GET", path.replaceAll("\\{[^}]*}", "x") + "/and/more", "").body()).contains(NOWHERE);
        }
    }

    /// A part in braces stands for anything, so that two patterns may fit one address.
    private static boolean fits(String path, String pattern) {
        return path.replaceAll("\\{[^}]*}", "x").matches(pattern.replaceAll("\\{[^}]*}", "[^/]+"));
    }

    @Test
    void restDocument_tellsOfEveryRoute() throws IOException {
        String text = Files.readString(Path.of("../docs/REST.md"));
        for (OpenApiCheck.Operation operation : document.operations()) {
            assertThat(isNamed(operation.path(), text)).as(operation.path()).isTrue();
        }
    }

    /// As a whole, or shortened to its end: `POST .../confirm`.
    private static boolean isNamed(String path, String text) {
        if (Pattern.compile(Pattern.quote(path) + "(?![\\w/{-])").matcher(text).find()) {
            return true;
        }
        int cut = path.lastIndexOf('/');
        return cut > 0 && text.contains(path.substring(0, cut)) && text.contains("..." + path.substring(cut));
    }

    /// Ways to get tokens that are not written down would be doors nobody watches.
    @Test
    void waysIn_areThoseThatTheSecurityDocumentLists() throws IOException {
        Set<String> ways = document.operations().stream().filter(each -> each.open() && TOKENS.contains(each.answer()))
                .map(each -> each.method() + " " + each.path()).collect(Collectors.toCollection(TreeSet::new));
        String text = Files.readString(Path.of("../docs/SECURITY.md"));
        String section = text.substring(text.indexOf("## Ways in"));
        section = section.substring(0, section.indexOf("\n## ", 5));
        Set<String> written = Pattern.compile("^\\| `([A-Z]+ /[^`]*)`", Pattern.MULTILINE).matcher(section).results()
                .map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertThat(ways).hasSizeGreaterThan(3).isEqualTo(written);
    }

    /// Whom an editor may name is all that he learns of others: names, and no role, address or state.
    @Test
    void directory_givesNamesAndNothingElse_andNotToViewers() throws Exception {
        assertThat(ask("GET", "/api/v1/directory", token("vic")).statusCode()).isEqualTo(403);
        HttpResponse<String> answer = ask("GET", "/api/v1/directory", token("ann"));
        assertThat(JSON.decode(answer.body().getBytes(StandardCharsets.UTF_8), Directory.class).accounts())
                .contains("ann", "vic");
        assertThat(answer.body()).doesNotContainIgnoringCase("role").doesNotContainIgnoringCase("disabled")
                .doesNotContain("ADMIN");
        for (String path : List.of("/api/v1/users", "/api/v1/groups", "/api/v1/audit", "/api/v1/service-tokens",
                "/api/v1/invitations")) {
            assertThat(ask("GET", path, token("ann")).statusCode()).as(path).isEqualTo(403);
        }
    }

    /// Who shares a dashboard sees the roles of those who may do something with it, and no more of them.
    @Test
    void grants_tellOwnersWhoMayWhatAndWhy_andNobodyElseAnything() throws Exception {
        DashboardId made = JSON.decode(send("POST", "/api/v1/dashboards", token("ann"), new NewDashboard("Hers"))
                .body().getBytes(StandardCharsets.UTF_8), DashboardRow.class).id();
        String path = "/api/v1/dashboards/" + made + "/grants";
        assertThat(ask("GET", path, token("vic")).statusCode()).as("she may not see it").isEqualTo(403);
        assertThat(send("POST", path, token("ann"), new GrantRow("vic", null, Right.VIEW)).statusCode()).isEqualTo(200);
        assertThat(ask("GET", path, token("vic")).statusCode()).as("she may look at it").isEqualTo(403);
        HttpResponse<String> answer = ask("GET", path, token("ann"));
        assertThat(JSON.decode(answer.body().getBytes(StandardCharsets.UTF_8), GrantList.class).people())
                .contains(new AccessRow("vic", Role.VIEWER, Right.VIEW,
                        List.of(new AccessRow.Reason(AccessRow.Source.ACCOUNT, null, Right.VIEW))))
                .extracting(AccessRow::account).contains("ann", "boss");
        assertThat(answer.body()).doesNotContainIgnoringCase("disabled").doesNotContainIgnoringCase("password")
                .doesNotContainIgnoringCase("signedIn").doesNotContain("127.0.0.1");
    }

    private static HttpResponse<String> send(String method, String path, String token, Object body) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(server.address() + path))
                .headers("Content-Type", "application/json", "Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofByteArray(JSON.encode(body))).build(), BodyHandlers.ofString());
    }

    /// Design: a viewer's session runs only queries that a dashboard which he may see holds; free ones need an editor.
    @Test
    void query_ofAViewer_runsWhereTheDashboardHoldsIt_andNowhereElse() throws Exception {
        DashboardId dashboard = FirstDashboard.ID;
        try (LiveClient viewer = new LiveClient(server.address(), token("vic"));
                LiveClient editor = new LiveClient(server.address(), token("ann"))) {
            ServerMessage.Joined seen = viewer.join(dashboard);
            Query free = new Query("builtin", "promql", "watchfloor_secret_figure");
            viewer.say(new ClientMessage.Watch(seen.room(), 1, free, 0, 10));
            assertThat(viewer.first(ServerMessage.Failed.class).code()).isEqualTo(ErrorCode.FORBIDDEN);
            int room = editor.join(dashboard).room();
            editor.say(new ClientMessage.Watch(room, 1, free, 0, 10));
            assertThat(editor.first(ServerMessage.History.class).watch()).isEqualTo(1);
            viewer.say(new ClientMessage.Watch(seen.room(), 2, held(seen), 0, 10));
            assertThat(viewer.first(ServerMessage.History.class).watch()).isEqualTo(2);
        }
    }

    /// One of those that the dashboard holds.
    private static Query held(ServerMessage.Joined joined) {
        return Stream.concat(joined.entries().stream().flatMap(entry -> entry.operations().stream()),
                joined.snapshot() == null ? Stream.of() : joined.snapshot().assignments().stream())
                .filter(Assignment.class::isInstance).map(Assignment.class::cast)
                .filter(each -> each.property().equals(Properties.QUERY)
                        && each.value() instanceof Value.Fields)
                .map(each -> ((Value.Fields) each.value()).values())
                .filter(each -> text(each.get("source")).equals("builtin"))
                .map(each -> new Query("builtin", text(each.get("language")), text(each.get("text")))).findFirst()
                .orElseThrow();
    }

    private static String text(@Nullable Value value) {
        return value instanceof Value.Str(String text) ? text : "";
    }

    private static String token(String account) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/api/v1/sign-in"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.encode(new SignIn(account, PASSWORD)))).build();
        return JSON.decode(http.send(request, BodyHandlers.ofByteArray()).body(), Tokens.class).accessToken();
    }

    private static HttpResponse<String> ask(String method, String path, String token) throws Exception {
        return ask(method, path, token, "{}");
    }

    private static HttpResponse<String> ask(String method, String path, String token, String body) throws Exception {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json"));
        if (!token.isEmpty()) {
            headers.addAll(List.of("Authorization", "Bearer " + token));
        }
        return http.send(HttpRequest.newBuilder(URI.create(server.address() + path))
                .headers(headers.toArray(String[]::new))
                .method(method, method.equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
                .build(), BodyHandlers.ofString());
    }
}
