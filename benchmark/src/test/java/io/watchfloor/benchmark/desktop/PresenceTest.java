package io.watchfloor.benchmark.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.sync.Colleague;
import io.watchfloor.document.ElementId;
import io.watchfloor.protocol.Presence.Point;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.StartException;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/// Who is here and what they do, with two whole instances, one of them in a process that is killed, real sockets and a real
/// Redis.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PresenceTest {

    private static final String DASHBOARD = "This machine";
    /// What is promised, and some seconds for a busy machine to notice.
    private static final Duration FIFTEEN_SECONDS = Duration.ofSeconds(15 + 5);
    /// The same, and far less than it takes to miss somebody who went without a word.
    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    private static WatchfloorServer instance(String name, Path dataDir, DatabaseChoice database, URI redis)
            throws StartException {
        return WatchfloorServer.start(new ServerConfig(name, dataDir,
                new ServerConfig.Listening(new ListenAddress("127.0.0.1", 0), null, false), database, redis,
                Duration.ofDays(7), new ServerConfig.AtStart(RunningServer.PASSWORD, Map.of(), null)));
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
    }

    private static int count(Desktop desktop) {
        return desktop.on(model -> model.company().people().size());
    }

    private static List<String> sessions(Desktop desktop) {
        return desktop.on(model -> model.company().people().stream().map(ServerMessage.Person::session).toList());
    }

    private static String session(Desktop desktop) {
        return desktop.on(_ -> Objects.requireNonNull(desktop.connection().greeted()).session());
    }

    private static List<Point> pointers(Desktop desktop) {
        return desktop.on(model -> model.company().colleagues().stream().map(each -> each.presence().cursor())
                .filter(Objects::nonNull).toList());
    }

    private static boolean point(Desktop desktop, double x, double y) {
        return desktop.on(model -> {
            model.company().cursor(new Point(x, y));
            return true;
        });
    }

    @Test
    void people_PRE3_goAtOnce_PRE4_orInFifteenSecondsWithTheirMachine_PRE5_orTheirInstance() throws Exception {
        int port = RealRedis.freePort();
        URI redisUrl = URI.create("redis://127.0.0.1:" + port);
        Path data = PreparedDatabase.in(directory.resolve("data"));
        RedisServer redis = RealRedis.start(port);
        try (WatchfloorServer one = instance("one", data, new DatabaseChoice.Embedded(), redisUrl);
                Instance two = new Instance(Files.createDirectories(directory.resolve("two")),
                        Objects.requireNonNull(EmbeddedPostgres.running(data)), redisUrl);
                Route wire = new Route(two.address());
                Route way = new Route(two.address());
                Desktop ada = new Desktop(one.address(), directory.resolve("ada"), DASHBOARD);
                Desktop bob = new Desktop(way.address(), directory.resolve("bob"), DASHBOARD);
                Desktop eve = new Desktop(wire.address(), directory.resolve("eve"), DASHBOARD)) {
            until(() -> ada.on(DashboardModel::joined) && bob.on(DashboardModel::joined)
                    && eve.on(DashboardModel::joined));
            until(() -> count(ada) == 3 && count(bob) == 3 && count(eve) == 3);
            whatOneShowsIsSeenByTheOther(ada, bob);

            wire.freeze();
            await("a machine that died").atMost(FIFTEEN_SECONDS).until(() -> count(ada) == 2 && count(bob) == 2);

            try (Desktop fay = new Desktop(two.address(), directory.resolve("fay"), DASHBOARD)) {
                until(() -> count(ada) == 3 && count(bob) == 3 && count(fay) == 3);
            }
            await("a window that was closed").atMost(AT_ONCE)
                    .until(() -> count(ada) == 2 && count(bob) == 2);

            redis.stop();
            await("an instance that cannot be heard").atMost(FIFTEEN_SECONDS)
                    .until(() -> count(ada) == 1 && count(bob) == 1);
            assertThat(pointers(ada)).isEmpty();
            redis = RealRedis.start(port);
            until(() -> count(ada) == 2 && count(bob) == 2);
            until(() -> pointers(ada).size() == 1 && pointers(bob).size() == 1);

            String ghost = session(bob);
            assertThat(sessions(ada)).contains(ghost);
            way.leadTo(one.address());
            two.kill();
            await("an instance that died").atMost(FIFTEEN_SECONDS).until(() -> !sessions(ada).contains(ghost));
            until(() -> !session(bob).equals(ghost) && sessions(ada).contains(session(bob)));
            until(() -> count(ada) == 2 && count(bob) == 2 && pointers(ada).size() == 1 && pointers(bob).size() == 1);
            await("ghosts do not come back").during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(60))
                    .until(() -> count(ada) == 2 && count(bob) == 2);
        } finally {
            redis.stop();
        }
    }

    /// Both are shown each other's pointer, and no more often than thirty times a second
    private static void whatOneShowsIsSeenByTheOther(Desktop ada, Desktop bob) {
        ElementId widget = ada.widget("Load").id();
        ada.on(model -> {
            model.company().selection(List.of(widget));
            return true;
        });
        AtomicInteger changes = new AtomicInteger();
        bob.on(model -> model.company().listen(changes::incrementAndGet));
        long began = System.nanoTime();
        for (int i = 0; i <= 1_000; i++) {
            point(ada, i % 24, i / 10.0);
        }
        point(bob, 3, 7);
        until(() -> pointers(bob).contains(new Point(1_000 % 24, 100)));
        until(() -> pointers(ada).contains(new Point(3, 7)));
        double seconds = (System.nanoTime() - began) / 1e9;
        assertThat(changes.get()).isLessThanOrEqualTo((int) (30 * seconds) + 5);
        List<Colleague> seen = bob.on(model -> model.company().colleagues());
        assertThat(seen).anyMatch(each -> each.presence().selection().equals(List.of(widget)));
    }
}
