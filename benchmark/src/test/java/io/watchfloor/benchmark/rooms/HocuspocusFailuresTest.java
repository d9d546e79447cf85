package io.watchfloor.benchmark.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.DatabaseAddress;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a well-known server of this kind got wrong: a reconnect that races with the room's unload, a slow store that is
/// asked again and again meanwhile, and a store that fails and leaves rooms behind. Against a whole server, over real
/// sockets, with a real PostgreSQL behind a network that can be slow or gone.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set before the first test
class HocuspocusFailuresTest {

    private static final String PASSWORD = "correct horse battery";

    /// Far less than a server's minute, so that many rooms are unloaded in a short time.
    private static final Duration EMPTY_ROOMS = Duration.ofSeconds(1);
    /// So many times the room is unloaded while somebody comes and goes.
    private static final int UNLOADS = 5;

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static WeakDatabase way;
    private static WatchfloorServer server;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private String token = "";
    private final ReplicaId replica = new ReplicaId(UUID.randomUUID());
    private final List<Talker> talkers = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(PreparedDatabase.in(folder.resolve("database")));
        DatabaseAddress address = postgres.address();
        Matcher port = Pattern.compile(":([0-9]+)/").matcher(address.url());
        assertThat(port.find()).isTrue();
        way = new WeakDatabase(Integer.parseInt(port.group(1)));
        server = WatchfloorServer.start(new ServerConfig("one", folder.resolve("server"),
                new ServerConfig.Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new ServerConfig.DatabaseChoice.External(address.url().replace(":" + port.group(1) + "/",
                        ":" + way.port() + "/"), address.user(), address.password(), true),
                null, new ServerConfig.Keeping(Duration.ofDays(7), Duration.ofDays(400), EMPTY_ROOMS),
                new ServerConfig.AtStart(PASSWORD, Map.of(), null)));
    }

    @AfterAll
    static void stop() throws Exception {
        HTTP.close();
        server.close();
        way.close();
        postgres.close();
    }

    @BeforeEach
    void signIn() throws Exception {
        token = post("/api/v1/sign-in", new SignIn("admin", PASSWORD), Tokens.class).accessToken();
    }

    @AfterEach
    void hangUp() {
        talkers.forEach(Talker::close);
    }

    /// Somebody leaves and comes back all the time, until the room was unloaded often enough between two joins.
    @Test
    void reconnect_ROOM14_thatRacesWithTheRoomsUnloadFindsEverything() throws Exception {
        DashboardId dashboard = dashboard();
        long seq = 0;
        ServerMessage.Joined joined = null;
        Set<Integer> rooms = new HashSet<>();
        while (rooms.size() <= UNLOADS || seq <= 50) {
            Talker talker = new Talker(HTTP, server.address(), token);
            joined = talker.join(dashboard, replica, joined == null ? null : joined.epoch(), 1 + seq);
            assertThat(joined.highWater()).as("nothing that was acked is missing").isEqualTo(seq);
            rooms.add(joined.room());
            seq++;
            talker.title(joined, seq);
            talker.await(ServerMessage.Committed.class, 1);
            talker.close();
        }
        ServerMessage.Joined all = talker().join(dashboard, new ReplicaId(UUID.randomUUID()),
                java.util.Objects.requireNonNull(joined).epoch(), 1);
        long head = all.entries().isEmpty()
                ? java.util.Objects.requireNonNull(all.snapshot()).revision()
                : all.entries().getLast().revision();
        assertThat(rooms).as("each time one more, under a number of its own").hasSizeGreaterThan(UNLOADS);
        assertThat(head).as("after %d rooms", rooms.size()).isEqualTo(1 + seq);
    }

    @Test
    void slowStore_ROOM4_isAskedOnceAtATimeHoweverMuchComesMeanwhile() throws Exception {
        DashboardId dashboard = dashboard();
        Talker talker = talker();
        ServerMessage.Joined joined = talker.join(dashboard, replica, null, 0);
        double before = metric("watchfloor_appends_total");
        way.slow(250);
        long start = System.nanoTime();
        int pushes = 300;
        for (int i = 1; i <= pushes; i++) {
            talker.title(joined, i);
            if (i % 30 == 0) { // at most 64 may be in flight
                talker.await(ServerMessage.Committed.class, i - 29);
            }
        }
        talker.await(ServerMessage.Committed.class, pushes);
        way.slow(0);
        double appends = metric("watchfloor_appends_total") - before;
        long quarters = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / 250;
        assertThat(appends).as("one append at a time").isLessThanOrEqualTo(quarters + 1.0).isLessThan(pushes / 4.0);
        assertThat(talker.heard(ServerMessage.Committed.class)).extracting(c -> c.entry().clientSeq())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, pushes).boxed().toList());
        assertThat(talker.heard(ServerMessage.Failed.class)).isEmpty();
    }

    @Test
    void failedStore_ROOM13_leavesNoRoomBehindAndLosesNothing() throws Exception {
        DashboardId open = dashboard();
        List<DashboardId> closed = List.of(dashboard(), dashboard(), dashboard());
        Talker talker = talker();
        ServerMessage.Joined joined = talker.join(open, replica, null, 0);
        way.leave();
        for (int i = 1; i <= 20; i++) {
            talker.title(joined, i);
        }
        Talker stranger = new Talker(HTTP, server.address(), token);
        talkers.add(stranger);
        for (int i = 0; i < 30; i++) {
            stranger.say(new io.watchfloor.protocol.ClientMessage.Join(closed.get(i % 3), replica, null, 0));
        }
        stranger.await(ServerMessage.NotJoined.class, 30);
        assertThat(stranger.heard(ServerMessage.NotJoined.class)).extracting(ServerMessage.NotJoined::code)
                .containsOnly(ErrorCode.UNAVAILABLE);
        assertThat(talker.heard(ServerMessage.Committed.class)).isEmpty();
        talker.close();
        stranger.close();
        way.comeBack();

        Awaitility.await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofSeconds(1)).ignoreExceptions()
                .untilAsserted(() -> assertThat(metric("watchfloor_rooms")).isZero());
        Talker back = talker();
        ServerMessage.Joined again = back.join(open, replica, joined.epoch(), 1);
        assertThat(again.highWater()).as("what was taken was made durable").isEqualTo(20);
        assertThat(again.entries()).extracting(Entry::clientSeq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(back.join(closed.getFirst(), replica, null, 0).dashboard()).isEqualTo(closed.getFirst());
    }

    private Talker talker() {
        Talker talker = new Talker(HTTP, server.address(), token);
        talkers.add(talker);
        return talker;
    }

    private DashboardId dashboard() throws Exception {
        return post("/api/v1/dashboards", new NewDashboard("Wall"), DashboardRow.class).id();
    }

    private <T> T post(String path, Record body, Class<T> answer) throws Exception {
        HttpResponse<String> response = send(path, HttpRequest.BodyPublishers
                .ofByteArray(RecordCodec.of(Encoding.JSON).encode(body)));
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        return RecordCodec.of(Encoding.JSON).decode(response.body().getBytes(StandardCharsets.UTF_8), answer);
    }

    private double metric(String name) throws Exception {
        String text = send("/metrics", null).body();
        return text.lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    private HttpResponse<String> send(String path, HttpRequest.@Nullable BodyPublisher body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send((body == null ? request.GET() : request.POST(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
