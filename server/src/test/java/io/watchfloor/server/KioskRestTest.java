package io.watchfloor.server;

import static io.watchfloor.server.LiveClient.PATIENCE;
import static io.watchfloor.server.RestCalls.is;
import static io.watchfloor.server.RestCalls.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.rest.AuditPage;
import io.watchfloor.protocol.rest.AuditRow;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.KioskAccess;
import io.watchfloor.protocol.rest.KioskChallenge;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskDashboards;
import io.watchfloor.protocol.rest.KioskEnrolment;
import io.watchfloor.protocol.rest.KioskList;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.NewKiosk;
import io.watchfloor.protocol.rest.NewRole;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.KioskDevice;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Wall screens over REST and WebSocket, on two instances with one real PostgreSQL and no Redis.
@Timeout(240)
class KioskRestTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";
    private static final String POLLS = "watchfloor.rights.polls";

    @TempDir
    Path folder = Path.of("");

    private final KioskDevice device = new KioskDevice();

    @Test
    void kiosk_ACC40_ACC41_ACC42_livesUntilItIsTakenBack_onBothInstances() throws Exception {
        try (WatchfloorServer one = instance("one");
                WatchfloorServer two = instance("two");
                RestCalls near = new RestCalls(one.address());
                RestCalls far = new RestCalls(two.address())) {
            String admin = near.signIn("admin", PASSWORD).accessToken();
            DashboardId wall = read(near.post("/api/v1/dashboards", admin, new NewDashboard("Wall")), 201,
                    DashboardRow.class).id();
            DashboardId secret = read(near.post("/api/v1/dashboards", admin, new NewDashboard("Secret")), 201,
                    DashboardRow.class).id();
            is(near.post("/api/v1/kiosks", admin, new NewKiosk("a/b", List.of(wall))), 400);
            is(near.post("/api/v1/kiosks", admin, new NewKiosk("lobby", List.of())), 400);
            is(near.post("/api/v1/kiosks", admin, new NewKiosk("lobby", List.of(new DashboardId(UUID.randomUUID())))),
                    400);
            KioskCode code = read(near.post("/api/v1/kiosks", admin, new NewKiosk("lobby", List.of(wall))), 201,
                    KioskCode.class);
            is(near.post("/api/v1/kiosks", admin, new NewKiosk("Lobby", List.of(wall))), 409);
            is(near.post("/api/v1/kiosks/enrol", null, new KioskEnrolment(code.code(),
                    "no key")), 400);
            is(near.post("/api/v1/kiosks/enrol", null, device.enrolment("no code")), 401);
            KioskAccess access = read(near.post("/api/v1/kiosks/enrol", null, device.enrolment(code.code())), 200,
                    KioskAccess.class);
            is(far.post("/api/v1/kiosks/enrol", null, new KioskDevice().enrolment(code.code())), 401);
            assertThat(access.dashboards()).containsExactly(wall);

            looksAndDoesNothingElse(far, prove(far, device), wall, secret, admin);
            is(far.post("/api/v1/kiosks/tokens", null, new KioskDevice().proof("lobby", challenge(far))), 401);

            try (LiveClient here = new LiveClient(one.address(), access.accessToken(),
                    () -> (long) one.counted(POLLS));
                    LiveClient there = new LiveClient(two.address(), prove(far, device),
                            () -> (long) two.counted(POLLS))) {
                here.join(wall);
                there.join(wall);
                here.say(new ClientMessage.Renew(prove(near, device)));
                is(near.delete("/api/v1/kiosks/nowhere", admin), 404);
                is(near.delete("/api/v1/kiosks/lobby", admin), 204);
                long polls = (long) two.counted(POLLS);
                here.next(0, KioskRestTest::isDisabled);
                LiveClient.Heard end = there.next(0, KioskRestTest::isDisabled);
                // three intervals of 300 ms: the second that is promised, also on a busy machine
                assertThat(end.tick() - polls).as("polls until the other instance's screen was out").isLessThan(4);
                await().atMost(PATIENCE).until(() -> here.closed() == CloseCode.DISABLED.code()
                        && there.closed() == CloseCode.DISABLED.code());
            }
            is(far.post("/api/v1/kiosks/tokens", null, device.proof("lobby", challenge(far))), 401);
            assertThat(read(near.get("/api/v1/kiosks", admin), 200, KioskList.class).kiosks()).isEmpty();
            assertThat(read(near.get("/api/v1/audit?limit=1000", admin), 200, AuditPage.class).events())
                    .extracting(AuditRow::action, AuditRow::subject, row -> row.outcome().name())
                    .contains(tuple("kiosk-added", "lobby", "DONE"),
                            tuple("kiosk-enrolled", "lobby", "DONE"),
                            tuple("sign-in", "kiosk:lobby", "DONE"),
                            tuple("sign-in", "kiosk:lobby", "REFUSED"),
                            tuple("kiosk-removed", "lobby", "DONE"));
        }
    }

    private static boolean isDisabled(Message message) {
        return message instanceof ServerMessage.Closing closing && closing.code() == CloseCode.DISABLED.code();
    }

    private static void looksAndDoesNothingElse(RestCalls rest, String token, DashboardId wall, DashboardId secret,
            String admin) throws Exception {
        DashboardList list = read(rest.get("/api/v1/dashboards", token), 200, DashboardList.class);
        assertThat(list.dashboards()).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo(wall);
            assertThat(row.right()).isEqualTo(Right.VIEW);
        });
        is(rest.post("/api/v1/dashboards", token, new NewDashboard("Mine")), 403);
        is(rest.post("/api/v1/sessions/end-others", token, null), 403);
        is(rest.get("/api/v1/kiosks", token), 403);
        is(rest.get("/api/v1/dashboards/" + secret + "/history", token), 404);
        is(rest.get("/api/v1/dashboards/" + wall + "/history", token), 200);
        is(rest.post("/api/v1/users/kiosk:lobby/role", admin, new NewRole(Role.ADMIN)), 404);
        is(rest.post("/api/v1/users/kiosk:lobby/reset-password", admin, null), 404);
        is(rest.post("/api/v1/sign-in", null, new SignIn("kiosk:lobby", PASSWORD)), 401);
        try (LiveClient socket = new LiveClient(rest.server(), token)) {
            socket.say(new ClientMessage.Join(secret, new ReplicaId(UUID.randomUUID()), null, 0));
            assertThat(socket.first(ServerMessage.NotJoined.class).code()).isEqualTo(ErrorCode.NOT_FOUND);
            ServerMessage.Joined joined = socket.join(wall);
            assertThat(joined.right()).isEqualTo(Right.VIEW);
            socket.say(new ClientMessage.Push(joined.room(), 1, List.of(new Assignment(ElementId.DASHBOARD, "title",
                    Value.of("Taken over"), new Stamp(System.currentTimeMillis(), 0, joined.replica())))));
            assertThat(socket.first(ServerMessage.Rejected.class).code()).isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void kiosk_ACC42_isMadeOnTheCommandLine_andEnrolledAnew() throws Exception {
        try (WatchfloorServer one = instance("three"); RestCalls rest = new RestCalls(one.address())) {
            String admin = rest.signIn("admin", PASSWORD).accessToken();
            DashboardId hall = read(rest.post("/api/v1/dashboards", admin, new NewDashboard("Hall")), 201,
                    DashboardRow.class).id();
            Path file = folder.resolve("code");
            CommandRun made = CommandRun.of(environment(), "kiosk", "add", "hall", "--dashboard", "Hall",
                    "--code-file", file.toString());
            assertThat(made.code()).as(made.err()).isZero();
            assertThat(CommandRun.of(environment(), "kiosk", "add", "attic", "--dashboard", "Attic", "--code-file",
                    folder.resolve("none").toString()).err()).contains("There is no dashboard called \"Attic\"");
            KioskAccess access = read(rest.post("/api/v1/kiosks/enrol", null,
                    device.enrolment(Files.readString(file).strip())), 200, KioskAccess.class);
            try (LiveClient socket = new LiveClient(one.address(), access.accessToken())) {
                socket.join(hall);
                Path again = folder.resolve("again");
                assertThat(CommandRun.of(environment(), "kiosk", "enrol-anew", "hall", "--code-file", again.toString())
                        .code()).isZero();
                await().atMost(PATIENCE).until(() -> socket.closed() == CloseCode.DISABLED.code());
                KioskDevice next = new KioskDevice();
                read(rest.post("/api/v1/kiosks/enrol", null, next.enrolment(Files.readString(again).strip())), 200,
                        KioskAccess.class);
            }
            is(rest.post("/api/v1/kiosks/hall/dashboards", admin, new KioskDashboards(List.of(hall))), 204);
            assertThat(CommandRun.of(environment(), "kiosk", "list").out()).contains("hall").contains("enrolled");
            assertThat(CommandRun.of(environment(), "kiosk", "remove", "hall").code()).isZero();
            assertThat(CommandRun.of(environment(), "kiosk", "remove", "hall").err()).contains("There is no");
            assertThat(read(rest.get("/api/v1/audit?limit=1000", admin), 200, AuditPage.class).events())
                    .filteredOn(row -> "hall".equals(row.subject())).extracting(AuditRow::action)
                    .contains("kiosk-added", "kiosk-code-made", "kiosk-dashboards-changed", "kiosk-removed");
        }
    }

    private static String challenge(RestCalls rest) throws Exception {
        return read(rest.post("/api/v1/kiosks/challenge", null, null), 200, KioskChallenge.class).challenge();
    }

    private static String prove(RestCalls rest, KioskDevice device) throws Exception {
        return read(rest.post("/api/v1/kiosks/tokens", null, device.proof("lobby", challenge(rest))), 200,
                KioskAccess.class).accessToken();
    }

    private static Map<String, String> environment() {
        var address = DATABASE.address();
        return Map.of("WATCHFLOOR_DATABASE_URL", address.url(), "WATCHFLOOR_DATABASE_USER",
                Objects.requireNonNull(address.user()), "WATCHFLOOR_DATABASE_PASSWORD",
                Objects.requireNonNull(address.password()));
    }

    private WatchfloorServer instance(String name) throws StartException {
        var address = DATABASE.address();
        return WatchfloorServer.start(new ServerConfig(name, folder.resolve(name),
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(PASSWORD, Map.of(), null)));
    }
}
