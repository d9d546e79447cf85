package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.NewServiceToken;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.ServiceTokenList;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.auth.ServiceTokens;
import java.util.List;
import java.util.Set;

/// Makes, lists and revokes the tokens of programs; for administrators. Thread-safe.
public record ServiceTokenRoutes(ServiceTokens tokens, Rights rights, AuditLog audit) {

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/service-tokens", Access.person(Role.ADMIN), _ -> list())
                .says("Tokens of programs.", ServiceTokenList.class),
                Route.post("/api/v1/service-tokens", Access.person(Role.ADMIN), this::create)
                        .takes(NewServiceToken.class)
                        .makes("Makes a token, which is told only here.", CreatedServiceToken.class,
                                ProblemCode.CONFLICT),
                Route.delete("/api/v1/service-tokens/{id}", Access.person(Role.ADMIN), this::revoke)
                        .does("Revokes a token."));
    }

    private Answer list() {
        return Answer.json(new ServiceTokenList(tokens.list()));
    }

    private Answer create(Call call) {
        NewServiceToken body = call.json(NewServiceToken.class);
        String problem = ServiceTokens.problemOfName(body.name());
        if (problem != null) {
            throw new ProblemException(ProblemCode.INVALID, "The name " + problem + ".", "name");
        }
        if (body.scopes().isEmpty()) {
            throw new ProblemException(ProblemCode.INVALID, "A token needs at least one scope.", "scopes");
        }
        int days = body.days() == null ? ServiceTokens.DEFAULT_DAYS : body.days();
        if (days < 1 || days > ServiceTokens.MOST_DAYS) {
            throw new ProblemException(ProblemCode.INVALID, "A token lasts 1 to " + ServiceTokens.MOST_DAYS + " days.",
                    "days");
        }
        CreatedServiceToken created = audit.act(call.origin(), AuditAction.SERVICE_TOKEN_CREATED, body.name(),
                body.scopes() + ", " + days + " days", () -> create(call, body, days));
        rights.changed();
        return Answer.json(201, created).with("Cache-Control", "no-store");
    }

    private CreatedServiceToken create(Call call, NewServiceToken body, int days) {
        CreatedServiceToken created = tokens.create(body.name(), Set.copyOf(body.scopes()), days,
                call.caller().account());
        if (created == null) {
            throw new ProblemException(ProblemCode.CONFLICT, "There is a token of this name already; revoke it first.",
                    "name");
        }
        return created;
    }

    private Answer revoke(Call call) {
        audit.act(call.origin(), AuditAction.SERVICE_TOKEN_REVOKED, call.path("id"), "", () -> {
            if (!tokens.revoke(call.path("id"))) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such token.");
            }
            return true;
        });
        rights.changed();
        return Answer.empty();
    }
}
