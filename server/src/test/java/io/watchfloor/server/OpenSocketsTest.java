package io.watchfloor.server;

import static io.watchfloor.server.LiveClient.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.rest.ChangePassword;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.GrantRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.NewGroup;
import io.watchfloor.protocol.rest.NewMember;
import io.watchfloor.protocol.rest.NewRole;
import io.watchfloor.protocol.rest.NewServiceToken;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.bus.redis.TestRedis;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.Grantee;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.PostgresGroupStore;
import io.watchfloor.server.store.postgres.PostgresRightsStore;
import io.watchfloor.server.store.postgres.PostgresTokenStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Open connections to two instances, while somebody's rights change: through the first instance, which tells the other
/// one, and in the database that they share, as by a command line that tells nobody. What is judged is how often each
/// instance has looked at the database until its connection was told, for that does not depend on how busy the machine
/// is; the milliseconds are reported.
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // set before the first test
class OpenSocketsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final String PASSWORD = "correct horse";
    private static final String POLLS = "watchfloor.rights.polls";
    /// Looks of an instance until its connections know: three intervals of 300 ms are less than the second promised.
    private static final int MOST_POLLS = 3;
    private static final PasswordHasher HASHER = new PasswordHasher(new SecureRandom(),
            new PasswordHasher.Cost(64, 1), 1);

    @TempDir
    static Path folder;

    private static WatchfloorServer one;
    private static WatchfloorServer two;
    private static RestCalls near;
    private static RestCalls far;
    private static String admin;
    private static int people;

    private final PostgresAccountStore accounts = new PostgresAccountStore(DATABASE.database());
    private final PostgresRightsStore rights = new PostgresRightsStore(DATABASE.database());
    private final PostgresGroupStore groups = new PostgresGroupStore(DATABASE.database());
    private final PostgresTokenStore tokens = new PostgresTokenStore(DATABASE.database());
    private final List<Measured> measured = new ArrayList<>();
    private DashboardId dashboard;
    private String team = "";

    /// One change as it was seen.
    ///
    /// @param polls of the instance that took more of them
    private record Measured(String change, long polls, long millis) {}

    @BeforeAll
    static void start() throws Exception {
        one = instance("one");
        two = instance("two");
        near = new RestCalls(one.address());
        far = new RestCalls(two.address());
        admin = near.signIn("admin", PASSWORD).accessToken();
    }

    @AfterAll
    static void stop() {
        near.close();
        far.close();
        two.close();
        one.close();
        HASHER.close();
    }

    @Test
    @Order(1)
    void changeOfRights_ACC1_reachesOpenConnectionsOfEveryInstanceWithinASecond(TestReporter report) throws Exception {
        double heard = two.counted("watchfloor.bus.received");
        everyChange();
        assertThat(two.counted("watchfloor.bus.received") - heard).as("the other instance was told over the bus")
                .isGreaterThanOrEqualTo(measured.size() / 2.0);
        judge("with Redis", report);
    }

    @Test
    @Order(2)
    void changeOfRights_ACC1_reachesThemWithinASecond_alsoWithoutRedis(TestReporter report)
            throws Exception {
        REDIS.kill();
        await().atMost(PATIENCE)
                .until(() -> one.counted("watchfloor.bus.connected") + two.counted("watchfloor.bus.connected") == 0);
        double heard = two.counted("watchfloor.bus.received");
        everyChange();
        assertThat(two.counted("watchfloor.bus.received")).as("nothing came over the bus").isEqualTo(heard);
        judge("without Redis", report);
    }

    @Test
    @Order(3)
    void whatOneInstanceHasAnswered_ACC6_isGoodOnTheOtherAtOnce_alsoWithoutRedis() throws Exception {
        new Accounts(accounts, HASHER, InstantSource.system(), new SecureRandom()).add("mover", Role.VIEWER, PASSWORD,
                false);
        for (int i = 0; i < 10; i++) {
            RestCalls.is(near.post("/api/v1/users/mover/role", admin, new NewRole(Role.EDITOR)), 204);
            String token = near.signIn("mover", PASSWORD).accessToken();
            DashboardId made = RestCalls.read(far.post("/api/v1/dashboards", token, new NewDashboard("Moved")), 201,
                    DashboardRow.class).id();
            assertThat(RestCalls.read(near.get("/api/v1/dashboards", token), 200, DashboardList.class).dashboards())
                    .extracting(DashboardRow::id).contains(made);
            try (LiveClient here = new LiveClient(one.address(), token)) {
                assertThat(here.join(made).right()).isEqualTo(Right.OWN);
            }
            RestCalls.is(near.post("/api/v1/dashboards/" + made + "/grants", token,
                    new GrantRow("admin", null, Right.VIEW)), 200);
            RestCalls.is(near.delete("/api/v1/dashboards/" + made, token), 204);
            RestCalls.is(near.post("/api/v1/users/mover/role", admin, new NewRole(Role.VIEWER)), 204);
        }
    }

    /// Each change, not the usual one.
    private void judge(String how, TestReporter report) {
        report.publishEntry("changes of rights " + how, measured.toString());
        assertThat(measured).hasSize(14)
                .allSatisfy(change -> assertThat(change.polls()).as("%s, %s", how, change)
                        .isLessThanOrEqualTo(MOST_POLLS));
    }

    private void everyChange() throws Exception {
        dashboard = RestCalls.read(near.post("/api/v1/dashboards", admin, new NewDashboard("Wall")), 201,
                DashboardRow.class).id();
        team = "team " + people;
        RestCalls.is(near.post("/api/v1/groups", admin, new NewGroup(team)), 201);
        RestCalls.is(near.post(grants(), admin, new GrantRow(null, team, Right.VIEW)), 200);
        overRest();
        inTheStores();
    }

    private String grants() {
        return "/api/v1/dashboards/" + dashboard + "/grants";
    }

    private void overRest() throws Exception {
        with("role", person -> {
            changed(person, () -> RestCalls.is(near.post(person.path("/role"), admin, new NewRole(Role.VIEWER)), 204),
                    granted(Right.VIEW));
            RestCalls.is(near.post(person.path("/role"), admin, new NewRole(Role.EDITOR)), 204);
            hears(person, granted(Right.EDIT));
            changed(person.as("grant revoked"), () -> RestCalls.is(
                    near.post(grants(), admin, new GrantRow(person.name, null, Right.NONE)), 200),
                    granted(Right.VIEW));
            changed(person.as("group left"), () -> RestCalls.is(near.delete(
                    "/api/v1/groups/" + team.replace(" ", "%20") + "/members/" + person.name, admin), 204),
                    granted(Right.NONE));
        });
        with("disabled", person -> changed(person,
                () -> RestCalls.is(near.post(person.path("/disable"), admin, null), 204), closed(CloseCode.DISABLED)));
        with("password", person -> changed(person, () -> RestCalls.is(one.counted("watchfloor.bus.connected") > 0
                ? ofHisOwn(person)
                : near.post(person.path("/reset-password"), admin, null), 200), closed(CloseCode.NOT_SIGNED_IN)));
        with("sign-in ended", person -> changed(person,
                () -> RestCalls.is(near.post(person.path("/sign-out"), admin, null), 204),
                closed(CloseCode.SIGNED_OUT)));
        CreatedServiceToken token = serviceToken();
        revoked(token, () -> RestCalls.is(near.delete("/api/v1/service-tokens/" + token.row().id(), admin), 204));
    }

    /// Who changes his own password counts with Redis alone, and fails closed: where that is slow, he is to come again.
    private static HttpResponse<byte[]> ofHisOwn(Person person) {
        return await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> near.post("/api/v1/password",
                person.token, new ChangePassword(PASSWORD, "battery staple", null)),
                answer -> answer.statusCode() != 503);
    }

    private void inTheStores() throws Exception {
        with("role, told nobody", person -> {
            changed(person, () -> accounts.changeRole(person.name, Role.VIEWER), granted(Right.VIEW));
            accounts.changeRole(person.name, Role.EDITOR);
            hears(person, granted(Right.EDIT));
            changed(person.as("grant revoked, told nobody"),
                    () -> rights.grant(dashboard, new Grantee.Person(person.name), Right.NONE), granted(Right.VIEW));
            changed(person.as("group left, told nobody"), () -> groups.removeMember(team, person.name),
                    granted(Right.NONE));
        });
        with("disabled, told nobody", person -> changed(person, () -> accounts.changeDisabled(person.name, true),
                closed(CloseCode.DISABLED)));
        with("password, told nobody", person -> changed(person,
                () -> accounts.changePassword(person.name, HASHER.hash("battery staple")),
                closed(CloseCode.NOT_SIGNED_IN)));
        with("sign-in ended, told nobody", person -> changed(person, () -> tokens.endFamilies(person.name, null),
                closed(CloseCode.SIGNED_OUT)));
        CreatedServiceToken token = serviceToken();
        revoked(token, () -> tokens.removeServiceToken(token.row().id()));
    }

    private interface Act {
        void run() throws Exception;
    }

    private interface Changes {
        void on(Person person) throws Exception;
    }

    /// Somebody with a connection to each instance.
    private record Person(String change, String name, String token, LiveClient near, LiveClient far) {

        String path(String rest) {
            return "/api/v1/users/" + name + rest;
        }

        Person as(String other) {
            return new Person(other, name, token, near, far);
        }
    }

    private void with(String change, Changes changes) throws Exception {
        String name = "person" + people++;
        new Accounts(accounts, HASHER, InstantSource.system(), new SecureRandom()).add(name, Role.EDITOR, PASSWORD,
                false);
        RestCalls.is(near.post(grants(), admin, new GrantRow(name, null, Right.EDIT)), 200);
        RestCalls.is(near.post("/api/v1/groups/" + team.replace(" ", "%20") + "/members", admin, new NewMember(name)),
                204);
        String token = near.signIn(name, PASSWORD).accessToken();
        try (LiveClient here = new LiveClient(one.address(), token, () -> (long) one.counted(POLLS));
                LiveClient there = new LiveClient(two.address(), token, () -> (long) two.counted(POLLS))) {
            Person person = new Person(change, name, token, here, there);
            here.join(dashboard);
            there.join(dashboard);
            assertThat(here.first(ServerMessage.Joined.class).right()).isEqualTo(Right.EDIT);
            assertThat(there.first(ServerMessage.Joined.class).right()).isEqualTo(Right.EDIT);
            changes.on(person);
        }
    }

    private void changed(Person person, Act act, Predicate<Message> loss) throws Exception {
        int heardNear = person.near.heard().size();
        int heardFar = person.far.heard().size();
        act.run();
        long pollsNear = (long) one.counted(POLLS);
        long pollsFar = (long) two.counted(POLLS);
        long begin = System.nanoTime();
        LiveClient.Heard here = person.near.next(heardNear, loss);
        LiveClient.Heard there = person.far.next(heardFar, loss);
        measured.add(new Measured(person.change, Math.max(here.tick() - pollsNear, there.tick() - pollsFar),
                Duration.ofNanos(Math.max(0, Math.max(here.nanos(), there.nanos()) - begin)).toMillis()));
    }

    private static void hears(Person person, Predicate<Message> what) {
        person.near.next(0, what);
        person.far.next(0, what);
    }

    private static Predicate<Message> granted(Right right) {
        return message -> message instanceof ServerMessage.Granted granted && granted.right() == right;
    }

    private static Predicate<Message> closed(CloseCode code) {
        return message -> message instanceof ServerMessage.Closing closing && closing.code() == code.code();
    }

    private CreatedServiceToken serviceToken() throws Exception {
        CreatedServiceToken token = RestCalls.read(near.post("/api/v1/service-tokens", admin,
                new NewServiceToken("program" + people++, List.of(Scope.INGEST), 1)), 201, CreatedServiceToken.class);
        assertThat(write(near, token)).isEqualTo(204);
        await().atMost(PATIENCE).until(() -> write(far, token) == 204); // with the next look at the latest
        return token;
    }

    private static int write(RestCalls rest, CreatedServiceToken token) throws Exception {
        return rest.send("POST", "/api/v1/write", token.token(), null).statusCode();
    }

    private void revoked(CreatedServiceToken token, Act act) throws Exception {
        act.run();
        long pollsNear = (long) one.counted(POLLS);
        long pollsFar = (long) two.counted(POLLS);
        long begin = System.nanoTime();
        CompletableFuture<Long> elsewhere = CompletableFuture.supplyAsync(() -> refusing(far, two, token));
        long here = refusing(near, one, token) - pollsNear;
        long there = elsewhere.join() - pollsFar;
        measured.add(new Measured("service token", Math.max(here, there),
                Duration.ofNanos(System.nanoTime() - begin).toMillis()));
    }

    /// How often the instance had looked when it was asked and refused.
    private static long refusing(RestCalls rest, WatchfloorServer server, CreatedServiceToken token) {
        AtomicLong polls = new AtomicLong();
        await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> {
            polls.set((long) server.counted(POLLS));
            return write(rest, token) == 401;
        });
        return polls.get();
    }

    private static WatchfloorServer instance(String name) throws StartException {
        var address = DATABASE.address();
        return WatchfloorServer.start(new ServerConfig(name, folder.resolve(name),
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false),
                URI.create(REDIS.url()), Duration.ofDays(30), new AtStart(PASSWORD, Map.of(), null)));
    }
}
