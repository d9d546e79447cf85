package io.watchfloor.benchmark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.store.postgres.DatabaseAddress;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many who come at once, most of them with the best intentions, against a whole server with its usual limits: those who
/// are in already must not notice.
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StormsTest {

    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);
    private static final int OK = 200;
    private static final int WRONG = 401;
    private static final int TOO_OFTEN = 429;
    private static final int LATER = 503;
    private static final int PEOPLE = 200;
    private static final int DRAG_STEPS = 120;
    private static final int SHARED_CONNECTIONS = 10;
    private static final long BOUND = 200 << 20;
    private static final Set<Integer> ANSWERS = Set.of(OK, WRONG, TOO_OFTEN, LATER);

    @TempDir
    static Path directory = Path.of("");
    @SuppressWarnings("NullAway.Init") // in begin()
    private static FuzzedServer server;
    @SuppressWarnings("NullAway.Init") // in begin()
    private static String administrator;
    @SuppressWarnings("NullAway.Init") // in begin()
    private static String viewer;
    private static final Map<String, DashboardId> DASHBOARDS = new HashMap<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeAll
    static void begin() throws Exception {
        server = new FuzzedServer(PreparedDatabase.in(directory.resolve("data")), LimitSettings.USUAL);
        administrator = server.administrator();
        viewer = server.viewer();
        for (String title : List.of("Dragged", "Wall", "Quiet", "Going on", "Calm")) {
            DASHBOARDS.put(title, server.make(title));
        }
        DASHBOARDS.put("Seen", server.seen());
    }

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
        HTTP.shutdownNow();
        server.close();
    }

    private static DashboardId dashboard(String title) {
        return Objects.requireNonNull(DASHBOARDS.get(title));
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static HttpResponse<String> signIn(SignIn signIn) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(server.address().resolve("/api/v1/sign-in"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.encode(signIn))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void tellsWhenToTryAgain(HttpResponse<String> refused) {
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }

    /// Thirty edits and thirty pointers a second, as the desktop sends them, without a pause between gestures.
    @Test
    void dragging_LIM16_meetsNoLimit() throws Exception {
        double refused = server.figure("watchfloor_limits_refused_total{");
        try (Editor editor = Editor.joined(server, administrator, dashboard("Dragged"))) {
            for (int i = 1; i <= DRAG_STEPS; i++) {
                editor.push();
                editor.say(new ClientMessage.Show(editor.joined().room(),
                        new Presence(new Presence.Point(i % 24, 4), List.of(), List.of(), null, null, null)));
                editor.say(new ClientMessage.Ping(i));
                pause(33);
            }
            editor.awaitAcks();
        }
        assertThat(server.figure("watchfloor_limits_refused_total{")).isEqualTo(refused);
        assertThat(server.figure("watchfloor_limits_crowded_total{")).isZero();
    }

    @Test
    void comingBackTogether_LIM19_letsEverybodyInAndDisturbsNobody() throws Exception {
        try (Editor there = Editor.joined(server, administrator, dashboard("Quiet"))) {
            List<Future<Editor>> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                boolean edits = i % 2 == 0;
                people.add(THREADS.submit(() -> Editor.joined(server, edits ? administrator : viewer,
                        dashboard(edits ? "Wall" : "Seen"))));
            }
            while (!people.stream().allMatch(Future::isDone)) {
                there.push();
                there.awaitAcks();
                pause(20);
            }
            for (int i = 0; i < PEOPLE; i++) {
                try (Editor person = people.get(i).get()) {
                    assertThat(person.joined().right()).isGreaterThanOrEqualTo(i % 2 == 0 ? Right.EDIT : Right.VIEW);
                }
            }
        }
        assertThat(server.figure("watchfloor_limits_crowded_total{")).isZero();
        assertThat(server.figure("watchfloor_http_slow_total{")).isZero();
    }

    @Test
    void edits_LIM17_goOnWhileEveryOtherConnectionToTheDatabaseIsTaken() throws Exception {
        DatabaseAddress database = Objects.requireNonNull(EmbeddedPostgres.running(directory.resolve("data")));
        try (Editor editor = Editor.joined(server, administrator, dashboard("Going on"));
                Connection connection = DriverManager.getConnection(database.url(), database.user(),
                        database.password())) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("LOCK TABLE account IN ACCESS EXCLUSIVE MODE");
            List<Future<HttpResponse<String>>> waiting = new ArrayList<>();
            for (int i = 0; i < 2 * SHARED_CONNECTIONS; i++) {
                SignIn signIn = new SignIn("nobody" + i, FuzzedServer.PASSWORD);
                waiting.add(THREADS.submit(() -> signIn(signIn)));
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> server.figure("watchfloor_database_connections{") >= SHARED_CONNECTIONS);
            // longer than rights are good for without being confirmed
            while (waiting.stream().noneMatch(Future::isDone)) {
                editor.push();
                editor.awaitAcks();
                editor.ping();
                assertThat(HTTP.send(HttpRequest.newBuilder(server.address().resolve("/readyz")).build(),
                        HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(OK);
                pause(50);
            }
            connection.rollback();
            for (Future<HttpResponse<String>> each : waiting) {
                HttpResponse<String> answer = each.get(1, TimeUnit.MINUTES);
                assertThat(answer.statusCode()).isIn(WRONG, LATER);
                if (answer.statusCode() == LATER) {
                    tellsWhenToTryAgain(answer);
                }
            }
            assertThat(waiting.stream().map(Future::resultNow).map(HttpResponse::statusCode)).contains(LATER);
        }
    }

    /// A hundred at a time until the editors have done; each run of Argon2id takes 19 MiB. The last, because it uses up
    /// what an address may try.
    @Test
    @Order(Integer.MAX_VALUE)
    void floodOfSignIns_LIM18_takesNeitherMemoryNorTheSockets() throws Exception {
        Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        long before = Footprint.now().heap();
        List<Future<Boolean>> flood = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            SignIn signIn = i % 4 == 0
                    ? new SignIn("viewer", FuzzedServer.PASSWORD)
                    : new SignIn("guest" + i, FuzzedServer.PASSWORD);
            flood.add(THREADS.submit(() -> flood(signIn, answers, over)));
        }
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> answers.keySet().containsAll(ANSWERS));
            List<CompletableFuture<Boolean>> editors = IntStream.range(0, 3)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> edits(dashboard("Calm")), THREADS)).toList();
            await().atMost(Duration.ofMinutes(5)).until(() -> editors.stream().allMatch(CompletableFuture::isDone));
            assertThat(Footprint.now().heap()).as("in the middle of the flood").isLessThan(before + BOUND);
            assertThat(editors).allMatch(CompletableFuture::join);
        } finally {
            over.set(true);
        }
        for (Future<Boolean> each : flood) {
            assertThat(each.get(2, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(answers.keySet()).isEqualTo(ANSWERS);
    }

    private static boolean flood(SignIn signIn, Map<Integer, AtomicInteger> answers, AtomicBoolean over)
            throws Exception {
        while (!over.get()) {
            HttpResponse<String> answer = signIn(signIn);
            answers.computeIfAbsent(answer.statusCode(), _ -> new AtomicInteger()).incrementAndGet();
            if (answer.statusCode() == TOO_OFTEN || answer.statusCode() == LATER) {
                tellsWhenToTryAgain(answer);
            }
            pause(100);
        }
        return true;
    }

    private static boolean edits(DashboardId dashboard) {
        try (Editor editor = Editor.joined(server, administrator, dashboard)) {
            for (int i = 0; i < 25; i++) {
                editor.push();
                editor.awaitAcks();
                editor.ping();
            }
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
