package io.watchfloor.client.sync.rest;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditOutcome;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which events of the audit log to see. Immutable.
///
/// @param name of who did it or what it was done to; empty for all
/// @param actions none for all
/// @param outcome absent for all
/// @param from milliseconds since 1970 UTC; absent for all
/// @param to as `from`; events at that time do not count
public record AuditQuestion(String name, Set<AuditAction> actions, @Nullable AuditOutcome outcome, @Nullable Long from,
        @Nullable Long to) {

    /// All events.
    public static final AuditQuestion ALL = new AuditQuestion("", Set.of(), null, null, null);

    public AuditQuestion {
        actions = Set.copyOf(actions);
    }

    /// What is added to the query of the address.
    String query() {
        StringBuilder query = new StringBuilder();
        if (!name.isBlank()) {
            query.append("&name=").append(RestClient.segment(name.strip()));
        }
        if (!actions.isEmpty()) {
            query.append("&action=")
                    .append(actions.stream().map(AuditAction::code).sorted().collect(Collectors.joining(",")));
        }
        if (outcome != null) {
            query.append("&outcome=").append(outcome.name());
        }
        if (from != null) {
            query.append("&from=").append(from);
        }
        return to == null ? query.toString() : query.append("&to=").append(to).toString();
    }
}
