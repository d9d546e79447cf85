package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditPage;
import io.watchfloor.protocol.rest.AuditRow;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.store.ChainedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The audit log, a page at a time; for administrators. Thread-safe.
public record AuditRoutes(AuditLog audit) {

    private static final int PAGE = 100;
    private static final int MOST = 1_000;

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/audit", Access.person(Role.ADMIN), this::page)
                .says("The audit log, the newest first.", AuditPage.class));
    }

    private Answer page(Call call) {
        Long before = number(call, "before", Long.MAX_VALUE);
        Long limit = number(call, "limit", MOST);
        int most = limit == null ? PAGE : limit.intValue();
        List<ChainedEvent> events = audit.page(before, call.query("actor"), most);
        return Answer.json(new AuditPage(events.stream().map(AuditRoutes::row).toList(),
                events.size() < most ? null : (Long) events.getLast().id()));
    }

    private static @Nullable Long number(Call call, String name, long most) {
        String text = call.query(name);
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw new ProblemException(ProblemCode.INVALID,
                "The parameter " + name + " is a number from 1 to " + most + ".",
                name);
    }

    private static AuditRow row(ChainedEvent event) {
        return new AuditRow(event.id(), event.event().at(), event.event().actor(), event.event().address(),
                event.event().action().code(), event.event().subject(), event.event().outcome(),
                event.event().detail(), event.event().times());
    }
}
