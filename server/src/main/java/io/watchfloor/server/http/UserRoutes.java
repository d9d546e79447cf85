package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.NewRole;
import io.watchfloor.protocol.rest.NewUser;
import io.watchfloor.protocol.rest.OneTimePassword;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.SecuritySettings;
import io.watchfloor.protocol.rest.SessionList;
import io.watchfloor.protocol.rest.UserList;
import io.watchfloor.protocol.rest.UserRow;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.AccountRules;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.auth.SecondFactors;
import io.watchfloor.server.auth.SignInList;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.AccountChange;
import io.watchfloor.server.store.Group;
import io.watchfloor.server.store.GroupStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Accounts of other people; for administrators. Nobody changes his own role, and nobody is ever removed: names in the audit
/// log stay somebody's. Thread-safe.
public record UserRoutes(Accounts accounts, SecondFactors factors, GroupStore groups, SignInList signIns, Rights rights,
        AuditLog audit) {

    public List<Route> routes() {
        Access admin = Access.person(Role.ADMIN);
        return List.of(Route.get("/api/v1/users", admin, _ -> list()).says("All accounts.", UserList.class),
                Route.post("/api/v1/users", admin, this::add)
                        .takes(NewUser.class)
                        .makes("Makes an account.", OneTimePassword.class, ProblemCode.CONFLICT),
                Route.post("/api/v1/users/{name}/role", admin, this::changeRole).takes(NewRole.class)
                        .does("Gives an account another role.", ProblemCode.CONFLICT),
                Route.post("/api/v1/users/{name}/disable", admin, call -> changeDisabled(call, true))
                        .does("Keeps an account from signing in.", ProblemCode.CONFLICT),
                Route.post("/api/v1/users/{name}/enable", admin, call -> changeDisabled(call, false))
                        .does("Lets an account sign in again.", ProblemCode.CONFLICT),
                Route.post("/api/v1/users/{name}/reset-password", admin, this::resetPassword)
                        .says("Makes a one-time password.", OneTimePassword.class),
                Route.post("/api/v1/users/{name}/reset-second-factor", admin, this::resetFactor)
                        .does("Takes a second factor away.", ProblemCode.CONFLICT),
                Route.get("/api/v1/users/{name}/sessions", admin,
                        call -> Answer.json(new SessionList(signIns.of(find(call).name(), null))))
                        .says("An account's sign-ins.", SessionList.class),
                Route.post("/api/v1/users/{name}/sign-out", admin, this::signOut)
                        .does("Ends all sign-ins of an account."),
                Route.get("/api/v1/settings/security", admin, _ -> settings())
                        .says("Which roles have to have a second factor.", SecuritySettings.class),
                Route.post("/api/v1/settings/security", admin, this::changeSettings)
                        .takes(SecuritySettings.class)
                        .says("Changes which roles have to have a second factor.", SecuritySettings.class));
    }

    private Answer list() {
        Set<String> withFactor = factors.accounts();
        List<Group> all = groups.groups();
        Map<String, Long> signedIn = signIns.last();
        return Answer.json(new UserList(accounts.list().stream()
                .map(account -> new UserRow(account.name(), account.role(), account.disabled(),
                        account.mustChangePassword(), withFactor.contains(account.name()),
                        all.stream().filter(group -> group.members().contains(account.name())).map(Group::name)
                                .toList(),
                        account.createdAt(), signedIn.get(account.name())))
                .toList()));
    }

    private Answer add(Call call) {
        NewUser body = call.json(NewUser.class);
        String problem = AccountRules.problemOfName(body.name());
        if (problem != null) {
            throw new ProblemException(ProblemCode.INVALID, "The name " + problem + ".", "name");
        }
        String password = accounts.newPassword();
        Accounts.Hashed hashed = accounts.hashed(password);
        audit.act(call.origin(), AuditAction.USER_ADDED, body.name(), "as " + body.role(), () -> {
            if (!accounts.addHashed(body.name(), body.role(), hashed, true)) {
                throw new ProblemException(ProblemCode.CONFLICT, "There is an account of this name already.", "name");
            }
            return true;
        });
        rights.changed();
        return Answer.json(201, new OneTimePassword(body.name(), password)).with("Cache-Control", "no-store");
    }

    private Answer changeRole(Call call) {
        Role role = call.json(NewRole.class).role();
        Account account = findOther(call, "change your own role");
        change(call, AuditAction.USER_ROLE_CHANGED, account, "from " + account.role() + " to " + role,
                () -> accounts.changeRole(account.name(), role));
        return Answer.empty();
    }

    private Answer changeDisabled(Call call, boolean disabled) {
        Account account = findOther(call, "disable or enable your own account");
        change(call, disabled ? AuditAction.USER_DISABLED : AuditAction.USER_ENABLED, account, "",
                () -> accounts.changeDisabled(account.name(), disabled));
        return Answer.empty();
    }

    private void change(Call call, AuditAction action, Account account, String detail, Supplier<AccountChange> change) {
        audit.act(call.origin(), action, account.name(), detail, () -> switch (change.get()) {
            case DONE -> true;
            case UNKNOWN -> throw unknown();
            case LAST_ADMINISTRATOR -> throw new ProblemException(ProblemCode.CONFLICT,
                    "This is the last administrator who can sign in; make another one first.");
        });
        rights.changed();
    }

    private Answer resetPassword(Call call) {
        Account account = findOther(call, "reset your own password; change it instead");
        String password = accounts.newPassword();
        Accounts.Hashed hashed = accounts.hashed(password);
        audit.act(call.origin(), AuditAction.USER_PASSWORD_RESET, account.name(), "",
                () -> accounts.resetPassword(account.name(), hashed));
        rights.changed();
        return Answer.json(new OneTimePassword(account.name(), password)).with("Cache-Control", "no-store");
    }

    private Answer resetFactor(Call call) {
        Account account = findOther(call, "reset your own second factor; change it instead");
        audit.act(call.origin(), AuditAction.USER_SECOND_FACTOR_RESET, account.name(), "", () -> {
            if (!factors.remove(account.name())) {
                throw new ProblemException(ProblemCode.CONFLICT, "This account has no second factor.");
            }
            return signIns.endAll(account.name(), null);
        });
        signIns.changed();
        return Answer.empty();
    }

    private Answer signOut(Call call) {
        Account account = find(call);
        audit.act(call.origin(), AuditAction.SIGN_IN_ENDED, account.name(), "all",
                () -> signIns.endAll(account.name(), null));
        signIns.changed();
        return Answer.empty();
    }

    private Answer settings() {
        return Answer.json(new SecuritySettings(factors.requiredRoles().stream().sorted().toList()));
    }

    private Answer changeSettings(Call call) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(call.json(SecuritySettings.class).secondFactorRoles());
        audit.act(call.origin(), AuditAction.SETTING_CHANGED, "second-factor-roles", roles.toString(), () -> {
            factors.requireFor(roles);
            return true;
        });
        rights.changed();
        return settings();
    }

    private Account findOther(Call call, String deed) {
        Account account = find(call);
        if (account.name().equals(call.caller().account())) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "You cannot " + deed + ".");
        }
        return account;
    }

    private Account find(Call call) {
        Account account = accounts.find(call.path("name"));
        if (account == null) {
            throw unknown();
        }
        return account;
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such account.");
    }
}
