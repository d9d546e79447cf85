package io.watchfloor.server.store;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditOutcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which events of the audit log to look at; what is absent does not matter. Immutable.
///
/// @param actor who did it, however its letters are cased
/// @param name who did it or what it was done to, however its letters are cased
/// @param actions none to see all
/// @param from milliseconds since 1970 UTC; events at that time count
/// @param to as `from`; events at that time do not count
public record AuditFilter(@Nullable String actor, @Nullable String name, Set<AuditAction> actions,
        @Nullable AuditOutcome outcome, @Nullable Long from, @Nullable Long to) {

    /// All events.
    public static final AuditFilter ALL = new AuditFilter(null, null, Set.of(), null, null, null);

    public AuditFilter {
        actions = Set.copyOf(actions);
    }

    /// Those of one actor.
    public static AuditFilter of(String actor) {
        return new AuditFilter(actor, null, Set.of(), null, null, null);
    }

    /// Whether an event is one of them.
    public boolean fits(AuditEvent event) {
        return (actor == null || actor.equalsIgnoreCase(event.actor()))
                && (name == null || name.equalsIgnoreCase(event.actor()) || name.equalsIgnoreCase(event.subject()))
                && (actions.isEmpty() || actions.contains(event.action()))
                && (outcome == null || outcome == event.outcome()) && (from == null || event.at() >= from)
                && (to == null || event.at() < to);
    }
}
