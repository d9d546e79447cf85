package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.SessionList;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.SignInList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One's own sign-ins: lists them and ends them. Thread-safe.
public record SessionRoutes(SignInList signIns, AuditLog audit) {

    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/sessions", Access.person(Role.VIEWER), this::list).says("Sign-ins of this account.",
                        SessionList.class),
                Route.post("/api/v1/sessions/end-others", Access.person(Role.VIEWER), this::endOthers)
                        .does("Ends all other sign-ins."),
                Route.delete("/api/v1/sessions/{id}", Access.person(Role.VIEWER), this::end).does("Ends a sign-in."));
    }

    private Answer list(Call call) {
        return Answer.json(new SessionList(signIns.of(call.caller().account(), call.caller().signIn())));
    }

    private Answer endOthers(Call call) {
        audit.act(call.origin(), AuditAction.SIGN_IN_ENDED, call.caller().account(), "all others",
                () -> signIns.endAll(call.caller().account(), call.caller().signIn()));
        signIns.changed();
        return Answer.empty();
    }

    private Answer end(Call call) {
        UUID id = id(call.path("id"));
        audit.act(call.origin(), AuditAction.SIGN_IN_ENDED, call.caller().account(), call.path("id"), () -> {
            if (id == null || !signIns.end(call.caller().account(), id)) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such sign-in.");
            }
            return true;
        });
        signIns.changed();
        return Answer.empty();
    }

    private static @Nullable UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
