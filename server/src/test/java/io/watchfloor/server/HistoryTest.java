package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.DashboardAt;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.HistoryLine;
import io.watchfloor.protocol.rest.HistoryPage;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.NewVersion;
import io.watchfloor.protocol.rest.Restore;
import io.watchfloor.protocol.rest.Restored;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.protocol.rest.VersionList;
import io.watchfloor.protocol.rest.VersionRow;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.PostgresDashboardStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The past of dashboards through the REST interface of a whole server, on a real PostgreSQL. Edits come from a store of
/// their own, as from another instance.
@Timeout(240)
class HistoryTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";
    private static final ElementId CPU = new ElementId(1);
    private static final ElementId NOTE = new ElementId(2);
    private static final ElementId LATE = new ElementId(3);

    @TempDir
    static Path folder = Path.of("");

    private static @Nullable WatchfloorServer server;
    private static @Nullable OpenApiCheck document;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final PostgresDashboardStore other = new PostgresDashboardStore(DATABASE.database());
    private String ann = "";
    private @Nullable DashboardId dashboard;
    private Epoch epoch = new Epoch(UUID.randomUUID());
    private int replica;
    private long head = 1;

    @BeforeAll
    static void start() throws Exception {
        PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1);
        Accounts accounts = new Accounts(new PostgresAccountStore(DATABASE.database()), hasher, InstantSource.system(),
                new SecureRandom());
        accounts.add("ann", Role.EDITOR, PASSWORD, false);
        accounts.add("eve", Role.EDITOR, PASSWORD, false);
        hasher.close();
        var address = DATABASE.address();
        server = WatchfloorServer.start(new ServerConfig("test", folder.resolve("data"),
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(null, Map.of(), null)));
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void makeDashboard() throws Exception {
        ann = signIn("ann");
        DashboardRow row = read(send("POST", "/api/v1/dashboards", ann, new NewDashboard("Wall")), 201,
                DashboardRow.class);
        assertThat(row.right()).isEqualTo(Right.OWN);
        dashboard = row.id();
        epoch = stored().epoch();
        replica = Objects.requireNonNull(other.register(row.id(), new ReplicaId(UUID.randomUUID()), "ann")
                .toCompletableFuture().join()).number();
    }

    @Test
    void restore_HIS4_makesTheDashboardLookAsItDidByANewChange() throws Exception {
        push(widget(CPU, "CPU"));
        push(widget(NOTE, "Note"));
        push(List.of(new TextEdit(NOTE, Properties.TEXT, head, Delta.insert(0, "Call Joe at nine"))));
        long then = head;
        Document looked = document();
        push(List.of(set(CPU, Properties.BOUNDS, new Bounds(8, 8, 4, 4).toValue()),
                set(CPU, Properties.UNIT, Value.of("percent"))));
        push(widget(LATE, "Late"));
        push(List.of(set(NOTE, Properties.EXISTS, Value.of(false))));
        push(List.of(new TextEdit(NOTE, Properties.TEXT, head, Delta.replace(5, 3, "Ann"))));
        long before = head;

        Restored restored = read(send("POST", path("/restore"), ann, new Restore(then, null)), 200, Restored.class);

        assertThat(restored).isEqualTo(new Restored(epoch, before, before + 1));
        Document now = document();
        assertThat(now.get(CPU, Properties.BOUNDS)).isEqualTo(looked.get(CPU, Properties.BOUNDS));
        assertThat(now.get(CPU, Properties.UNIT)).isEqualTo(Value.NULL);
        assertThat(now.get(LATE, Properties.EXISTS)).isEqualTo(Value.of(false));
        assertThat(now.get(NOTE, Properties.EXISTS)).isEqualTo(Value.of(true));
        assertThat(now.text(new TextId(NOTE, Properties.TEXT))).isEqualTo("Call Joe at nine");
        Entry entry = other.entriesAfter(id(), new LogPosition(epoch, before), 10).toCompletableFuture().join()
                .getLast();
        assertThat(entry.author()).isEqualTo("ann");
        assertThat(entry.operations()).as("what is the same is not touched")
                .noneMatch(operation -> operation.property().equals(Properties.TITLE));
        assertThat(page("").lines().getFirst().text()).isEqualTo("restored the dashboard of revision " + then);

        read(send("POST", path("/restore"), ann, new Restore(restored.before(), null)), 200, Restored.class);
        assertThat(document().get(LATE, Properties.EXISTS)).isEqualTo(Value.of(true));
        assertThat(document().text(new TextId(NOTE, Properties.TEXT))).isEqualTo("Call Ann at nine");
        Restored same = read(send("POST", path("/restore"), ann, new Restore(before + 2, null)), 200, Restored.class);
        assertThat(same.before()).as("nothing differs").isEqualTo(same.revision());
    }

    /// After a restore from a backup the same number stands for something else.
    @Test
    void restore_HIS10_ofARevisionOfAnEarlierEpochIsRefused() throws Exception {
        push(widget(CPU, "CPU"));
        Epoch then = page("").epoch();
        assertThat(read(send("GET", path("/versions"), ann, null), 200, VersionList.class).epoch()).isEqualTo(then);
        assertThat(read(send("GET", path("/revisions/1"), ann, null), 200, DashboardAt.class).epoch()).isEqualTo(then);
        new PostgresDashboardStore(DATABASE.database()).renewEpochs().toCompletableFuture().join();
        long before = stored().revision();

        for (long revision : new long[]{1, before, 99}) {
            HttpResponse<String> refused = send("POST", path("/restore"), ann, new Restore(revision, then));
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("\"code\":\"conflict\"", "\"field\":\"epoch\"", "Nothing was changed");
        }
        assertThat(stored().revision()).isEqualTo(before);

        Epoch now = page("").epoch();
        assertThat(now).isNotEqualTo(then);
        Restored restored = read(send("POST", path("/restore"), ann, new Restore(1, now)), 200, Restored.class);
        assertThat(restored).isEqualTo(new Restored(now, before, before + 1));
    }

    @Test
    void restore_HIS4_ofMoreThanOnePushIsOneTransaction() throws Exception {
        long empty = head;
        for (int from = 100; from < 1_700; from += 200) {
            List<Operation> many = new ArrayList<>();
            for (int i = from; i < from + 200; i++) {
                many.addAll(widget(new ElementId(i), "w" + i));
            }
            push(many);
        }
        Restored restored = read(send("POST", path("/restore"), ann, new Restore(empty, null)), 200, Restored.class);
        assertThat(restored.revision() - restored.before()).isEqualTo(2);
        Document now = document();
        assertThat(now.elements()).hasSize(1_601)
                .noneMatch(element -> Value.of(true).equals(now.get(element, Properties.EXISTS)));
        HistoryLine line = page("").lines().getFirst();
        assertThat(line.text()).isEqualTo("restored the dashboard of revision " + empty);
        assertThat(line.first()).isEqualTo(restored.before() + 1);
    }

    @Test
    void history_HIS6_pagesFollowOnEachOther() throws Exception {
        push(widget(CPU, "CPU"));
        for (int i = 1; i <= 700; i++) {
            push(List.of(i % 2 == 0
                    ? set(CPU, Properties.TITLE, Value.of("t" + i))
                    : set(CPU, Properties.BOUNDS, new Bounds(i % 20, 0, 4, 4).toValue())));
        }
        List<HistoryLine> all = new ArrayList<>();
        @Nullable
        Long before = null;
        do {
            HistoryPage page = page("?limit=100" + (before == null ? "" : "&before=" + before));
            assertThat(page.lines()).isNotEmpty();
            all.addAll(page.lines());
            before = page.next();
        } while (before != null);
        assertThat(all).hasSize(702);
        long due = head;
        for (HistoryLine line : all) {
            assertThat(line.revision()).isEqualTo(due);
            due = line.first() - 1;
        }
        assertThat(due).isZero();
        assertThat(all.getLast().text()).isEqualTo("made the dashboard");
    }

    @Test
    void revision_HIS5_canBeSeenAsItWas() throws Exception {
        push(widget(CPU, "CPU"));
        push(List.of(set(CPU, Properties.TITLE, Value.of("Load"))));
        Snapshot then = read(send("GET", path("/revisions/2"), ann, null), 200, DashboardAt.class).snapshot();
        assertThat(Document.of(then).get(CPU, Properties.TITLE)).isEqualTo(Value.of("CPU"));
        for (String none : List.of("4", "-1", "999999999")) {
            assertThat(send("GET", path("/revisions/" + none), ann, null).statusCode()).isEqualTo(404);
        }
        assertThat(send("POST", path("/restore"), ann, new Restore(77, null)).statusCode()).isEqualTo(404);
        assertThat(send("GET", path("/revisions/two"), ann, null).statusCode()).isEqualTo(400);
        assertThat(send("GET", path("/history?before=two"), ann, null).statusCode()).isEqualTo(400);
        assertThat(send("GET", path("/history?limit=0"), ann, null).statusCode()).isEqualTo(400);
    }

    @Test
    void version_HIS1_isNamedListedRestoredAndForgotten() throws Exception {
        push(widget(CPU, "CPU"));
        assertThat(send("POST", path("/versions"), ann, new NewVersion(" Before the move ", null)).statusCode())
                .isEqualTo(201);
        assertThat(send("POST", path("/versions"), ann, new NewVersion("Empty", 1L)).statusCode()).isEqualTo(201);
        List<VersionRow> versions = read(send("GET", path("/versions"), ann, null), 200, VersionList.class).versions();
        assertThat(versions).extracting(VersionRow::name).containsExactly("Before the move", "Empty");
        assertThat(versions.getFirst().revision()).isEqualTo(2);
        assertThat(versions.getFirst().author()).isEqualTo("ann");
        assertThat(send("POST", path("/versions"), ann, new NewVersion("empty", 2L)).body()).contains("already");
        assertThat(send("POST", path("/versions"), ann, new NewVersion("  ", null)).statusCode()).isEqualTo(400);
        assertThat(send("POST", path("/versions"), ann, new NewVersion("x".repeat(101), null)).statusCode())
                .isEqualTo(400);
        assertThat(send("POST", path("/versions"), ann, new NewVersion("Future", 99L)).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", path("/versions/Before%20the%20move"), ann, null).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", path("/versions/Before%20the%20move"), ann, null).statusCode()).isEqualTo(404);
    }

    @Test
    void history_HIS7_isForThoseWhoMaySeeTheDashboard() throws Exception {
        String eve = signIn("eve");
        for (String of : List.of("/history", "/versions", "/revisions/1")) {
            assertThat(send("GET", path(of), eve, null).statusCode()).as(of).isEqualTo(404);
            assertThat(send("GET", path(of), null, null).statusCode()).as(of).isEqualTo(401);
        }
        assertThat(send("POST", path("/restore"), eve, new Restore(1, null)).statusCode()).isEqualTo(404);
        DATABASE.database().run(handle -> handle.execute(
                "INSERT INTO dashboard_grant (dashboard, account, granted) VALUES (?, 'eve', 'VIEW')", id().id()));
        org.awaitility.Awaitility.await().atMost(LiveClient.PATIENCE).untilAsserted(
                () -> assertThat(send("GET", path("/history"), eve, null).statusCode()).isEqualTo(200));
        assertThat(send("POST", path("/restore"), eve, new Restore(1, null)).statusCode()).isEqualTo(403);
        assertThat(send("POST", path("/versions"), eve, new NewVersion("Mine", null)).statusCode()).isEqualTo(403);
        assertThat(send("DELETE", path("/versions/Mine"), eve, null).statusCode()).isEqualTo(403);
    }

    @Test
    void epochNew_LOG16_byHandBeginsAnEpochOfAllDashboards() {
        var address = DATABASE.address();
        StringWriter said = new StringWriter();
        int exit = Main.run(new String[]{"epoch", "new", "--database-url", address.url()},
                Map.of("WATCHFLOOR_DATABASE_USER", address.user(), "WATCHFLOOR_DATABASE_PASSWORD", address.password()),
                new PrintWriter(said, true), new PrintWriter(said, true));
        assertThat(exit).as(said.toString()).isZero();
        assertThat(said.toString()).contains("begin", "a new epoch");
        assertThat(stored().epoch()).isNotEqualTo(epoch);
    }

    private DashboardId id() {
        return Objects.requireNonNull(dashboard);
    }

    private String path(String rest) {
        return "/api/v1/dashboards/" + id() + rest;
    }

    private HistoryPage page(String query) throws Exception {
        return read(send("GET", path("/history" + query), ann, null), 200, HistoryPage.class);
    }

    private StoredDashboard stored() {
        return Objects.requireNonNull(other.load(id()).toCompletableFuture().join());
    }

    private Document document() {
        return stored().document();
    }

    private List<Operation> widget(ElementId element, String title) {
        return List.of(set(element, Properties.EXISTS, Value.of(true)),
                set(element, Properties.KIND, Value.of(Properties.KIND_METRIC)),
                set(element, Properties.PARENT, Value.of(ElementId.DASHBOARD.toString())),
                set(element, Properties.TITLE, Value.of(title)),
                set(element, Properties.BOUNDS, new Bounds(0, 0, 4, 4).toValue()));
    }

    private Assignment set(ElementId element, String property, Value value) {
        return new Assignment(element, property, value, new Stamp(System.currentTimeMillis(), (int) head, replica));
    }

    private void push(List<Operation> operations) {
        Entry entry = new Entry(head + 1, replica, head, "ann", System.currentTimeMillis(), operations);
        LogPosition position = new LogPosition(epoch, head);
        assertThat(other.append(id(), position, List.of(new Decision.Accepted(entry, new Digest(head, head))))
                .toCompletableFuture().join()).isEqualTo(new AppendResult.Appended());
        head++;
    }

    private static String signIn(String name) throws Exception {
        return read(send("POST", "/api/v1/sign-in", null, new SignIn(name, PASSWORD)), 200, Tokens.class)
                .accessToken();
    }

    private static HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable Record body)
            throws Exception {
        URI base = Objects.requireNonNull(server).address();
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        request.method(method, body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(RecordCodec.of(Encoding.JSON).encode(body)));
        request.header("Content-Type", "application/json");
        HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (document == null) {
            document = OpenApiCheck.of(base, CLIENT);
        }
        document.tellsOf(method, path, answer, answer.body());
        return answer;
    }

    private static <T> T read(HttpResponse<String> answer, int status, Class<T> type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return RecordCodec.of(Encoding.JSON).decode(answer.body().getBytes(StandardCharsets.UTF_8), type);
    }
}
