package io.watchfloor.client.sync.rest;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditChains;
import io.watchfloor.protocol.rest.AuditPage;
import io.watchfloor.protocol.rest.CreatedInvitation;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.GroupList;
import io.watchfloor.protocol.rest.GroupRow;
import io.watchfloor.protocol.rest.InvitationList;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskDashboards;
import io.watchfloor.protocol.rest.KioskList;
import io.watchfloor.protocol.rest.NewGroup;
import io.watchfloor.protocol.rest.NewInvitation;
import io.watchfloor.protocol.rest.NewKiosk;
import io.watchfloor.protocol.rest.NewMember;
import io.watchfloor.protocol.rest.NewRole;
import io.watchfloor.protocol.rest.NewServiceToken;
import io.watchfloor.protocol.rest.OneTimePassword;
import io.watchfloor.protocol.rest.SecuritySettings;
import io.watchfloor.protocol.rest.ServiceTokenList;
import io.watchfloor.protocol.rest.SessionList;
import io.watchfloor.protocol.rest.UserList;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What administrators ask of a server: people, groups, invitations, programs, the audit log. Futures complete as those of
/// [Account] do. Thread-safe.
public final class Administration {

    private final Account account;
    private final URI server;

    /// @param server that the account is at
    public Administration(Account account, URI server) {
        this.account = account;
        this.server = server;
    }

    /// Name of the administrator who asks.
    public String me() {
        return account.name();
    }

    /// The link that an invitation is handed on as.
    public String link(String code) {
        return server + "#invitation=" + code;
    }

    public CompletableFuture<Outcome<UserList>> users() {
        return account.get("/users", UserList.class);
    }

    public CompletableFuture<Outcome<Account.Done>> changeRole(String name, Role role) {
        return account.post(user(name) + "/role", new NewRole(role));
    }

    public CompletableFuture<Outcome<Account.Done>> changeDisabled(String name, boolean disabled) {
        return account.post(user(name) + (disabled ? "/disable" : "/enable"), null);
    }

    public CompletableFuture<Outcome<OneTimePassword>> resetPassword(String name) {
        return account.ask(user(name) + "/reset-password", OneTimePassword.class);
    }

    public CompletableFuture<Outcome<Account.Done>> resetSecondFactor(String name) {
        return account.post(user(name) + "/reset-second-factor", null);
    }

    public CompletableFuture<Outcome<SessionList>> sessions(String name) {
        return account.get(user(name) + "/sessions", SessionList.class);
    }

    /// Ends all sign-ins of somebody.
    public CompletableFuture<Outcome<Account.Done>> endSessions(String name) {
        return account.post(user(name) + "/sign-out", null);
    }

    private static String user(String name) {
        return "/users/" + RestClient.segment(name);
    }

    public CompletableFuture<Outcome<SecuritySettings>> security() {
        return account.get("/settings/security", SecuritySettings.class);
    }

    public CompletableFuture<Outcome<SecuritySettings>> requireSecondFactor(List<Role> roles) {
        return account.post("/settings/security", new SecuritySettings(roles), SecuritySettings.class);
    }

    public CompletableFuture<Outcome<GroupList>> groups() {
        return account.get("/groups", GroupList.class);
    }

    public CompletableFuture<Outcome<GroupRow>> addGroup(String name) {
        return account.post("/groups", new NewGroup(name), GroupRow.class);
    }

    public CompletableFuture<Outcome<Account.Done>> renameGroup(String name, String newName) {
        return account.post(group(name) + "/rename", new NewGroup(newName));
    }

    public CompletableFuture<Outcome<Account.Done>> removeGroup(String name) {
        return account.delete(group(name));
    }

    public CompletableFuture<Outcome<Account.Done>> addMember(String group, String name) {
        return account.post(group(group) + "/members", new NewMember(name));
    }

    public CompletableFuture<Outcome<Account.Done>> removeMember(String group, String name) {
        return account.delete(group(group) + "/members/" + RestClient.segment(name));
    }

    private static String group(String name) {
        return "/groups/" + RestClient.segment(name);
    }

    public CompletableFuture<Outcome<InvitationList>> invitations() {
        return account.get("/invitations", InvitationList.class);
    }

    public CompletableFuture<Outcome<CreatedInvitation>> invite(NewInvitation invitation) {
        return account.post("/invitations", invitation, CreatedInvitation.class);
    }

    public CompletableFuture<Outcome<Account.Done>> withdraw(String invitation) {
        return account.delete("/invitations/" + RestClient.segment(invitation));
    }

    public CompletableFuture<Outcome<ServiceTokenList>> serviceTokens() {
        return account.get("/service-tokens", ServiceTokenList.class);
    }

    public CompletableFuture<Outcome<CreatedServiceToken>> addServiceToken(NewServiceToken token) {
        return account.post("/service-tokens", token, CreatedServiceToken.class);
    }

    public CompletableFuture<Outcome<Account.Done>> revokeServiceToken(String id) {
        return account.delete("/service-tokens/" + RestClient.segment(id));
    }

    public CompletableFuture<Outcome<KioskList>> kiosks() {
        return account.get("/kiosks", KioskList.class);
    }

    public CompletableFuture<Outcome<KioskCode>> addKiosk(String name, List<DashboardId> dashboards) {
        return account.post("/kiosks", new NewKiosk(name, dashboards), KioskCode.class);
    }

    /// Takes it from the machine that it has, for another one.
    public CompletableFuture<Outcome<KioskCode>> renewKioskCode(String name) {
        return account.ask(kiosk(name) + "/code", KioskCode.class);
    }

    public CompletableFuture<Outcome<Account.Done>> changeKiosk(String name, List<DashboardId> dashboards) {
        return account.post(kiosk(name) + "/dashboards", new KioskDashboards(dashboards));
    }

    public CompletableFuture<Outcome<Account.Done>> removeKiosk(String name) {
        return account.delete(kiosk(name));
    }

    private static String kiosk(String name) {
        return "/kiosks/" + RestClient.segment(name);
    }

    /// What starts a wall screen on its machine for the first time, with the code in a file.
    ///
    /// @param codeFile name of that file
    public String kioskCommand(String codeFile) {
        return "watchfloor --kiosk kiosk.key --kiosk-code-file " + codeFile + " --server " + server;
    }

    /// All dashboards there are.
    public CompletableFuture<Outcome<DashboardList>> dashboards() {
        return account.dashboards();
    }

    /// A page of the audit log, the newest first.
    ///
    /// @param before where the page before this one ended; absent for the newest
    public CompletableFuture<Outcome<AuditPage>> audit(@Nullable Long before, AuditQuestion question, int limit) {
        return account.get("/audit?limit=" + limit + (before == null ? "" : "&before=" + before) + question.query(),
                AuditPage.class);
    }

    /// Whether the audit log is as it was written.
    public CompletableFuture<Outcome<AuditChains>> auditChains() {
        return account.get("/audit/chains", AuditChains.class);
    }
}
