package io.watchfloor.server;

import static io.watchfloor.server.RestCalls.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AcceptInvitation;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditPage;
import io.watchfloor.protocol.rest.AuditRow;
import io.watchfloor.protocol.rest.ChangePassword;
import io.watchfloor.protocol.rest.CreatedInvitation;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.FactorCode;
import io.watchfloor.protocol.rest.FactorEnrolment;
import io.watchfloor.protocol.rest.GrantRow;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskDashboards;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.NewGroup;
import io.watchfloor.protocol.rest.NewInvitation;
import io.watchfloor.protocol.rest.NewKiosk;
import io.watchfloor.protocol.rest.NewMember;
import io.watchfloor.protocol.rest.NewRole;
import io.watchfloor.protocol.rest.NewServiceToken;
import io.watchfloor.protocol.rest.NewUser;
import io.watchfloor.protocol.rest.NewVersion;
import io.watchfloor.protocol.rest.Password;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.Restore;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.protocol.rest.SecuritySettings;
import io.watchfloor.protocol.rest.SessionList;
import io.watchfloor.protocol.rest.SessionRow;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.SignInCode;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.KioskDevice;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.auth.TestAuthenticator;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.net.http.HttpResponse;
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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Every route of the real server that changes something leaves a record, and changes nothing where it cannot. A new route
/// fails here until it is told of.
@Timeout(240)
class EveryRouteIsRecordedTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final String PASSWORD = "correct horse";
    private static final Pattern PATH = Pattern.compile("\"(/[^\"]*)\"\\s*:\\s*\\{");
    private static final Pattern METHOD = Pattern.compile("\"(post|put|patch|delete)\"\\s*:\\s*\\{");

    /// Tables that a server writes by itself.
    private static final String BY_ITSELF = "samples.*|series.*|leases";
    /// Routes that leave no record, and why.
    private static final Map<String, String> UNRECORDED = Map.of(
            "POST /api/v1/tokens", "renewals are everyday business; a token that is used twice is recorded",
            "POST /api/v1/kiosks/tokens", "so are those of wall screens; that one comes anew is recorded",
            "POST /api/v1/kiosks/challenge", "it changes nothing",
            "POST /api/v1/second-factor", "a secret counts from its confirmation on, which is recorded",
            "POST /api/v1/write", "samples are data, written by named tokens");

    @TempDir
    Path folder = Path.of("");

    private final List<Deed> deeds = new ArrayList<>();
    private final PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1);
    private final Accounts accounts = new Accounts(new PostgresAccountStore(DATABASE.database()), hasher,
            InstantSource.system(), new SecureRandom());

    private record Deed(String route, AuditAction action, int status, Request request) {}

    private interface Request {
        HttpResponse<byte[]> send() throws Exception;
    }

    @Test
    void everyRouteThatChangesSomething_AUD3_AUD8_leavesARecord_andChangesNothingWithoutOne() throws Exception {
        var address = DATABASE.address();
        try (WatchfloorServer server = WatchfloorServer.start(new ServerConfig("test", folder.resolve("data"),
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(PASSWORD, Map.of(), null)));
                RestCalls rest = new RestCalls(server.address())) {
            String admin = rest.signIn("admin", PASSWORD).accessToken();
            people(rest, admin);
            signIns(rest);
            factors(rest, admin);
            things(rest, admin);
            kiosks(rest, admin);

            Set<String> known = new TreeSet<>(UNRECORDED.keySet());
            deeds.forEach(deed -> known.add(deed.route));
            assertThat(known).as("routes of the server that change something, and how each is recorded")
                    .isEqualTo(changing(RestCalls.text(rest.get("/api/v1/openapi.json", null))));

            DATABASE.asOwner("REVOKE INSERT ON audit_event FROM " + TestDatabase.servingRole());
            Map<String, String> before = DATABASE.contents(BY_ITSELF);
            for (Deed deed : deeds) {
                HttpResponse<byte[]> answer = deed.request.send();
                assertThat(answer.statusCode()).as("%s without a record: %s", deed.route, RestCalls.text(answer))
                        .isEqualTo(503);
                assertThat(DATABASE.contents(BY_ITSELF)).as("%s without a record", deed.route).isEqualTo(before);
            }
            DATABASE.asOwner("GRANT INSERT ON audit_event TO " + TestDatabase.servingRole());
            for (Deed deed : deeds) {
                Set<AuditRow> old = new HashSet<>(audit(rest, admin));
                HttpResponse<byte[]> answer = deed.request.send();
                assertThat(answer.statusCode()).as("%s: %s", deed.route, RestCalls.text(answer))
                        .isEqualTo(deed.status);
                List<AuditRow> fresh = audit(rest, admin).stream().filter(row -> !old.contains(row)).toList();
                assertThat(fresh).as(deed.route).anySatisfy(row -> {
                    assertThat(row.action()).isEqualTo(deed.action.code());
                    assertThat(row.outcome().name()).isEqualTo("DONE");
                    assertThat(row.actor()).isNotBlank();
                    assertThat(row.address()).isEqualTo("127.0.0.1");
                    assertThat(row.subject()).isNotBlank();
                    assertThat(row.at()).isPositive();
                });
            }
        } finally {
            hasher.close();
        }
    }

    private static Set<String> changing(String openApi) {
        Set<String> routes = new TreeSet<>();
        Matcher path = PATH.matcher(openApi);
        int from = 0;
        String last = "";
        while (path.find()) {
            addMethods(routes, last, openApi.substring(from, path.start()));
            last = path.group(1);
            from = path.end();
        }
        addMethods(routes, last, openApi.substring(from));
        return routes;
    }

    private static void addMethods(Set<String> routes, String path, String part) {
        Matcher method = METHOD.matcher(part);
        while (!path.isEmpty() && method.find()) {
            routes.add(method.group(1).toUpperCase(java.util.Locale.ROOT) + " " + path);
        }
    }

    private static List<AuditRow> audit(RestCalls rest, String admin) throws Exception {
        return read(rest.get("/api/v1/audit?limit=200", admin), 200, AuditPage.class).events();
    }

    private void deed(String route, AuditAction action, int status, Request request) {
        deeds.add(new Deed(route, action, status, request));
    }

    private String person(String name) {
        accounts.add(name, Role.EDITOR, PASSWORD, false);
        return name;
    }

    private void people(RestCalls rest, String admin) throws Exception {
        deed("POST /api/v1/users", AuditAction.USER_ADDED, 201,
                () -> rest.post("/api/v1/users", admin, new NewUser("newbie", Role.VIEWER)));
        String users = "/api/v1/users/" + person("joe");
        accounts.changeDisabled(person("off"), true);
        person("resettled");
        deed("POST /api/v1/users/{name}/role", AuditAction.USER_ROLE_CHANGED, 204,
                () -> rest.post(users + "/role", admin, new NewRole(Role.VIEWER)));
        deed("POST /api/v1/users/{name}/disable", AuditAction.USER_DISABLED, 204,
                () -> rest.post(users + "/disable", admin, null));
        deed("POST /api/v1/users/{name}/enable", AuditAction.USER_ENABLED, 204,
                () -> rest.post("/api/v1/users/off/enable", admin, null));
        deed("POST /api/v1/users/{name}/reset-password", AuditAction.USER_PASSWORD_RESET, 200,
                () -> rest.post("/api/v1/users/resettled/reset-password", admin, null));
        deed("POST /api/v1/users/{name}/sign-out", AuditAction.SIGN_IN_ENDED, 204,
                () -> rest.post("/api/v1/users/resettled/sign-out", admin, null));
        RestCalls.is(rest.post("/api/v1/groups", admin, new NewGroup("Day")), 201);
        RestCalls.is(rest.post("/api/v1/groups", admin, new NewGroup("Dusk")), 201);
        RestCalls.is(rest.post("/api/v1/groups/Day/members", admin, new NewMember("off")), 204);
        deed("POST /api/v1/groups", AuditAction.GROUP_ADDED, 201,
                () -> rest.post("/api/v1/groups", admin, new NewGroup("Night")));
        RestCalls.is(rest.post("/api/v1/groups", admin, new NewGroup("Dawn")), 201);
        deed("POST /api/v1/groups/{name}/rename", AuditAction.GROUP_RENAMED, 204,
                () -> rest.post("/api/v1/groups/Dawn/rename", admin, new NewGroup("Morning")));
        deed("POST /api/v1/groups/{name}/members", AuditAction.GROUP_MEMBER_ADDED, 204,
                () -> rest.post("/api/v1/groups/Day/members", admin, new NewMember("joe")));
        deed("DELETE /api/v1/groups/{name}/members/{account}", AuditAction.GROUP_MEMBER_REMOVED, 204,
                () -> rest.delete("/api/v1/groups/Day/members/off", admin));
        deed("DELETE /api/v1/groups/{name}", AuditAction.GROUP_REMOVED, 204,
                () -> rest.delete("/api/v1/groups/Dusk", admin));
        NewInvitation asked = new NewInvitation("ivy", Role.EDITOR, List.of(), null);
        CreatedInvitation taken = read(rest.post("/api/v1/invitations", admin, asked), 201, CreatedInvitation.class);
        CreatedInvitation back = read(rest.post("/api/v1/invitations", admin, asked), 201, CreatedInvitation.class);
        deed("POST /api/v1/invitations", AuditAction.INVITATION_MADE, 201,
                () -> rest.post("/api/v1/invitations", admin, asked));
        deed("POST /api/v1/invitations/accept", AuditAction.INVITATION_ACCEPTED, 200,
                () -> rest.post("/api/v1/invitations/accept", null,
                        new AcceptInvitation(taken.code(), null, PASSWORD, null)));
        deed("DELETE /api/v1/invitations/{id}", AuditAction.INVITATION_REVOKED, 204,
                () -> rest.delete("/api/v1/invitations/" + back.row().id(), admin));
    }

    private void signIns(RestCalls rest) throws Exception {
        person("ann");
        Tokens leaving = rest.signIn("ann", PASSWORD);
        Tokens staying = rest.signIn("ann", PASSWORD);
        String other = sessionOf(rest, leaving);
        deed("POST /api/v1/sign-in", AuditAction.SIGN_IN, 200,
                () -> rest.post("/api/v1/sign-in", null, new SignIn("ann", PASSWORD)));
        Path file = folder.resolve("code");
        accounts.writeCode(Objects.requireNonNull(accounts.find("ann")), file);
        SignInCode code = new SignInCode(Files.readString(file).strip(), null);
        deed("POST /api/v1/sign-in/code", AuditAction.SIGN_IN, 200,
                () -> rest.post("/api/v1/sign-in/code", null, code));
        deed("DELETE /api/v1/sessions/{id}", AuditAction.SIGN_IN_ENDED, 204,
                () -> rest.delete("/api/v1/sessions/" + other, staying.accessToken()));
        deed("POST /api/v1/sessions/end-others", AuditAction.SIGN_IN_ENDED, 204,
                () -> rest.post("/api/v1/sessions/end-others", staying.accessToken(), null));
        deed("POST /api/v1/sign-out", AuditAction.SIGN_OUT, 204, () -> rest.post("/api/v1/sign-out", null,
                new RefreshToken(staying.refreshToken(), null)));
        person("ben");
        Tokens changing = rest.signIn("ben", PASSWORD);
        deed("POST /api/v1/password", AuditAction.PASSWORD_CHANGED, 200, () -> rest.post("/api/v1/password",
                changing.accessToken(), new ChangePassword(PASSWORD, "battery staple")));
    }

    private static String sessionOf(RestCalls rest, Tokens tokens) throws Exception {
        return read(rest.get("/api/v1/sessions", tokens.accessToken()), 200, SessionList.class).sessions().stream()
                .filter(SessionRow::current).findFirst().orElseThrow().id();
    }

    private static FactorEnrolment begun(RestCalls rest, String token) throws Exception {
        return read(rest.post("/api/v1/second-factor", token, new Password(PASSWORD)), 200, FactorEnrolment.class);
    }

    private String withFactor(RestCalls rest, String name) throws Exception {
        String token = rest.signIn(person(name), PASSWORD).accessToken();
        FactorEnrolment enrolment = begun(rest, token);
        RestCalls.is(rest.post("/api/v1/second-factor/confirm", token,
                new FactorCode(TestAuthenticator.code(enrolment.secret()))), 200);
        return token;
    }

    private void factors(RestCalls rest, String admin) throws Exception {
        String confirming = rest.signIn(person("cat"), PASSWORD).accessToken();
        FactorEnrolment enrolment = begun(rest, confirming);
        deed("POST /api/v1/second-factor/confirm", AuditAction.SECOND_FACTOR_ADDED, 200,
                () -> rest.post("/api/v1/second-factor/confirm", confirming,
                        new FactorCode(TestAuthenticator.code(enrolment.secret()))));
        String having = withFactor(rest, "dan");
        withFactor(rest, "eve");
        deed("POST /api/v1/second-factor/recovery-codes", AuditAction.RECOVERY_CODES_MADE, 200,
                () -> rest.post("/api/v1/second-factor/recovery-codes", having, new Password(PASSWORD)));
        deed("POST /api/v1/second-factor/remove", AuditAction.SECOND_FACTOR_REMOVED, 204,
                () -> rest.post("/api/v1/second-factor/remove", having, new Password(PASSWORD)));
        deed("POST /api/v1/users/{name}/reset-second-factor", AuditAction.USER_SECOND_FACTOR_RESET, 204,
                () -> rest.post("/api/v1/users/eve/reset-second-factor", admin, null));
        deed("POST /api/v1/settings/security", AuditAction.SETTING_CHANGED, 200,
                () -> rest.post("/api/v1/settings/security", admin, new SecuritySettings(List.of(Role.ADMIN))));
    }

    private static DashboardId made(RestCalls rest, String admin, String title) throws Exception {
        return read(rest.post("/api/v1/dashboards", admin, new NewDashboard(title)), 201, DashboardRow.class).id();
    }

    private void things(RestCalls rest, String admin) throws Exception {
        DashboardId wall = made(rest, admin, "Wall");
        DashboardId old = made(rest, admin, "Old");
        String path = "/api/v1/dashboards/" + wall;
        RestCalls.is(rest.post(path + "/versions", admin, new NewVersion("Kept", 1L)), 201);
        deed("POST /api/v1/dashboards", AuditAction.DASHBOARD_CREATED, 201,
                () -> rest.post("/api/v1/dashboards", admin, new NewDashboard("New")));
        deed("DELETE /api/v1/dashboards/{id}", AuditAction.DASHBOARD_DELETED, 204,
                () -> rest.delete("/api/v1/dashboards/" + old, admin));
        deed("POST /api/v1/dashboards/{id}/grants", AuditAction.RIGHT_GRANTED, 200,
                () -> rest.post(path + "/grants", admin, new GrantRow("ann", null, Right.VIEW)));
        deed("POST /api/v1/dashboards/{id}/restore", AuditAction.DASHBOARD_RESTORED, 200,
                () -> rest.post(path + "/restore", admin, new Restore(1, null)));
        deed("POST /api/v1/dashboards/{id}/versions", AuditAction.VERSION_NAMED, 201,
                () -> rest.post(path + "/versions", admin, new NewVersion("Today", 1L)));
        deed("DELETE /api/v1/dashboards/{id}/versions/{name}", AuditAction.VERSION_DELETED, 204,
                () -> rest.delete(path + "/versions/Kept", admin));
        CreatedServiceToken token = read(rest.post("/api/v1/service-tokens", admin,
                new NewServiceToken("old", List.of(Scope.READ), null)), 201, CreatedServiceToken.class);
        deed("POST /api/v1/service-tokens", AuditAction.SERVICE_TOKEN_CREATED, 201, () -> rest
                .post("/api/v1/service-tokens", admin, new NewServiceToken("new", List.of(Scope.READ), null)));
        deed("DELETE /api/v1/service-tokens/{id}", AuditAction.SERVICE_TOKEN_REVOKED, 204,
                () -> rest.delete("/api/v1/service-tokens/" + token.row().id(), admin));
    }

    private void kiosks(RestCalls rest, String admin) throws Exception {
        List<DashboardId> shown = List.of(made(rest, admin, "Lobby"));
        KioskCode code = read(rest.post("/api/v1/kiosks", admin, new NewKiosk("lobby", shown)), 201, KioskCode.class);
        read(rest.post("/api/v1/kiosks", admin, new NewKiosk("attic", shown)), 201, KioskCode.class);
        KioskDevice device = new KioskDevice();
        deed("POST /api/v1/kiosks", AuditAction.KIOSK_ADDED, 201,
                () -> rest.post("/api/v1/kiosks", admin, new NewKiosk("hall", shown)));
        deed("POST /api/v1/kiosks/enrol", AuditAction.KIOSK_ENROLLED, 200,
                () -> rest.post("/api/v1/kiosks/enrol", null, device.enrolment(code.code())));
        deed("POST /api/v1/kiosks/{name}/dashboards", AuditAction.KIOSK_DASHBOARDS_CHANGED, 204,
                () -> rest.post("/api/v1/kiosks/lobby/dashboards", admin, new KioskDashboards(shown)));
        deed("POST /api/v1/kiosks/{name}/code", AuditAction.KIOSK_CODE_MADE, 201,
                () -> rest.post("/api/v1/kiosks/attic/code", admin, null));
        deed("DELETE /api/v1/kiosks/{name}", AuditAction.KIOSK_REMOVED, 204,
                () -> rest.delete("/api/v1/kiosks/attic", admin));
    }
}
