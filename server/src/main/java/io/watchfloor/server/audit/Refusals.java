package io.watchfloor.server.audit;

import io.watchfloor.server.store.AuditEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts refusals of the same kind within a minute. However many kinds there are, its memory and what it has written are
/// bounded: beyond some kinds of one account, or of one address where nobody is signed in, they count as one, and beyond some
/// of those all count as one. Thread-safe.
final class Refusals {

    private static final int KINDS = 500;
    private static final int KINDS_OF_ONE = 10;

    private final Map<AuditEvent, Integer> followed = new HashMap<>();
    private final Map<String, Integer> ofOne = new HashMap<>();

    /// Whether the event is to be written now; else it was counted.
    synchronized boolean isFirst(AuditEvent event) {
        AuditEvent kind = kind(event);
        Integer count = followed.get(kind);
        if (count != null) {
            followed.put(kind, count + 1);
            return false;
        }
        AuditEvent room = roomFor(kind);
        boolean first = room.equals(kind);
        followed.merge(room, first ? 0 : 1, Integer::sum);
        if (first) {
            ofOne.merge(who(kind), 1, Integer::sum);
        }
        return first;
    }

    private AuditEvent roomFor(AuditEvent kind) {
        if (followed.size() >= KINDS) {
            return new AuditEvent(0, null, null, kind.action(), null, kind.outcome(), "from many addresses", 1);
        }
        return ofOne.getOrDefault(who(kind), 0) >= KINDS_OF_ONE
                ? new AuditEvent(0, kind.actor(), kind.address(), kind.action(), null, kind.outcome(), "of many kinds",
                        1)
                : kind;
    }

    /// An address never looks like the name of an account: names have no colon in front.
    private static String who(AuditEvent kind) {
        return kind.actor() == null ? ":" + kind.address() : kind.actor();
    }

    private static AuditEvent kind(AuditEvent event) {
        return new AuditEvent(0, event.actor(), event.address(), event.action(), event.subject(), event.outcome(),
                event.detail(), 1);
    }

    /// Those that have followed on a first one, each with its number; what comes after is first again.
    synchronized List<AuditEvent> take(long now) {
        List<AuditEvent> counted = new ArrayList<>();
        followed.forEach((kind, times) -> {
            if (times > 0) {
                counted.add(new AuditEvent(now, kind.actor(), kind.address(), kind.action(), kind.subject(),
                        kind.outcome(), kind.detail(), times));
            }
        });
        followed.clear();
        ofOne.clear();
        return counted;
    }
}
