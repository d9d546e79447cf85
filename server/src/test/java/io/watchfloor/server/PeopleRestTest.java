package io.watchfloor.server;

import static io.watchfloor.server.LiveClient.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.AcceptInvitation;
import io.watchfloor.protocol.rest.AccessRow;
import io.watchfloor.protocol.rest.AuditChains;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.protocol.rest.AuditPage;
import io.watchfloor.protocol.rest.AuditRow;
import io.watchfloor.protocol.rest.CreatedInvitation;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.Device;
import io.watchfloor.protocol.rest.Directory;
import io.watchfloor.protocol.rest.FactorCode;
import io.watchfloor.protocol.rest.FactorEnrolment;
import io.watchfloor.protocol.rest.FactorState;
import io.watchfloor.protocol.rest.GrantList;
import io.watchfloor.protocol.rest.GrantRow;
import io.watchfloor.protocol.rest.GroupList;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.NewGroup;
import io.watchfloor.protocol.rest.NewInvitation;
import io.watchfloor.protocol.rest.NewMember;
import io.watchfloor.protocol.rest.NewRole;
import io.watchfloor.protocol.rest.NewUser;
import io.watchfloor.protocol.rest.OneTimePassword;
import io.watchfloor.protocol.rest.Password;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.RecoveryCodes;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.SecuritySettings;
import io.watchfloor.protocol.rest.SessionList;
import io.watchfloor.protocol.rest.SessionRow;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.protocol.rest.UserList;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.auth.TestAuthenticator;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Accounts, groups, sharing, second factors and the audit log over REST, of a whole server on a real PostgreSQL.
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PeopleRestTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();
    /// Everything that nobody may find in a log.
    private static final Set<String> SECRETS = new HashSet<>();

    @TempDir
    static Path folder = Path.of("");

    private static @Nullable WatchfloorServer server;
    private static @Nullable OpenApiCheck document;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ((Logger) LoggerFactory.getLogger("io.watchfloor")).setLevel(Level.TRACE);
        LOGGED.start();
        root.addAppender(LOGGED);
        PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1);
        Accounts accounts = new Accounts(new PostgresAccountStore(DATABASE.database()), hasher, InstantSource.system(),
                new SecureRandom());
        accounts.add("ann", Role.EDITOR, PASSWORD, false);
        accounts.add("ben", Role.EDITOR, PASSWORD, false);
        accounts.add("cat", Role.EDITOR, PASSWORD, false);
        accounts.add("vic", Role.VIEWER, PASSWORD, false);
        accounts.add("boss", Role.ADMIN, PASSWORD, false);
        SECRETS.add(PASSWORD);
        var address = DATABASE.address();
        server = WatchfloorServer.start(new ServerConfig("test", folder.resolve("data"),
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(null, Map.of(), null)));
        SECRETS.add(Objects.requireNonNull(address.password()));
    }

    @AfterEach
    void closeConnections() {
        client.close();
    }

    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(LOGGED);
        ((Logger) LoggerFactory.getLogger("io.watchfloor")).setLevel(null);
        Objects.requireNonNull(server).close();
    }

    /// The last one, after all that the others have done: of all that was told only where it had to be, nothing is in what
    /// the server has said, in the exported audit log, or in the checkpoints; and that log is as it was written.
    @Test
    @Order(Integer.MAX_VALUE)
    void secrets_AUD7_areInNoLog_andTheAuditLogIsWhole_AUD4() throws Exception {
        String boss = signIn("boss").accessToken();
        for (int i = 0; i < 20; i++) { // enough to look through where no other test has run
            secret(read(post("/api/v1/users", boss, new NewUser("silent" + i, Role.VIEWER)), 201,
                    OneTimePassword.class));
        }
        Objects.requireNonNull(server).close();
        LOGGED.stop(); // whatever else runs in this process may go on to log
        List<String> said = new ArrayList<>(LOGGED.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
        CommandRun exported = CommandRun.of(environment(), "audit", "export");
        said.addAll(exported.out().lines().toList());
        said.addAll(Files.readAllLines(folder.resolve("data").resolve("audit-checkpoints.log")));
        assertThat(said).hasSizeGreaterThan(20);
        assertThat(SECRETS).hasSizeGreaterThan(5);
        for (String secret : SECRETS) {
            assertThat(said).as("AUD-7: no secret in any log").noneMatch(line -> line.contains(secret));
        }
        CommandRun verified = CommandRun.of(environment(), "audit", "verify", "--checkpoint",
                folder.resolve("data").resolve("audit-checkpoints.log").toString());
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out()).contains("all as it was written");
    }

    @Test
    void user_ACC30_isMadeChangedAndDisabledByAdministrators_andItIsWrittenDown_AUD8() throws Exception {
        String boss = signIn("boss").accessToken();
        assertProblem(get("/api/v1/users", signIn("ann").accessToken()), 403, "forbidden");
        OneTimePassword made = secret(read(post("/api/v1/users", boss, new NewUser("newbie", Role.VIEWER)), 201,
                OneTimePassword.class));
        assertProblem(post("/api/v1/users", boss, new NewUser("Newbie", Role.VIEWER)), 409, "conflict");
        assertProblem(post("/api/v1/users", boss, new NewUser("a b", Role.VIEWER)), 400, "invalid");
        assertThat(read(post("/api/v1/sign-in", null, new SignIn("newbie", made.password())), 200, Tokens.class)
                .mustChangePassword()).isTrue();
        assertThat(post("/api/v1/users/newbie/role", boss, new NewRole(Role.EDITOR)).statusCode()).isEqualTo(204);
        assertThat(post("/api/v1/users/newbie/disable", boss, new NewRole(Role.EDITOR)).statusCode()).isEqualTo(204);
        assertProblem(post("/api/v1/sign-in", null, new SignIn("newbie", made.password())), 401, "wrong-credentials");
        assertThat(users(boss)).anySatisfy(row -> {
            assertThat(row.name()).isEqualTo("newbie");
            assertThat(row.role()).isEqualTo(Role.EDITOR);
            assertThat(row.disabled()).isTrue();
        });
        assertThat(post("/api/v1/users/newbie/enable", boss, new NewRole(Role.EDITOR)).statusCode()).isEqualTo(204);
        secret(read(post("/api/v1/users/newbie/reset-password", boss, new NewRole(Role.EDITOR)), 200,
                OneTimePassword.class));
        assertProblem(post("/api/v1/users/nobody/disable", boss, new NewRole(Role.EDITOR)), 404, "not-found");
        assertThat(audit(boss).stream().filter(row -> "newbie".equals(row.subject())).map(AuditRow::action))
                .contains("user-added", "user-role-changed", "user-disabled", "user-enabled", "user-password-reset",
                        "sign-in");
        assertThat(audit(boss)).filteredOn(row -> row.action().equals("user-added")).first().satisfies(row -> {
            assertThat(row.actor()).isEqualTo("boss");
            assertThat(row.address()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void nobody_ACC5_raisesHimself_andTheLastAdministratorStays() throws Exception {
        String boss = signIn("boss").accessToken();
        String ann = signIn("ann").accessToken();
        assertProblem(post("/api/v1/users/boss/role", boss, new NewRole(Role.VIEWER)), 403, "forbidden");
        assertProblem(post("/api/v1/users/boss/disable", boss, new NewRole(Role.VIEWER)), 403, "forbidden");
        assertProblem(post("/api/v1/users/ann/role", ann, new NewRole(Role.ADMIN)), 403, "forbidden");
        assertProblem(post("/api/v1/groups", ann, new NewGroup("mine")), 403, "forbidden");
        assertProblem(post("/api/v1/settings/security", ann, new SecuritySettings(List.of())), 403, "forbidden");
        assertProblem(post("/api/v1/invitations", ann, new NewInvitation("x", Role.ADMIN, List.of(), null)), 403,
                "forbidden");
        CommandRun last = CommandRun.of(environment(), "user", "disable", "boss");
        assertThat(last.code()).isEqualTo(1);
        assertThat(last.err()).contains("last administrator");
        assertThat(CommandRun.of(environment(), "user", "role", "boss", "viewer").err()).contains("last administrator");
        await().atMost(PATIENCE).until(() -> audit(boss).stream().anyMatch(row -> row.action().equals("request")
                && "ann".equals(row.actor()) && "POST /api/v1/groups".equals(row.subject())));
    }

    @Test
    void dashboard_ACC31_isSharedByItsOwner_withPeopleGroupsAndEveryone() throws Exception {
        String boss = signIn("boss").accessToken();
        String ann = signIn("ann").accessToken();
        String ben = signIn("ben").accessToken();
        String vic = signIn("vic").accessToken();
        DashboardRow wall = read(post("/api/v1/dashboards", ann, new NewDashboard("Shared")), 201, DashboardRow.class);
        String grants = "/api/v1/dashboards/" + wall.id() + "/grants";
        assertProblem(get(grants, ben), 404, "not-found");
        assertThat(post("/api/v1/groups", boss, new NewGroup("Night shift")).statusCode()).isEqualTo(201);
        assertProblem(post("/api/v1/groups", boss, new NewGroup("night shift")), 409, "conflict");
        assertThat(post("/api/v1/groups/Night%20shift/members", boss, new NewMember("vic")).statusCode())
                .isEqualTo(204);
        assertProblem(post("/api/v1/groups/Night%20shift/members", boss, new NewMember("nobody")), 404, "not-found");
        Directory directory = read(get("/api/v1/directory", ann), 200, Directory.class);
        assertThat(directory.accounts()).contains("ben", "vic");
        assertThat(directory.groups()).contains("Night shift");

        read(post(grants, ann, new GrantRow("ben", null, Right.EDIT)), 200, GrantList.class);
        GrantList shared = read(post(grants, ann, new GrantRow(null, "Night shift", Right.EDIT)), 200, GrantList.class);
        assertThat(shared.owner()).isEqualTo("ann");
        assertThat(shared.grants()).containsExactlyInAnyOrder(new GrantRow("ben", null, Right.EDIT),
                new GrantRow(null, "Night shift", Right.EDIT));
        assertThat(right(wall, ben)).isEqualTo(Right.EDIT);
        assertThat(right(wall, vic)).as("a viewer, whatever is granted").isEqualTo(Right.VIEW);
        assertProblem(post(grants, ben, new GrantRow("ben", null, Right.OWN)), 403, "forbidden");
        assertProblem(post(grants, ann, new GrantRow("nobody", null, Right.EDIT)), 404, "not-found");
        assertProblem(post(grants, ann, new GrantRow("ben", "Night shift", Right.EDIT)), 400, "invalid");
        assertThat(shared.people()).extracting(AccessRow::account, AccessRow::right).contains(
                org.assertj.core.groups.Tuple.tuple("ann", Right.OWN),
                org.assertj.core.groups.Tuple.tuple("boss", Right.OWN),
                org.assertj.core.groups.Tuple.tuple("ben", Right.EDIT));
        assertThat(shared.people()).filteredOn(row -> row.account().equals("boss")).singleElement()
                .satisfies(row -> assertThat(row.reasons())
                        .containsExactly(new AccessRow.Reason(AccessRow.Source.ROLE, null, Right.OWN)));
        read(post(grants, ann, new GrantRow("ben", null, Right.NONE)), 200, GrantList.class);
        assertThat(right(wall, ben)).isEqualTo(Right.NONE);
        read(post(grants, ann, new GrantRow(null, null, Right.VIEW)), 200, GrantList.class);
        assertThat(right(wall, ben)).isEqualTo(Right.VIEW);
        assertThat(delete("/api/v1/groups/Night%20shift/members/vic", boss).statusCode()).isEqualTo(204);
        assertThat(delete("/api/v1/groups/Night%20shift", boss).statusCode()).isEqualTo(204);
        assertThat(read(get("/api/v1/groups", boss), 200, GroupList.class).groups())
                .noneMatch(group -> group.name().equals("Night shift"));
        assertThat(delete("/api/v1/dashboards/" + wall.id(), ann).statusCode()).isEqualTo(204);
        assertThat(audit(boss).stream().filter(row -> wall.id().toString().equals(row.subject()))
                .map(AuditRow::action)).contains("dashboard-created", "right-granted", "dashboard-deleted");
        assertThat(audit(boss).stream().map(AuditRow::action)).contains("group-added", "group-member-added",
                "group-member-removed", "group-removed");
    }

    @Test
    void invitation_ACC32_makesOneAccount_once() throws Exception {
        String boss = signIn("boss").accessToken();
        post("/api/v1/groups", boss, new NewGroup("Guests"));
        CreatedInvitation made = read(post("/api/v1/invitations", boss,
                new NewInvitation(null, Role.EDITOR, List.of("Guests"), 3)), 201, CreatedInvitation.class);
        SECRETS.add(made.code());
        String weak = "ivy12345";
        assertProblem(post("/api/v1/invitations/accept", null, new AcceptInvitation(made.code(), "ivy", weak, null)),
                400, "invalid");
        assertProblem(post("/api/v1/invitations/accept", null, new AcceptInvitation(made.code(), "ann", PASSWORD,
                null)), 409, "conflict");
        Tokens tokens = secret(read(post("/api/v1/invitations/accept", null,
                new AcceptInvitation(made.code(), "ivy", PASSWORD, null)), 200, Tokens.class));
        assertThat(tokens.name()).isEqualTo("ivy");
        assertThat(tokens.role()).isEqualTo(Role.EDITOR);
        assertProblem(post("/api/v1/invitations/accept", null, new AcceptInvitation(made.code(), "eve", PASSWORD,
                null)), 401, "wrong-credentials");
        assertThat(users(boss)).anyMatch(row -> row.name().equals("ivy") && row.groups().equals(List.of("Guests")));
        assertThat(users(boss)).noneMatch(row -> row.name().equals("eve"));
        CreatedInvitation named = read(post("/api/v1/invitations", boss,
                new NewInvitation("joe", Role.VIEWER, List.of(), null)), 201, CreatedInvitation.class);
        SECRETS.add(named.code());
        assertProblem(post("/api/v1/invitations/accept", null, new AcceptInvitation(named.code(), "eve", PASSWORD,
                null)), 400, "invalid");
        assertThat(delete("/api/v1/invitations/" + named.row().id(), boss).statusCode()).isEqualTo(204);
        assertProblem(post("/api/v1/invitations/accept", null, new AcceptInvitation(named.code(), null, PASSWORD,
                null)), 401, "wrong-credentials");
    }

    @Test
    void secondFactor_ACC27_isChangedWithThePasswordOnly_andResetByAdministrators() throws Exception {
        Tokens first = signIn("ben");
        String ben = first.accessToken();
        assertProblem(post("/api/v1/second-factor", ben, new Password("wrong")), 401, "wrong-credentials");
        FactorEnrolment enrolment = read(post("/api/v1/second-factor", ben, new Password(PASSWORD)), 200,
                FactorEnrolment.class);
        SECRETS.add(enrolment.secret());
        assertProblem(post("/api/v1/second-factor/confirm", ben, new FactorCode("000")), 401, "wrong-credentials");
        RecoveryCodes codes = read(
                post("/api/v1/second-factor/confirm", ben, new FactorCode(TestAuthenticator.code(enrolment.secret()))),
                200,
                RecoveryCodes.class);
        SECRETS.addAll(codes.codes());
        assertThat(read(get("/api/v1/second-factor", ben), 200, FactorState.class))
                .isEqualTo(new FactorState(true, false, 10));
        assertProblem(post("/api/v1/sign-in", null, new SignIn("ben", PASSWORD)), 401, "second-factor-needed");
        assertThat(assertProblem(post("/api/v1/sign-in", null, new SignIn("ben", PASSWORD, "111111", null)), 401,
                "wrong-credentials").field()).isEqualTo("code");
        secret(read(post("/api/v1/sign-in", null, new SignIn("ben", PASSWORD, codes.codes().getFirst(), null)), 200,
                Tokens.class));
        assertProblem(post("/api/v1/second-factor/remove", ben, new Password("wrong")), 401, "wrong-credentials");
        CommandRun reset = CommandRun.of(environment(), "user", "reset-2fa", "ben");
        assertThat(reset.code()).as(reset.err()).isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertProblem(get("/api/v1/dashboards", ben), 401, "not-signed-in"));
        secret(signIn("ben"));
        assertThat(audit(signIn("boss").accessToken()).stream().map(AuditRow::action)).contains("second-factor-added",
                "user-second-factor-reset");
    }

    @Test
    void sessions_ACC12_areListedWithTheirDevices_andEnded() throws Exception {
        Device wall = new Device("0123456789abcdef-key", "Wall left");
        SECRETS.add(wall.key());
        Tokens here = secret(read(post("/api/v1/sign-in", null, new SignIn("vic", PASSWORD, null, wall)), 200,
                Tokens.class));
        Tokens other = signIn("vic");
        SessionList list = read(get("/api/v1/sessions", here.accessToken()), 200, SessionList.class);
        assertThat(list.sessions()).filteredOn(SessionRow::current).singleElement()
                .satisfies(row -> assertThat(row.device()).isEqualTo("Wall left"));
        assertThat(post("/api/v1/sessions/end-others", here.accessToken(), new Password("")).statusCode())
                .isEqualTo(204);
        assertProblem(get("/api/v1/sessions", other.accessToken()), 401, "not-signed-in");
        assertProblem(post("/api/v1/tokens", null, new RefreshToken(other.refreshToken())), 401,
                "refresh-token-invalid");
        String id = read(get("/api/v1/sessions", here.accessToken()), 200, SessionList.class).sessions().getFirst()
                .id();
        assertProblem(delete("/api/v1/sessions/" + id, signIn("ann").accessToken()), 404, "not-found");
        assertThat(delete("/api/v1/sessions/" + id, here.accessToken()).statusCode()).isEqualTo(204);
        assertProblem(get("/api/v1/sessions", here.accessToken()), 401, "not-signed-in");
    }

    /// ASVS 7.4.3: whoever has changed how he signs in can put out who came in before.
    @Test
    void sessions_ACC12_ofOthersAreEnded_afterAFactorWasAddedOrTakenAway() throws Exception {
        String cat = signIn("cat").accessToken();
        String before = signIn("cat").accessToken();
        FactorEnrolment enrolment = read(post("/api/v1/second-factor", cat, new Password(PASSWORD)), 200,
                FactorEnrolment.class);
        SECRETS.add(enrolment.secret());
        RecoveryCodes codes = read(
                post("/api/v1/second-factor/confirm", cat, new FactorCode(TestAuthenticator.code(enrolment.secret()))),
                200, RecoveryCodes.class);
        SECRETS.addAll(codes.codes());
        assertThat(post("/api/v1/sessions/end-others", cat, new Password("")).statusCode()).isEqualTo(204);
        assertProblem(get("/api/v1/sessions", before), 401, "not-signed-in");
        String again = secret(read(post("/api/v1/sign-in", null, new SignIn("cat", PASSWORD, codes.codes().getFirst(),
                null)), 200, Tokens.class)).accessToken();
        assertThat(post("/api/v1/second-factor/remove", cat, new Password(PASSWORD)).statusCode()).isEqualTo(204);
        assertThat(post("/api/v1/sessions/end-others", cat, new Password("")).statusCode()).isEqualTo(204);
        assertProblem(get("/api/v1/sessions", again), 401, "not-signed-in");
        assertThat(get("/api/v1/sessions", cat).statusCode()).isEqualTo(200);
    }

    @Test
    void signOut_ACC30_ofAnother_byAnAdministrator() throws Exception {
        Tokens vic = signIn("vic");
        assertProblem(post("/api/v1/users/vic/sign-out", signIn("ann").accessToken(), new NewRole(Role.VIEWER)), 403,
                "forbidden");
        String boss = signIn("boss").accessToken();
        assertThat(post("/api/v1/users/vic/sign-out", boss, new NewRole(Role.VIEWER)).statusCode()).isEqualTo(204);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertProblem(get("/api/v1/sessions", vic.accessToken()), 401, "not-signed-in"));
        assertProblem(post("/api/v1/tokens", null, new RefreshToken(vic.refreshToken())), 401,
                "refresh-token-invalid");
        assertThat(audit(boss)).anyMatch(row -> row.action().equals("sign-in-ended") && "vic".equals(row.subject())
                && "boss".equals(row.actor()));
    }

    @Test
    void audit_AUD8_isReadInPages_byAdministratorsOnly() throws Exception {
        assertProblem(post("/api/v1/sign-in", null, new SignIn("ann", "no idea")), 401, "wrong-credentials");
        assertProblem(get("/api/v1/audit", signIn("ann").accessToken()), 403, "forbidden");
        String boss = signIn("boss").accessToken();
        AuditPage first = read(get("/api/v1/audit?limit=1", boss), 200, AuditPage.class);
        assertThat(first.events()).hasSize(1);
        AuditPage second = read(get("/api/v1/audit?limit=1&before=" + first.next(), boss), 200, AuditPage.class);
        assertThat(second.events().getFirst().id()).isLessThan(first.events().getFirst().id());
        assertThat(read(get("/api/v1/audit?actor=boss", boss), 200, AuditPage.class).events())
                .allMatch(row -> "boss".equals(row.actor()));
        assertProblem(get("/api/v1/audit?limit=0", boss), 400, "invalid");
        assertThat(read(get("/api/v1/audit?name=ann&action=sign-in&outcome=REFUSED", boss), 200, AuditPage.class)
                .events()).isNotEmpty()
                .allMatch(row -> "ann".equals(row.subject()) && row.outcome() == AuditOutcome.REFUSED);
        assertThat(read(get("/api/v1/audit?to=1", boss), 200, AuditPage.class).events()).isEmpty();
        assertProblem(get("/api/v1/audit?action=sign-in,dance", boss), 400, "invalid");
        assertProblem(get("/api/v1/audit?outcome=maybe", boss), 400, "invalid");
        assertProblem(get("/api/v1/audit?from=yesterday", boss), 400, "invalid");
        assertThat(audit(boss)).anyMatch(row -> row.action().equals("sign-in") && "ann".equals(row.subject())
                && row.actor() == null);
    }

    @Test
    void chains_AUD21_areTold_toAdministratorsOnly() throws Exception {
        assertProblem(get("/api/v1/audit/chains", signIn("ann").accessToken()), 403, "forbidden");
        String boss = signIn("boss").accessToken();
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(read(get("/api/v1/audit/chains", boss), 200, AuditChains.class).chains())
                        .filteredOn(chain -> chain.writer().equals("test")).singleElement().satisfies(chain -> {
                            assertThat(chain.fault()).isNull();
                            assertThat(chain.verified()).isPositive();
                        }));
    }

    private static Map<String, String> environment() {
        var address = DATABASE.address();
        return Map.of("WATCHFLOOR_DATABASE_URL", address.url(), "WATCHFLOOR_DATABASE_USER",
                Objects.requireNonNull(address.user()), "WATCHFLOOR_DATABASE_PASSWORD",
                Objects.requireNonNull(address.password()));
    }

    private List<io.watchfloor.protocol.rest.UserRow> users(String token) throws Exception {
        return read(get("/api/v1/users", token), 200, UserList.class).users();
    }

    private List<AuditRow> audit(String token) throws Exception {
        return read(get("/api/v1/audit?limit=1000", token), 200, AuditPage.class).events();
    }

    private Right right(DashboardRow wall, String token) throws Exception {
        return read(get("/api/v1/dashboards", token), 200, DashboardList.class).dashboards().stream()
                .filter(row -> row.id().equals(wall.id())).findFirst().map(DashboardRow::right).orElse(Right.NONE);
    }

    private Tokens signIn(String name) throws Exception {
        return secret(read(post("/api/v1/sign-in", null, new SignIn(name, PASSWORD)), 200, Tokens.class));
    }

    private static Tokens secret(Tokens tokens) {
        SECRETS.add(tokens.accessToken());
        SECRETS.add(tokens.refreshToken());
        return tokens;
    }

    private static OneTimePassword secret(OneTimePassword made) {
        SECRETS.add(made.password());
        return made;
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create(Objects.requireNonNull(server).address() + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        return send(request(path, token).build());
    }

    private HttpResponse<String> delete(String path, @Nullable String token) throws Exception {
        return send(request(path, token).DELETE().build());
    }

    private HttpResponse<String> post(String path, @Nullable String token, Record body) throws Exception {
        return send(request(path, token).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(RecordCodec.of(Encoding.JSON).encode(body))).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (document == null) {
            document = OpenApiCheck.of(Objects.requireNonNull(server).address(), client);
        }
        URI uri = request.uri();
        document.tellsOf(request.method(), uri.getRawQuery() == null
                ? uri.getRawPath()
                : uri.getRawPath() + "?" + uri.getRawQuery(), answer, answer.body());
        return answer;
    }

    private static <T> T read(HttpResponse<String> answer, int status, Class<T> type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return RecordCodec.of(Encoding.JSON).decode(answer.body().getBytes(StandardCharsets.UTF_8), type);
    }

    private static Problem assertProblem(HttpResponse<String> answer, int status, String code) {
        Problem problem = read(answer, status, Problem.class);
        assertThat(problem.code()).isEqualTo(code);
        return problem;
    }
}
