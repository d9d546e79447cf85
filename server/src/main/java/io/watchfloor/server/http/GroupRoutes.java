package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.Directory;
import io.watchfloor.protocol.rest.GroupList;
import io.watchfloor.protocol.rest.GroupRow;
import io.watchfloor.protocol.rest.NewGroup;
import io.watchfloor.protocol.rest.NewMember;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.AccountRules;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.Group;
import io.watchfloor.server.store.GroupStore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Groups of people, which administrators make, and the names of people and groups, for those who share dashboards.
/// Thread-safe.
public record GroupRoutes(GroupStore groups, Accounts accounts, Rights rights, AuditLog audit, InstantSource clock) {

    public List<Route> routes() {
        Access admin = Access.person(Role.ADMIN);
        return List.of(Route.get("/api/v1/groups", admin, _ -> list()).says("All groups.", GroupList.class),
                Route.post("/api/v1/groups", admin, this::add)
                        .takes(NewGroup.class).makes("Makes a group.", GroupRow.class, ProblemCode.CONFLICT),
                Route.post("/api/v1/groups/{name}/rename", admin, this::rename)
                        .takes(NewGroup.class).does("Gives a group another name.", ProblemCode.CONFLICT),
                Route.delete("/api/v1/groups/{name}", admin, this::remove).does("Removes a group."),
                Route.post("/api/v1/groups/{name}/members", admin, this::addMember).takes(NewMember.class)
                        .does("Adds somebody to a group."),
                Route.delete("/api/v1/groups/{name}/members/{account}", admin, this::removeMember)
                        .does("Takes somebody out of a group."),
                Route.get("/api/v1/directory", Access.person(Role.EDITOR), _ -> directory())
                        .says("Whom one may share with.", Directory.class));
    }

    private Answer list() {
        return Answer.json(new GroupList(
                groups.groups().stream().map(group -> new GroupRow(group.name(), group.members())).toList()));
    }

    private Answer directory() {
        return Answer.json(new Directory(
                accounts.list().stream().filter(account -> !account.disabled()).map(Account::name).toList(),
                groups.groups().stream().map(Group::name).toList()));
    }

    private Answer add(Call call) {
        String name = newName(call);
        change(call, AuditAction.GROUP_ADDED, name, "", () -> groups.addGroup(name, clock.millis()),
                taken());
        return Answer.json(201, new GroupRow(name, List.of()));
    }

    private static String newName(Call call) {
        String name = call.json(NewGroup.class).name().strip();
        String problem = AccountRules.problemOfGroup(name);
        if (problem != null) {
            throw new ProblemException(ProblemCode.INVALID, "The name " + problem + ".", "name");
        }
        return name;
    }

    private static ProblemException taken() {
        return new ProblemException(ProblemCode.CONFLICT, "There is a group of this name already.", "name");
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such group.");
    }

    private Answer rename(Call call) {
        String name = call.path("name");
        String newName = newName(call);
        audit.act(call.origin(), AuditAction.GROUP_RENAMED, name, "to " + newName,
                () -> switch (groups.renameGroup(name, newName)) {
                    case DONE -> true;
                    case UNKNOWN -> throw unknown();
                    case TAKEN -> throw taken();
                });
        rights.changed();
        return Answer.empty();
    }

    private Answer remove(Call call) {
        String name = call.path("name");
        change(call, AuditAction.GROUP_REMOVED, name, "", () -> groups.removeGroup(name), unknown());
        return Answer.empty();
    }

    private Answer addMember(Call call) {
        String name = call.path("name");
        String account = call.json(NewMember.class).account();
        change(call, AuditAction.GROUP_MEMBER_ADDED, name, account, () -> groups.addMember(name, account),
                new ProblemException(ProblemCode.NOT_FOUND, "There is no such group or account."));
        return Answer.empty();
    }

    private Answer removeMember(Call call) {
        String name = call.path("name");
        String account = call.path("account");
        change(call, AuditAction.GROUP_MEMBER_REMOVED, name, account, () -> groups.removeMember(name, account),
                new ProblemException(ProblemCode.NOT_FOUND, "There is no such member."));
        return Answer.empty();
    }

    private void change(Call call, AuditAction action, String group, String detail, BooleanSupplier change,
            ProblemException otherwise) {
        audit.act(call.origin(), action, group, detail, () -> {
            if (!change.getAsBoolean()) {
                throw otherwise;
            }
            return true;
        });
        rights.changed();
    }
}
