package io.watchfloor.server.http;

import static io.watchfloor.server.http.Contract.Parameter.ofNumber;
import static io.watchfloor.server.http.Contract.Parameter.ofText;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditChains;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.protocol.rest.AuditPage;
import io.watchfloor.protocol.rest.AuditRow;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.audit.AuditWatch;
import io.watchfloor.server.store.AuditFilter;
import io.watchfloor.server.store.ChainedEvent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The audit log, a page at a time, and whether it is whole; for administrators. Thread-safe.
public record AuditRoutes(AuditLog audit, AuditWatch watch) {

    private static final int PAGE = 100;
    private static final int MOST = 1_000;

    public List<Route> routes() {
        return List.of(Route.get("/api/v1/audit", Access.person(Role.ADMIN), this::page)
                .asks(ofNumber("before", "the event to go back from"), ofNumber("limit", "at most so many events"),
                        ofText("actor", "who did it"), ofText("name", "who did it, or what it was done to"),
                        ofText("action", "codes with commas between them"), ofText("outcome", "DONE or REFUSED"),
                        ofNumber("from", "milliseconds since 1970 UTC"),
                        ofNumber("to", "milliseconds, left out itself"))
                .says("The audit log, the newest first.", AuditPage.class),
                Route.get("/api/v1/audit/chains", Access.person(Role.ADMIN), _ -> Answer.json(watch.found()))
                        .says("Whether the audit log is as it was written.", AuditChains.class));
    }

    private Answer page(Call call) {
        Long before = number(call, "before", Long.MAX_VALUE);
        Long limit = number(call, "limit", MOST);
        int most = limit == null ? PAGE : limit.intValue();
        List<ChainedEvent> events = audit.page(before, filter(call), most);
        return Answer.json(new AuditPage(events.stream().map(AuditRoutes::row).toList(),
                events.size() < most ? null : (Long) events.getLast().id()));
    }

    private static AuditFilter filter(Call call) {
        return new AuditFilter(call.query("actor"), call.query("name"), actions(call.query("action")),
                outcome(call.query("outcome")), number(call, "from", Long.MAX_VALUE),
                number(call, "to", Long.MAX_VALUE));
    }

    private static Set<AuditAction> actions(@Nullable String codes) {
        if (codes == null) {
            return Set.of();
        }
        Set<AuditAction> actions = EnumSet.noneOf(AuditAction.class);
        for (String code : codes.split(",", -1)) {
            actions.add(Arrays.stream(AuditAction.values()).filter(action -> action.code().equals(code)).findFirst()
                    .orElseThrow(() -> new ProblemException(ProblemCode.INVALID,
                            "The parameter action holds codes of actions with commas between them; one of them is unknown.",
                            "action")));
        }
        return actions;
    }

    private static @Nullable AuditOutcome outcome(@Nullable String name) {
        return name == null
                ? null
                : Arrays.stream(AuditOutcome.values()).filter(outcome -> outcome.name().equals(name)).findFirst()
                        .orElseThrow(() -> new ProblemException(ProblemCode.INVALID,
                                "The parameter outcome is DONE or REFUSED.", "outcome"));
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
