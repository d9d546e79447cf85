package io.watchfloor.benchmark.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.WidgetDraft;
import io.watchfloor.client.sync.FeedState;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.sample.Query;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.StartException;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.DatabaseAddress;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/// Two instances on one real PostgreSQL and one real Redis.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set before all tests
class TwoInstancesTest {

    private static final String DASHBOARD = "This machine";

    @TempDir
    private static Path directory;

    private static int port;
    private static RedisServer redis;
    private static WatchfloorServer one;
    private static WatchfloorServer two;
    private static Desktop ada;
    private static Desktop bob;

    @BeforeAll
    static void start() throws Exception {
        port = RealRedis.freePort();
        URI redisUrl = URI.create("redis://127.0.0.1:" + port);
        Path data = PreparedDatabase.in(directory.resolve("data"));
        redis = RealRedis.start(port);
        one = instance("one", data, new DatabaseChoice.Embedded(), redisUrl);
        two = instance("two", directory.resolve("two"), external(data), redisUrl);
        ada = new Desktop(one.address(), directory.resolve("ada"), DASHBOARD);
        bob = new Desktop(two.address(), directory.resolve("bob"), DASHBOARD);
        until(() -> ada.on(DashboardModel::joined) && bob.on(DashboardModel::joined));
        until(() -> ada.on(model -> model.people().size()) == 2);
        until(() -> bob.on(model -> model.people().size()) == 2);
    }

    @AfterAll
    static void stop() throws Exception {
        bob.close();
        ada.close();
        two.close();
        one.close();
        redis.stop();
    }

    @AfterEach
    void nothingWasRefused() {
        assertThat(ada.rejections).isEmpty();
        assertThat(bob.rejections).isEmpty();
    }

    private static WatchfloorServer instance(String name, Path dataDir, DatabaseChoice database, URI redis)
            throws StartException {
        return WatchfloorServer.start(new ServerConfig(name, dataDir,
                new ServerConfig.Listening(new ListenAddress("127.0.0.1", 0), null, false), database, redis,
                Duration.ofDays(7), new ServerConfig.AtStart(RunningServer.PASSWORD, Map.of(), null)));
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
    }

    private static Bounds bounds(Desktop desktop, ElementId id) {
        return desktop.find(id).orElseThrow().bounds();
    }

    private static void place(Desktop mover, Desktop watcher, Bounds bounds) {
        ElementId widget = mover.widget("Load").id();
        mover.on(model -> model.editor().place(widget, bounds));
        until(() -> bounds(watcher, widget).equals(bounds));
    }

    @Test
    void instances_ROOM11_shareEditsPeopleAndSamples() {
        place(ada, bob, new Bounds(1, 50, 5, 5));
        place(bob, ada, new Bounds(2, 50, 6, 6));
        samplesReachBoth(ada, bob);
    }

    @Test
    void instances_ROOM12_followEachOtherWithRedisGone_SAM16_samplesToo() throws IOException {
        redis.stop();
        try {
            place(ada, bob, new Bounds(3, 50, 7, 7));
            samplesReachBoth(ada, bob);
        } finally {
            redis = RealRedis.start(port);
        }
        place(ada, bob, new Bounds(1, 51, 5, 5));
    }

    /// Both type at once, at places of their own choice, and see one text in the end; then undo takes back one's own.
    @Test
    void desktops_TXT18_typeInOneNote() throws InterruptedException {
        ElementId note = ada.on(model -> Objects.requireNonNull(model.editor().add(new WidgetDraft(Properties.KIND_TEXT,
                "Handover", new Bounds(0, 60, 6, 5), null, "none", List.of()))));
        until(() -> bob.find(note).isPresent());
        Thread other = Thread.ofPlatform().start(() -> type(bob, note, "bob", 2));
        type(ada, note, "ada", 1);
        other.join();
        until(() -> ada.on(DashboardModel::unsent) == 0 && bob.on(DashboardModel::unsent) == 0
                && text(ada, note).equals(text(bob, note)));
        assertThat(text(ada, note)).isNotEmpty().contains("\uD83D\uDE00");

        int end = text(ada, note).length();
        ada.on(model -> model.editor().type(note, Properties.TEXT, Delta.insert(end, " [ada's last words]")));
        until(() -> text(bob, note).contains("[ada's last words]"));
        bob.on(model -> model.editor().type(note, Properties.TEXT, Delta.insert(0, "bob's first. ")));
        until(() -> text(ada, note).startsWith("bob's first. "));
        ada.on(model -> model.editor().undo());
        until(() -> !text(bob, note).contains("[ada's last words]"));
        assertThat(text(bob, note)).startsWith("bob's first. ").isEqualTo(text(ada, note));
    }

    private static String text(Desktop desktop, ElementId note) {
        return desktop.on(model -> model.text(note, Properties.TEXT));
    }

    private static void type(Desktop desktop, ElementId note, String word, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 150; i++) {
            String piece = random.nextInt(4) == 0 ? "\uD83D\uDE00" : word + " ";
            int where = random.nextInt();
            boolean deletes = random.nextInt(4) == 0;
            desktop.on(model -> {
                String now = model.text(note, Properties.TEXT);
                int at = place(now, where);
                int end = deletes ? place(now, at + 4) : at;
                return model.editor().type(note, Properties.TEXT, Delta.replace(at, Math.max(0, end - at), piece));
            });
        }
    }

    private static int place(String text, int wanted) {
        int at = Math.floorMod(wanted, text.length() + 1);
        return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    /// The second instance serves the database that the first one keeps.
    private static DatabaseChoice external(Path dataDir) {
        DatabaseAddress address = Objects.requireNonNull(EmbeddedPostgres.running(dataDir));
        return new DatabaseChoice.External(address.url(), address.user(), address.password(), true);
    }

    /// One of the instances samples the machine; both show it.
    private static void samplesReachBoth(Desktop ada, Desktop bob) {
        Query query = Objects.requireNonNull(ada.widget("Load, 1 minute").query());
        CollectedSamples atAda = new CollectedSamples();
        CollectedSamples atBob = new CollectedSamples();
        ada.on(model -> model.live().series(query, 300_000, 500, atAda));
        bob.on(model -> model.live().series(query, 300_000, 500, atBob));
        until(() -> !atAda.samples.isEmpty() && atAda.state().equals(FeedState.LIVE));
        until(() -> !atBob.samples.isEmpty() && atBob.state().equals(FeedState.LIVE));
        long newest = Math.max(atAda.samples.lastKey(), atBob.samples.lastKey());
        long later = newest + 3_000;
        until(() -> atAda.samples.lastKey() > later && atBob.samples.lastKey() > later);
        // at some moment: a machine that has just paused shows the one that it went on with first
        until(() -> Math.abs(atAda.samples.lastKey() - atBob.samples.lastKey()) < 5_000);
    }
}
