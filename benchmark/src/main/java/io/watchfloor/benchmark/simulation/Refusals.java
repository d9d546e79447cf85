package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.server.store.Decision;
import java.util.HashSet;
import java.util.Set;

/// Whether an edit of one desktop may be refused at all: what people do there by the means they have is always admitted, but
/// for what a script does on purpose. Confined to its run's thread.
final class Refusals {

    private final Witness witness;
    /// Elements whose creation was refused, so that nothing can be done with them.
    private final Set<ElementId> stillborn = new HashSet<>();

    Refusals(Witness witness) {
        this.witness = witness;
    }

    void check(String desktop, OutboxPush push, Decision.Refused refused) {
        boolean caused = switch (refused.code()) {
            case FORBIDDEN -> witness.tally().of("step " + Verb.RIGHT) > 0;
            case INVALID -> push.operations().stream().anyMatch(Refusals::isBad);
            case UNKNOWN_ELEMENT -> witness.book().wasRestored()
                    || push.operations().stream().anyMatch(this::isOfUnknown);
            case TEXT_BASE_GONE -> true;
            case MALFORMED, UNKNOWN_MESSAGE, UNEXPECTED, NOT_FOUND, INVALID_STAMP, SEQUENCE_GAP, SEQUENCE_REUSED,
                    FOREIGN_REPLICA, LIMIT, INVALID_QUERY, UNAVAILABLE ->
                false;
        };
        if (!caused) {
            witness.violations().add("refused-without-cause",
                    desktop + " pushed " + push + "; answered was " + refused);
        }
        for (Operation operation : push.operations()) {
            if (operation instanceof Assignment a && a.property().equals(Properties.KIND)) {
                stillborn.add(a.element());
            }
        }
    }

    /// As [Verb#BAD_VALUE] makes it.
    private static boolean isBad(Operation operation) {
        return operation instanceof Assignment a && a.property().equals(Properties.BOUNDS)
                && a.value() instanceof Value.Str;
    }

    /// Whether it is about such an element, or makes a part of one.
    private boolean isOfUnknown(Operation operation) {
        if (isUnknown(operation.element())) {
            return true;
        }
        return operation instanceof Assignment a && a.property().equals(Properties.PARENT)
                && a.value() instanceof Value.Str(String parent) && isUnknown(ElementId.parse(parent));
    }

    /// As [Verb#BAD_ELEMENT] makes it, or never come to be.
    private boolean isUnknown(ElementId element) {
        return stillborn.contains(element) || Person.isNothing(element);
    }
}
