package io.watchfloor.benchmark.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.WidgetDraft;
import io.watchfloor.client.sync.ConnectionState;
import io.watchfloor.client.sync.Credentials;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.StateHash;
import io.watchfloor.sample.Query;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/// The seven ways in which the recovery of connections is known to fail elsewhere, against the real server, PostgreSQL and
/// Redis over real sockets. After each of them the log holds every edit exactly once, and everybody has all of it.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoveryOverSocketsTest {

    private static final String QUIETLY = "quietly";
    /// A connection is quiet for longer than either side lets pass without a sign of life.
    private static final Duration QUIET = Duration.ofSeconds(70);

    /// What the tests of a dashboard need.
    ///
    /// @param titles of the widgets that were added
    private record Scene(Watcher watcher, Route wire, Desktop far, Desktop near,
            List<String> titles) {}

    /// Is left alone from before the first test until the last one.
    @SuppressWarnings("NullAway.Init") // set before all tests
    private Scene quiet;
    private long quietSince;
    private long quietAttempts;
    private long quietRevision;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path directory;
    @SuppressWarnings("NullAway.Init") // set before all tests
    private RedisServer redis;
    @SuppressWarnings("NullAway.Init") // set before all tests
    private WatchfloorServer server;
    private int redisPort;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Watcher watcher;
    @SuppressWarnings("NullAway.Init") // set before each test
    private Route wire;
    @SuppressWarnings("NullAway.Init") // set before each test
    private Desktop far;
    @SuppressWarnings("NullAway.Init") // set before each test
    private Desktop near;
    @SuppressWarnings("NullAway.Init") // set before each test
    private List<String> titles;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            redisPort = socket.getLocalPort();
        }
        redis = startRedis();
        server = WatchfloorServer.start(new ServerConfig("one", PreparedDatabase.in(directory.resolve("data")),
                new ServerConfig.Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new ServerConfig.DatabaseChoice.Embedded(), redisUrl(), Duration.ofDays(7),
                new ServerConfig.AtStart(RunningServer.PASSWORD, Map.of(), null)));
        quiet = scene("quiet");
        enter(quiet);
        edit(near);
        everythingArrivedOnce();
        quietAttempts = wire.accepted();
        quietRevision = watcher.revision();
        quietSince = System.nanoTime();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        redis.stop();
    }

    private URI redisUrl() {
        return URI.create("redis://127.0.0.1:" + redisPort);
    }

    private RedisServer startRedis() throws IOException {
        return RealRedis.start(redisPort);
    }

    @BeforeEach
    void open(TestInfo test) throws IOException {
        enter(test.getTags().contains(QUIETLY) ? quiet : scene(test.getDisplayName()));
    }

    private void enter(Scene scene) {
        watcher = scene.watcher();
        wire = scene.wire();
        far = scene.far();
        near = scene.near();
        titles = scene.titles();
        until(() -> near.on(DashboardModel::joined) && far.on(DashboardModel::joined));
    }

    /// A dashboard of its own, a watcher, one desktop near the server and one far from it.
    private Scene scene(String title) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            Account account = Desktop.ok(new RestClient(server.address(), http, Runnable::run).signIn("admin",
                    RunningServer.PASSWORD));
            DashboardId made = Desktop.ok(account.createDashboard(title)).id();
            String token = account.accessToken(false).join() instanceof Credentials.Answer.Token known
                    ? known.text()
                    : "";
            Route route = new Route(server.address());
            return new Scene(new Watcher(server.address(), token, made), route,
                    new Desktop(route.address(), directory.resolve(title + " far"), title),
                    new Desktop(server.address(), directory.resolve(title + " near"), title), new ArrayList<>());
        }
    }

    @AfterEach
    void close() throws IOException {
        far.close();
        near.close();
        watcher.close();
        wire.close();
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(5)).until(condition::getAsBoolean);
    }

    /// Adds a widget, which is a push of its own.
    private void edit(Desktop by) {
        String title = "Edit " + titles.size();
        titles.add(title);
        ElementId made = by
                .on(model -> Objects.requireNonNull(model.editor().add(new WidgetDraft(Properties.KIND_METRIC,
                        title, new Bounds(0, 0, 2, 2), Query.promql("load"), "none", List.of()))));
        assertThat(made).isNotNull();
    }

    private void retryNow() {
        far.on(_ -> {
            far.connection().retryNow();
            return true;
        });
    }

    private boolean online() {
        return far.on(model -> far.connection().state() instanceof ConnectionState.Online && model.joined());
    }

    /// Everybody has every edit, once.
    private void everythingArrivedOnce() {
        until(() -> near.on(DashboardModel::unsent) == 0 && far.on(DashboardModel::unsent) == 0);
        // before that all may stand at one revision and go on between two looks
        until(() -> watcher.titles().containsAll(titles));
        for (Desktop desktop : List.of(near, far)) {
            until(() -> desktop.on(model -> model.replica().revision()) == watcher.revision());
            StateHash shown = desktop.on(model -> model.replica().stateHash());
            assertThat(shown).isEqualTo(watcher.stateHash());
            assertThat(desktop.rejections).isEmpty();
        }
        watcher.assertExactlyOnce(titles);
    }

    @Test
    void drop_SIM7_beforeTheFirstEvent() {
        edit(far);
        edit(near);
        wire.cut();
        for (long bytes : new long[]{0, 60, 200, 330, 400, 480, 600, 900}) {
            edit(near);
            edit(far);
            wire.mend();
            wire.cutAfter(bytes);
            long attempts = wire.accepted();
            retryNow();
            until(() -> wire.accepted() > attempts && !online());
        }
        wire.mend();
        retryNow();
        everythingArrivedOnce();
    }

    /// It is quiet while the other tests run.
    @Test
    @Tag(QUIETLY)
    @Order(Integer.MAX_VALUE)
    void connection_SIM7_thatWasQuietForVeryLong() {
        long end = quietSince + QUIET.toNanos();
        await().atMost(QUIET.plusMinutes(1)).until(() -> System.nanoTime() > end);
        assertThat(watcher.revision()).isEqualTo(quietRevision);
        assertThat(wire.accepted()).as("connections since then").isEqualTo(quietAttempts);
        edit(near);
        edit(far);
        everythingArrivedOnce();
        wire.cut();
        edit(near);
        edit(far);
        wire.mend();
        everythingArrivedOnce();
    }

    @Test
    void drop_SIM7_rightAfterTheFirst() {
        for (int round = 0; round < 8; round++) {
            edit(far);
            edit(near);
            wire.cut();
            edit(far);
            edit(near);
            wire.mend();
            retryNow();
            until(this::online);
            edit(far);
            wire.cut();
            wire.mend();
            retryNow();
        }
        everythingArrivedOnce();
    }

    @Test
    void instance_SIM7_diesAndTheDesktopLandsOnAnother() throws IOException {
        Path doomed = Files.createDirectories(directory.resolve("doomed"));
        try (Instance two = new Instance(doomed,
                Objects.requireNonNull(EmbeddedPostgres.running(directory.resolve("data"))), redisUrl())) {
            wire.leadTo(two.address());
            wire.cut();
            wire.mend();
            until(this::online);
            String greeting = far.on(_ -> Objects.requireNonNull(far.connection().greeted()).instance());
            assertThat(greeting).isEqualTo("doomed");
            for (int i = 0; i < 40; i++) {
                edit(far);
                edit(near);
                if (i == 30) {
                    two.kill();
                    wire.leadTo(server.address());
                }
            }
            until(this::online);
            everythingArrivedOnce();
        }
    }

    @Test
    void reconnect_SIM7_fasterThanTheServerNoticedTheDrop() {
        for (int round = 0; round < 8; round++) {
            edit(far);
            edit(near);
            wire.cutNearEnd();
            edit(far);
            retryNow();
            until(this::online);
            edit(near);
        }
        everythingArrivedOnce();
    }

    @Test
    void edits_SIM7_madeWhileDisconnected() {
        wire.cut();
        until(() -> !online());
        for (int i = 0; i < 100; i++) {
            edit(far);
            edit(near);
        }
        assertThat(far.on(DashboardModel::unsent)).isGreaterThanOrEqualTo(100);
        wire.mend();
        retryNow();
        everythingArrivedOnce();
    }

    @Test
    void redis_SIM7_isRestarted() throws IOException {
        Path second = Files.createDirectories(directory.resolve("second"));
        try (Instance two = new Instance(second,
                Objects.requireNonNull(EmbeddedPostgres.running(directory.resolve("data"))), redisUrl())) {
            wire.leadTo(two.address());
            wire.cut();
            wire.mend();
            until(this::online);
            for (int i = 0; i < 10; i++) {
                edit(far);
                edit(near);
            }
            redis.stop();
            for (int i = 0; i < 10; i++) {
                edit(far);
                edit(near);
            }
            everythingArrivedOnce();
            edit(far);
            redis = startRedis();
            for (int i = 0; i < 10; i++) {
                edit(near);
                edit(far);
            }
            everythingArrivedOnce();
        }
    }
}
