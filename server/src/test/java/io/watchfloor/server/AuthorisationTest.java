package io.watchfloor.server;

import static io.watchfloor.server.LiveClient.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.GrantRow;
import io.watchfloor.protocol.rest.KioskAccess;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.NewKiosk;
import io.watchfloor.protocol.rest.NewServiceToken;
import io.watchfloor.protocol.rest.NewVersion;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.Restore;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.sample.Query;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.KioskDevice;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.http.Exposure;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who may do what: every route of the real server by everybody there is, and every message of the WebSocket by every
/// right on its dashboard. What is expected follows from what the route says of itself, so that a new one is judged too.
@Timeout(240)
@SuppressWarnings("NullAway.Init") // set before the first test
class AuthorisationTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";
    private static final String NOTHING = "019a1f8e-52c4-7d07-9c55-1d6f0a3b7e21";
    /// Of problems that say that somebody may not do this at all.
    private static final Set<ProblemCode> CLOSED = Set.of(ProblemCode.NOT_SIGNED_IN, ProblemCode.FORBIDDEN,
            ProblemCode.PASSWORD_MUST_CHANGE, ProblemCode.SECOND_FACTOR_MUST_BE_ADDED);
    private static final String WEB_SOCKET = "/api/v1/ws";
    /// All that is open to somebody who has to change his password or add a second factor first.
    private static final List<String> WHILE_DUE = List.of("/api/v1/password", "/api/v1/second-factor");
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z]+ /[^`]*)` \\| ([^|]*) \\|", Pattern.MULTILINE);
    /// Words of REST.md for who may call a route, and what it asks for at least.
    private static final Map<String, String> WORDS = Map.of("anyone", "anyone", "person", "VIEWER", "editor", "EDITOR",
            "administrator", "ADMIN", "its owners, administrator", "EDITOR", "service token `INGEST`", "INGEST",
            "service token `READ`", "READ",
            "see below", "anyone", "person, by the WebSocket", "anyone");
    private static final Query FREE = new Query("builtin", "promql", "watchfloor_secret_figure");
    private static final Presence POINTING = new Presence(new Presence.Point(1, 2), List.of(), List.of(), null, null,
            null);
    /// What is asked for on a dashboard over REST.
    private static final List<Needed> NEEDED = List.of(
            new Needed("GET", "/history", Right.VIEW, Role.VIEWER, 200, null),
            new Needed("GET", "/revisions/{revision}", Right.VIEW, Role.VIEWER, 200, null),
            new Needed("GET", "/versions", Right.VIEW, Role.VIEWER, 200, null),
            new Needed("POST", "/versions", Right.EDIT, Role.EDITOR, 201, person -> new NewVersion("By " + person, 1L)),
            new Needed("DELETE", "/versions/{name}", Right.EDIT, Role.EDITOR, 404, null),
            new Needed("POST", "/restore", Right.EDIT, Role.EDITOR, 200, _ -> new Restore(1, null)),
            new Needed("GET", "/grants", Right.OWN, Role.EDITOR, 200, null),
            new Needed("POST", "/grants", Right.OWN, Role.EDITOR, 200,
                    _ -> new GrantRow("own", null, Right.OWN)),
            new Needed("DELETE", "", Right.OWN, Role.EDITOR, 204, null));

    /// @param good the answer to somebody who may
    private record Needed(String method, String path, Right right, Role role, int good,
            @Nullable Function<Person, Record> body) {}

    /// People with each right on the dashboard, and roles that cap it.
    enum Person {
        STRANGER("edi", Role.EDITOR, Right.NONE), LOOKER("look", Role.EDITOR, Right.VIEW), CAPPED("vic", Role.VIEWER,
                Right.VIEW), SCREEN("kiosk:lobby", Role.VIEWER, Right.VIEW), WRITER("write", Role.EDITOR,
                        Right.EDIT), OWNER("own", Role.EDITOR, Right.OWN), ADMINISTRATOR("boss", Role.ADMIN, Right.OWN);

        private final String account;
        private final Role role;
        private final Right right;

        Person(String account, Role role, Right right) {
            this.account = account;
            this.role = role;
            this.right = right;
        }

        String token() {
            return String.valueOf(PEOPLE.get(account));
        }
    }

    @TempDir
    static Path folder;

    private static WatchfloorServer server;
    private static RestCalls rest;
    private static WatchfloorServer strict;
    private static RestCalls strictly;
    private static DashboardId wall;
    private static DashboardId asked;
    private static final Map<Who, String> TOKENS = new EnumMap<>(Who.class);
    private static final Map<String, String> PEOPLE = new HashMap<>();

    /// Everybody who may come.
    enum Who {
        NOBODY, FORGER, VIEWER, EDITOR, ADMIN, KIOSK, INGEST, READ, METRICS, PASSWORD_DUE, FACTOR_DUE;

        /// The role of a person; absent for others.
        @Nullable
        Role role() {
            return switch (this) {
                case VIEWER, KIOSK -> Role.VIEWER;
                case EDITOR -> Role.EDITOR;
                case ADMIN, PASSWORD_DUE, FACTOR_DUE -> Role.ADMIN;
                case NOBODY, FORGER, INGEST, READ, METRICS -> null;
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        try (PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1)) {
            Accounts accounts = new Accounts(new PostgresAccountStore(DATABASE.database()), hasher,
                    InstantSource.system(), new SecureRandom());
            accounts.add("vic", Role.VIEWER, PASSWORD, false);
            accounts.add("edi", Role.EDITOR, PASSWORD, false);
            accounts.add("boss", Role.ADMIN, PASSWORD, false);
            // who calls every route ends all other sign-ins of his own
            accounts.add("any-viewer", Role.VIEWER, PASSWORD, false);
            accounts.add("any-editor", Role.EDITOR, PASSWORD, false);
            accounts.add("any-admin", Role.ADMIN, PASSWORD, false);
            accounts.add("fay", Role.ADMIN, PASSWORD, false);
            accounts.add("late", Role.ADMIN, PASSWORD, true);
            accounts.add("look", Role.EDITOR, PASSWORD, false);
            accounts.add("write", Role.EDITOR, PASSWORD, false);
            accounts.add("own", Role.EDITOR, PASSWORD, false);
        }
        server = server("test", true);
        strict = server("strict", false);
        strictly = new RestCalls(strict.address());
        rest = new RestCalls(server.address());
        TOKENS.put(Who.FORGER, "wfs_made.up.token");
        TOKENS.put(Who.VIEWER, rest.signIn("any-viewer", PASSWORD).accessToken());
        TOKENS.put(Who.EDITOR, rest.signIn("any-editor", PASSWORD).accessToken());
        TOKENS.put(Who.ADMIN, rest.signIn("any-admin", PASSWORD).accessToken());
        TOKENS.put(Who.PASSWORD_DUE, rest.signIn("late", PASSWORD).accessToken());
        for (String name : List.of("vic", "edi", "boss", "look", "write", "own")) {
            PEOPLE.put(name, rest.signIn(name, PASSWORD).accessToken());
        }
        String admin = TOKENS.get(Who.ADMIN);
        wall = shared("Wall");
        asked = shared("Asked");
        for (Scope scope : Scope.values()) {
            TOKENS.put(Who.valueOf(scope.name()), RestCalls.read(rest.post("/api/v1/service-tokens", admin,
                    new NewServiceToken(scope.name(), List.of(scope), 1)), 201, CreatedServiceToken.class).token());
        }
        KioskCode code = RestCalls.read(rest.post("/api/v1/kiosks", admin, new NewKiosk("lobby", List.of(wall, asked))),
                201,
                KioskCode.class);
        TOKENS.put(Who.KIOSK, RestCalls.read(rest.post("/api/v1/kiosks/enrol", null,
                new KioskDevice().enrolment(code.code())), 200, KioskAccess.class).accessToken());
        PEOPLE.put("kiosk:lobby", TOKENS.get(Who.KIOSK));
        TOKENS.put(Who.FACTOR_DUE, strictly.signIn("fay", PASSWORD).accessToken());
    }

    /// One that each of [Person] has his right on.
    private static DashboardId shared(String title) throws Exception {
        String owner = PEOPLE.get("own");
        DashboardId made = RestCalls.read(rest.post("/api/v1/dashboards", owner, new NewDashboard(title)), 201,
                DashboardRow.class).id();
        for (GrantRow grant : List.of(new GrantRow("look", null, Right.VIEW), new GrantRow("write", null, Right.EDIT),
                new GrantRow("vic", null, Right.EDIT))) {
            RestCalls.is(rest.post("/api/v1/dashboards/" + made + "/grants", owner, grant), 200);
        }
        return made;
    }

    /// The server that judges somebody: second factors are asked of administrators by the strict one.
    private static RestCalls judging(Who who) {
        return who == Who.FACTOR_DUE ? strictly : rest;
    }

    private static WatchfloorServer server(String name, boolean secondFactorOptional) throws StartException {
        var address = DATABASE.address();
        return WatchfloorServer.start(new ServerConfig(name, folder.resolve(name),
                new Listening(new ListenAddress("127.0.0.1", 0), null, Exposure.OWN_MACHINE,
                        new LimitSettings(Map.of("requests-address", LimitSettings.MOST))),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(null, Map.of(), null, secondFactorOptional)));
    }

    @AfterAll
    static void stop() {
        strictly.close();
        rest.close();
        strict.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void route_ACC4_isOpenToThoseWhomItNames_andToNobodyElse(Who who) throws Exception {
        assertThat(rest.document().operations()).hasSizeGreaterThan(50);
        for (OpenApiCheck.Operation operation : rest.document().operations()) {
            if (operation.path().equals(WEB_SOCKET)) {
                continue;
            }
            // without a body, and of things that are not there: whoever is let in is refused for that
            HttpResponse<byte[]> answer = judging(who).send(operation.method(),
                    operation.path().replaceAll("\\{[^}]*}", NOTHING), TOKENS.get(who), null);
            String asked = who + ": " + operation + ": " + RestCalls.text(answer);
            ProblemCode expected = refusal(who, operation);
            if (expected == null) {
                assertThat(CLOSED.stream().map(ProblemCode::code)).as(asked).doesNotContain(problem(answer));
            } else {
                assertThat(problem(answer)).as(asked).isEqualTo(expected.code());
                assertThat(answer.statusCode()).as(asked).isEqualTo(expected.status());
            }
        }
    }

    /// What somebody is answered before it is looked at what he wants; null where it is.
    private static @Nullable ProblemCode refusal(Who who, OpenApiCheck.Operation operation) {
        String asked = operation.who();
        if (asked.equals("anyone")) {
            return null;
        }
        if (Arrays.stream(Scope.values()).anyMatch(scope -> scope.name().equals(asked))) {
            return switch (who) {
                case INGEST, READ, METRICS -> who.name().equals(asked) ? null : ProblemCode.FORBIDDEN;
                default -> ProblemCode.NOT_SIGNED_IN;
            };
        }
        Role role = who.role();
        if (role == null) {
            return ProblemCode.NOT_SIGNED_IN;
        }
        boolean whileDue = WHILE_DUE.stream().anyMatch(operation.path()::startsWith);
        if (who == Who.PASSWORD_DUE && !whileDue) {
            return ProblemCode.PASSWORD_MUST_CHANGE;
        }
        if (who == Who.FACTOR_DUE && !whileDue) {
            return ProblemCode.SECOND_FACTOR_MUST_BE_ADDED;
        }
        boolean onlyLooks = who == Who.KIOSK && !operation.method().equals("GET");
        return onlyLooks || role.compareTo(Role.valueOf(asked)) < 0 ? ProblemCode.FORBIDDEN : null;
    }

    private static String problem(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json")
                ? RecordCodec.of(Encoding.JSON).decode(answer.body(), Problem.class).code()
                : "";
    }

    /// The column "who" of REST.md.
    @Test
    void restDocument_saysOfEveryRouteWhoMayCallIt() throws Exception {
        String text = Files.readString(Path.of("../docs/REST.md"));
        Map<String, String> written = new TreeMap<>();
        Matcher row = ROW.matcher(text.substring(0, text.indexOf("\n## ")));
        while (row.find()) {
            assertThat(WORDS).as(row.group()).containsKey(row.group(2));
            assertThat(written.put(row.group(1), String.valueOf(WORDS.get(row.group(2))))).as(row.group()).isNull();
        }
        Map<String, String> asked = new TreeMap<>();
        rest.document().operations().forEach(each -> asked.put(each.method() + " " + each.path(), each.who()));
        assertThat(written).isEqualTo(asked);
    }

    /// What the right on a dashboard opens, over REST: who has none is told that there is no such dashboard.
    @Test
    void dashboard_ACC4_opensByTheRightOnIt() throws Exception {
        Set<String> known = new TreeSet<>();
        for (Needed needed : NEEDED) {
            known.add(needed.method + " /api/v1/dashboards/{id}" + needed.path);
            for (Person person : Person.values()) {
                int status = rest.send(needed.method, "/api/v1/dashboards/" + asked
                        + needed.path.replace("{revision}", "1").replace("{name}", "none"), person.token(),
                        needed.body == null ? null : needed.body.apply(person)).statusCode();
                boolean gone = person == Person.ADMINISTRATOR && needed.path.isEmpty(); // by its owner, a moment ago
                boolean may = person.right.compareTo(needed.right) >= 0 && person.role.compareTo(needed.role) >= 0;
                assertThat(status).as(person + " " + needed).isEqualTo(
                        gone || person.right == Right.NONE ? 404 : may ? needed.good : 403);
            }
        }
        assertThat(known).isEqualTo(rest.document().operations().stream()
                .filter(each -> each.path().startsWith("/api/v1/dashboards/{id}"))
                .map(each -> each.method() + " " + each.path()).collect(Collectors.toCollection(TreeSet::new)));
    }

    /// What one may say on a connection, by the right on the dashboard it is about.
    @ParameterizedTest
    @EnumSource
    void message_ACC4_isTakenByTheRightOnItsDashboard(Person person) throws Exception {
        try (LiveClient owner = new LiveClient(server.address(), Person.OWNER.token());
                LiveClient client = new LiveClient(server.address(), person.token())) {
            int ownersRoom = owner.join(wall).room();
            client.say(new ClientMessage.Ping(7));
            assertThat(client.first(ServerMessage.Pong.class).id()).isEqualTo(7);
            client.say(new ClientMessage.Join(wall, new ReplicaId(UUID.randomUUID()), null, 0));
            if (person.right == Right.NONE) {
                assertThat(client.first(ServerMessage.NotJoined.class).code()).isEqualTo(ErrorCode.NOT_FOUND);
                saysNothingThere(client, ownersRoom);
                return;
            }
            ServerMessage.Joined joined = client.first(ServerMessage.Joined.class);
            assertThat(joined.right()).isEqualTo(person.right);
            client.title(joined, 1, "By " + person);
            if (person.right.compareTo(Right.EDIT) < 0) {
                assertThat(client.first(ServerMessage.Rejected.class).code()).isEqualTo(ErrorCode.FORBIDDEN);
            } else {
                client.first(ServerMessage.Committed.class);
            }
            client.say(new ClientMessage.Watch(joined.room(), 1, FREE, 0, 10));
            if (person.role == Role.VIEWER) {
                assertThat(client.first(ServerMessage.Failed.class).code()).isEqualTo(ErrorCode.FORBIDDEN);
            } else {
                assertThat(client.first(ServerMessage.History.class).watch()).isEqualTo(1);
            }
            client.say(new ClientMessage.Show(joined.room(), POINTING));
            await().atMost(PATIENCE)
                    .until(() -> owner.all(ServerMessage.Seen.class).stream().flatMap(seen -> seen.sights().stream())
                            .anyMatch(sight -> sight.presence().equals(POINTING)));
            client.say(new ClientMessage.Leave(joined.room()));
            await().atMost(PATIENCE).until(() -> {
                client.say(new ClientMessage.Watch(joined.room(), 8, FREE, 0, 10));
                return client.all(ServerMessage.Failed.class).stream()
                        .anyMatch(failed -> failed.code() == ErrorCode.NOT_FOUND);
            });
            client.say(new ClientMessage.Ping(8));
            await().atMost(PATIENCE).until(() -> client.all(ServerMessage.Pong.class).size() == 2);
            saysNothingThere(client, joined.room());
        }
    }

    /// In a room that it is not in, whose number it knows.
    private static void saysNothingThere(LiveClient client, int room) {
        client.say(new ClientMessage.Push(room, 9, List.of()), new ClientMessage.Watch(room, 9, FREE, 0, 10),
                new ClientMessage.Show(room, POINTING), new ClientMessage.Leave(room));
        await().atMost(PATIENCE).until(() -> failures(client).size() == 3);
        assertThat(failures(client)).extracting(ServerMessage.Failed::code).containsOnly(ErrorCode.NOT_FOUND);
    }

    /// But those of queries before, of which some may be answered late.
    private static List<ServerMessage.Failed> failures(LiveClient client) {
        return client.all(ServerMessage.Failed.class).stream()
                .filter(failed -> failed.watch() == null || failed.watch() == 9).toList();
    }

    /// With a token that opens no connection it is neither begun nor renewed; another's does not take it over either.
    @ParameterizedTest
    @EnumSource
    void token_ACC23_thatOpensNothing_beginsAndRenewsNoSession(Who who) throws Exception {
        String token = String.valueOf(TOKENS.get(who));
        boolean opens = who == Who.VIEWER || who == Who.EDITOR || who == Who.ADMIN || who == Who.KIOSK;
        try (LiveClient begun = new LiveClient(judging(who).server(), token);
                LiveClient renewed = new LiveClient(judging(who).server(), Person.WRITER.token())) {
            if (opens) {
                begun.first(ServerMessage.Welcome.class);
                begun.say(new ClientMessage.Hello(1, "again", List.of(), token));
                assertThat(begun.first(ServerMessage.Failed.class).code()).isEqualTo(ErrorCode.UNEXPECTED);
            } else {
                await().atMost(PATIENCE).until(() -> begun.closed() == CloseCode.NOT_SIGNED_IN.code());
                assertThat(begun.all(ServerMessage.Welcome.class)).isEmpty();
            }
            renewed.first(ServerMessage.Welcome.class);
            renewed.say(new ClientMessage.Renew(token));
            await().atMost(PATIENCE).until(() -> renewed.closed() == CloseCode.NOT_SIGNED_IN.code());
        }
    }

    /// A message of a new kind is to be judged here as well.
    @Test
    void messages_areAllJudged() {
        assertThat(ClientMessage.class.getPermittedSubclasses()).extracting(Class::getSimpleName)
                .containsExactlyInAnyOrder("Hello", "Renew", "Ping", "Join", "Leave", "Push", "Watch", "Show");
    }
}
