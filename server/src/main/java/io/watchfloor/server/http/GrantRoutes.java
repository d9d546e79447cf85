package io.watchfloor.server.http;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.GrantList;
import io.watchfloor.protocol.rest.GrantRow;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.DashboardAccess;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.store.Grantee;
import io.watchfloor.server.store.RightsRecord;
import io.watchfloor.server.store.RightsStore;
import java.util.List;

/// With whom a dashboard is shared; for its owners. Thread-safe.
public record GrantRoutes(RightsStore store, Rights rights, AuditLog audit) {

    public List<Route> routes() {
        Access editor = Access.person(Role.EDITOR);
        return List.of(Route.get("/api/v1/dashboards/{id}/grants", editor, this::list)
                .says("With whom a dashboard is shared.", GrantList.class),
                Route.post("/api/v1/dashboards/{id}/grants", editor, this::grant).takes(GrantRow.class)
                        .says("Shares a dashboard, or ends that.", GrantList.class));
    }

    private Answer list(Call call) {
        return Answer.json(of(owned(call)));
    }

    private GrantList of(DashboardId dashboard) {
        RightsRecord record = store.load();
        String owner = record.dashboards().stream().filter(owned -> owned.dashboard().equals(dashboard)).findFirst()
                .map(RightsRecord.Owned::owner).orElse(null);
        return new GrantList(owner, record.grants().stream().filter(grant -> grant.dashboard().equals(dashboard))
                .filter(grant -> grant.right() != Right.NONE || grant.grantee() instanceof Grantee.Everyone)
                .map(grant -> switch (grant.grantee()) {
                    case Grantee.Person(String name) -> new GrantRow(name, null, grant.right());
                    case Grantee.Members(String group) -> new GrantRow(null, group, grant.right());
                    case Grantee.Everyone _ -> new GrantRow(null, null, grant.right());
                }).toList(), DashboardAccess.of(record, dashboard));
    }

    private Answer grant(Call call) {
        DashboardId dashboard = owned(call);
        GrantRow body = call.json(GrantRow.class);
        if (body.account() != null && body.group() != null) {
            throw new ProblemException(ProblemCode.INVALID, "A grant is an account's or a group's, not both's.",
                    "group");
        }
        Grantee grantee = grantee(body);
        audit.act(call.origin(), AuditAction.RIGHT_GRANTED, dashboard.toString(), body.right() + " to "
                + (body.account() != null
                        ? body.account()
                        : body.group() != null ? "group " + body.group() : "everyone"),
                () -> {
                    if (!store.grant(dashboard, grantee, body.right())) {
                        throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such account or group.");
                    }
                    return true;
                });
        rights.changed();
        return Answer.json(of(dashboard));
    }

    private static Grantee grantee(GrantRow body) {
        if (body.account() != null) {
            return new Grantee.Person(body.account());
        }
        return body.group() == null ? new Grantee.Everyone() : new Grantee.Members(body.group());
    }

    private DashboardId owned(Call call) {
        DashboardId id;
        try {
            id = DashboardId.parse(call.path("id"));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such dashboard.");
        }
        return switch (rights.rightOf(call.caller().account(), id, Right.OWN)) {
            case OWN -> id;
            case NONE -> throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such dashboard.");
            case VIEW, EDIT -> throw new ProblemException(ProblemCode.FORBIDDEN,
                    "Only its owners and administrators share a dashboard.");
        };
    }
}
