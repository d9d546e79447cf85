package io.watchfloor.benchmark.desktop;

import static io.watchfloor.benchmark.desktop.Scene.online;
import static io.watchfloor.benchmark.desktop.Scene.retryNow;
import static io.watchfloor.benchmark.desktop.Scene.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
    private Scene scene;
    @SuppressWarnings("NullAway.Init") // set before each test
    private Route wire;
    @SuppressWarnings("NullAway.Init") // set before each test
    private Desktop far;
    @SuppressWarnings("NullAway.Init") // set before each test
    private Desktop near;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        redisPort = RealRedis.freePort();
        redis = startRedis();
        server = WatchfloorServer.start(new ServerConfig("one", PreparedDatabase.in(directory.resolve("data")),
                new ServerConfig.Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new ServerConfig.DatabaseChoice.Embedded(), redisUrl(), Duration.ofDays(7),
                new ServerConfig.AtStart(RunningServer.PASSWORD, Map.of(), null)));
        quiet = new Scene(server.address(), directory, "quiet");
        quiet.edit(quiet.near);
        quiet.everythingArrivedOnce();
        quietAttempts = quiet.wire.accepted();
        quietRevision = quiet.watcher.revision();
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
        scene = test.getTags().contains(QUIETLY)
                ? quiet
                : new Scene(server.address(), directory, test.getDisplayName());
        wire = scene.wire;
        far = scene.far;
        near = scene.near;
    }

    @AfterEach
    void close() throws IOException {
        scene.close();
    }

    /// Cut off between the greeting and the answer to its join, also where it is the first of all.
    @Test
    void drop_SIM7_beforeTheFirstEvent() throws IOException {
        for (int round = 0; round < 3; round++) {
            scene.edit(near);
            scene.edit(far);
            int joins = far.joins.get();
            String greeting = scene.greeting().session();
            dropsBefore(ServerMessage.Joined.class, wire, far);
            assertThat(far.joins).as("joined").hasValue(joins);
            assertThat(scene.greeting().session()).as("greeted").isNotEqualTo(greeting);
        }
        try (Route first = new Route(server.address())) {
            first.cutBefore(ServerMessage.Joined.class);
            try (Desktop stranger = scene.desktop(first.address(), "stranger")) {
                for (int round = 0; round < 3; round++) {
                    scene.edit(near);
                    dropsBefore(ServerMessage.Joined.class, first, stranger);
                    assertThat(stranger.joins).as("joined").hasValue(0);
                    long known = stranger.on(model -> model.replica().revision());
                    assertThat(known).as("what it knows").isZero();
                }
                scene.comesBack();
                first.mend();
                until(() -> {
                    retryNow(stranger);
                    return online(stranger);
                });
                scene.edit(stranger);
                scene.everythingArrivedOnce(stranger);
            }
        }
    }

    /// Before it is greeted, and after it has joined and pushed but before the first entry, which is the ack of its own.
    @Test
    void drop_SIM7_beforeTheGreetingOrTheFirstEntry() {
        for (Class<? extends ServerMessage> unheard : List.of(ServerMessage.Welcome.class,
                ServerMessage.Committed.class, ServerMessage.Committed.class, ServerMessage.Welcome.class)) {
            scene.edit(near);
            scene.edit(far);
            String greeting = scene.greeting().session();
            dropsBefore(unheard, wire, far);
            assertThat(scene.greeting().session().equals(greeting)).as("not greeted")
                    .isEqualTo(unheard == ServerMessage.Welcome.class);
            assertThat(far.on(DashboardModel::unsent)).as("not acked").isPositive();
        }
        scene.comesBack();
        scene.everythingArrivedOnce();
    }

    /// Also in the middle of the handshake, or of a message.
    @Test
    void drop_SIM7_anywhereInTheFirstBytes() {
        for (long bytes : new long[]{100, 330, 400, 480, 600, 900}) {
            scene.edit(near);
            scene.edit(far);
            long attempts = wire.accepted();
            wire.cutAfter(bytes);
            until(() -> {
                retryNow(far);
                return wire.accepted() > attempts;
            });
            until(() -> !online(far));
        }
        scene.comesBack();
        scene.everythingArrivedOnce();
    }

    /// The connection breaks in the place of the first message of a kind, which the desktop therefore never heard.
    private static void dropsBefore(Class<? extends ServerMessage> unheard, Route way, Desktop desktop) {
        long before = way.heldBack();
        way.cutBefore(unheard);
        until(() -> {
            retryNow(desktop);
            return way.heldBack() > before;
        });
        until(() -> !online(desktop));
    }

    /// It is quiet while the other tests run.
    @Test
    @Tag(QUIETLY)
    @Order(Integer.MAX_VALUE)
    void connection_SIM7_thatWasQuietForVeryLong() {
        long end = quietSince + QUIET.toNanos();
        await().atMost(QUIET.plusMinutes(1)).until(() -> System.nanoTime() > end);
        assertThat(scene.watcher.revision()).isEqualTo(quietRevision);
        assertThat(wire.accepted()).as("connections since then").isEqualTo(quietAttempts);
        wire.cut();
        scene.edit(near);
        scene.edit(far);
        wire.mend();
        scene.everythingArrivedOnce();
        scene.edit(near);
        scene.edit(far);
        scene.everythingArrivedOnce();
    }

    @Test
    void drop_SIM7_rightAfterTheFirst() {
        for (int round = 0; round < 8; round++) {
            scene.edit(far);
            scene.edit(near);
            int joins = far.joins.get();
            wire.drop();
            scene.edit(far);
            scene.edit(near);
            until(() -> {
                retryNow(far);
                return far.joins.get() > joins;
            });
            scene.edit(far);
            assertThat(far.joins).as("between the two drops").hasValue(joins + 1);
            wire.drop();
            scene.edit(near);
            until(() -> {
                retryNow(far);
                return far.joins.get() > joins + 1;
            });
        }
        scene.everythingArrivedOnce();
    }

    @Test
    void instance_SIM7_diesAndTheDesktopLandsOnAnother() throws IOException {
        Path doomed = Files.createDirectories(directory.resolve("doomed"));
        try (Instance two = new Instance(doomed,
                Objects.requireNonNull(EmbeddedPostgres.running(directory.resolve("data"))), redisUrl())) {
            wire.leadTo(two.address());
            wire.drop();
            until(() -> scene.online() && scene.greeting().instance().equals("doomed"));
            for (int i = 0; i < 40; i++) {
                scene.edit(far);
                scene.edit(near);
                if (i == 30) {
                    two.kill();
                    wire.leadTo(server.address());
                }
            }
            until(() -> scene.online() && scene.greeting().instance().equals("one"));
            scene.everythingArrivedOnce();
        }
    }

    @Test
    void reconnect_SIM7_fasterThanTheServerNoticedTheDrop() {
        for (int round = 0; round < 8; round++) {
            String lost = scene.greeting().session();
            scene.edit(far);
            scene.edit(near);
            wire.cutNearEnd();
            scene.edit(far);
            until(() -> {
                retryNow(far);
                return scene.online() && !scene.greeting().session().equals(lost);
            });
            String found = scene.greeting().session();
            until(() -> sessionsSeenBy(near).contains(found));
            assertThat(sessionsSeenBy(near)).as("whom the server has not missed yet").contains(lost);
            scene.edit(near);
        }
        scene.everythingArrivedOnce();
    }

    private static List<String> sessionsSeenBy(Desktop desktop) {
        return desktop.on(model -> model.people().stream().map(ServerMessage.Person::session).toList());
    }

    @Test
    void edits_SIM7_madeWhileDisconnected() {
        wire.cut();
        until(() -> !scene.online());
        for (int i = 0; i < 100; i++) {
            scene.edit(far);
            scene.edit(near);
        }
        assertThat(far.on(DashboardModel::unsent)).isGreaterThanOrEqualTo(100);
        wire.mend();
        retryNow(far);
        scene.everythingArrivedOnce();
    }

    @Test
    void redis_SIM7_isRestarted() throws IOException {
        Path second = Files.createDirectories(directory.resolve("second"));
        try (Instance two = new Instance(second,
                Objects.requireNonNull(EmbeddedPostgres.running(directory.resolve("data"))), redisUrl())) {
            wire.leadTo(two.address());
            wire.drop();
            until(() -> scene.online() && scene.greeting().instance().equals("doomed"));
            for (int i = 0; i < 10; i++) {
                scene.edit(far);
                scene.edit(near);
            }
            redis.stop();
            for (int i = 0; i < 10; i++) {
                scene.edit(far);
                scene.edit(near);
            }
            scene.everythingArrivedOnce();
            scene.edit(far);
            redis = startRedis();
            for (int i = 0; i < 10; i++) {
                scene.edit(near);
                scene.edit(far);
            }
            scene.everythingArrivedOnce();
        }
    }
}
