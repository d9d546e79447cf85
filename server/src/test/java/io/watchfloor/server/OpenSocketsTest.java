package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.bus.redis.TestRedis;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.Grantee;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.PostgresDashboardStore;
import io.watchfloor.server.store.postgres.PostgresGroupStore;
import io.watchfloor.server.store.postgres.PostgresRightsStore;
import io.watchfloor.server.store.postgres.PostgresTokenStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Open connections to two instances, while somebody's rights change in the database they share.
@Timeout(300)
class OpenSocketsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final String PASSWORD = "correct horse";

    private final PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1);
    private final PostgresAccountStore accounts = new PostgresAccountStore(DATABASE.database());
    private final PostgresRightsStore rights = new PostgresRightsStore(DATABASE.database());
    private final PostgresGroupStore groups = new PostgresGroupStore(DATABASE.database());
    private final PostgresTokenStore tokens = new PostgresTokenStore(DATABASE.database());
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Long> took = new ArrayList<>();
    private int people;

    @TempDir
    Path folder = Path.of("");

    @Test
    void changeOfRights_ACC1_reachesOpenConnectionsOfEveryInstanceWithinASecond_alsoWithoutRedis() throws Exception {
        try (WatchfloorServer one = instance("one"); WatchfloorServer two = instance("two")) {
            everyChange(one.address(), two.address());
            REDIS.kill();
            everyChange(one.address(), two.address());
        } finally {
            hasher.close();
            http.close();
        }
        took.sort(null);
        assertThat(took.get(took.size() / 2)).as("milliseconds, the median of %s", took).isLessThan(1_000);
    }

    private void everyChange(URI one, URI two) throws Exception {
        DashboardId dashboard = new DashboardId(UUID.randomUUID());
        new PostgresDashboardStore(DATABASE.database()).create(dashboard, "Wall", null, List.of())
                .toCompletableFuture().join();
        rights.grant(dashboard, new Grantee.Everyone(), Right.NONE);
        String team = "team " + UUID.randomUUID();
        groups.addGroup(team, 0);
        rights.grant(dashboard, new Grantee.Members(team), Right.VIEW);

        withTwo(one, two, dashboard, team, (name, near, far) -> {
            within(() -> rights.grant(dashboard, new Grantee.Person(name), Right.VIEW),
                    () -> told(near, Right.VIEW) && told(far, Right.VIEW));
            within(() -> rights.grant(dashboard, new Grantee.Person(name), Right.EDIT),
                    () -> told(near, Right.EDIT) && told(far, Right.EDIT));
            within(() -> accounts.changeRole(name, Role.VIEWER), () -> told(near, Right.VIEW) && told(far, Right.VIEW));
            rights.grant(dashboard, new Grantee.Person(name), Right.NONE);
            within(() -> groups.removeMember(team, name), () -> told(near, Right.NONE) && told(far, Right.NONE));
        });
        withTwo(one, two, dashboard, team, (name, near, far) -> within(() -> accounts.changeDisabled(name, true),
                () -> closed(near, CloseCode.DISABLED) && closed(far, CloseCode.DISABLED)));
        withTwo(one, two, dashboard, team,
                (name, near, far) -> within(() -> accounts.changePassword(name, hasher.hash("battery staple")),
                        () -> closed(near, CloseCode.NOT_SIGNED_IN) && closed(far, CloseCode.NOT_SIGNED_IN)));
        withTwo(one, two, dashboard, team, (name, near, far) -> within(() -> tokens.endFamilies(name, null),
                () -> closed(near, CloseCode.SIGNED_OUT) && closed(far, CloseCode.SIGNED_OUT)));
    }

    private interface Change {
        void on(String name, LiveClient near, LiveClient far);
    }

    private void withTwo(URI one, URI two, DashboardId dashboard, String team, Change change) throws Exception {
        String name = "person" + people++;
        new Accounts(accounts, hasher, InstantSource.system(), new SecureRandom()).add(name, Role.EDITOR, PASSWORD,
                false);
        rights.grant(dashboard, new Grantee.Person(name), Right.EDIT);
        groups.addMember(team, name);
        try (LiveClient near = new LiveClient(one, signIn(one, name));
                LiveClient far = new LiveClient(two, signIn(two, name))) {
            near.join(dashboard);
            far.join(dashboard);
            change.on(name, near, far);
        }
    }

    private void within(Runnable change, BooleanSupplier seen) {
        change.run();
        long start = System.nanoTime();
        await().pollInterval(Duration.ofMillis(5)).until(seen::getAsBoolean);
        took.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static boolean told(LiveClient client, Right right) {
        List<ServerMessage.Granted> granted = client.all(ServerMessage.Granted.class);
        return !granted.isEmpty() && granted.getLast().right() == right;
    }

    private static boolean closed(LiveClient client, CloseCode code) {
        return client.closed() == code.code();
    }

    private String signIn(URI server, String name) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/v1/sign-in"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(
                        RecordCodec.of(Encoding.JSON).encode(new SignIn(name, PASSWORD))))
                .build();
        byte[] body = http.send(request, BodyHandlers.ofByteArray()).body();
        return RecordCodec.of(Encoding.JSON).decode(body, Tokens.class).accessToken();
    }

    private WatchfloorServer instance(String name) throws StartException {
        var address = DATABASE.address();
        return WatchfloorServer.start(new ServerConfig(name, folder.resolve(name),
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false),
                URI.create(REDIS.url()), Duration.ofDays(30), new AtStart(PASSWORD, Map.of(), null)));
    }
}
