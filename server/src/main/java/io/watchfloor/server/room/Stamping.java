package io.watchfloor.server.room;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.HybridClock;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The stamps under which the pushes of one group are logged: those they came with, but for two kinds. One too far in the
/// future is lowered to the room's own clock. Because of that an edit may stand under a stamp that its replica did not
/// know of when it made the next one; where that is lower, it is raised, for who edits twice means the second.
///
/// Confined to its room's executor.
final class Stamping {

    /// How far a stamp may be ahead of the server's clock, milliseconds.
    static final long SKEW = 2_000;

    private record Register(ElementId element, String property) {

        static Register of(Assignment assignment) {
            return new Register(assignment.element(), assignment.property());
        }
    }

    private final Document document;
    private final HybridClock clock;
    private final long now;
    /// What pushes of this group set last under another stamp than they came with.
    private final Map<Register, Stamp> inGroup = new HashMap<>();

    Stamping(Document document, HybridClock clock, long now) {
        this.document = document;
        this.clock = clock;
        this.now = now;
    }

    /// The operations as they are logged. New stamps come after all others of the push, and in the order of those they
    /// stand for.
    List<Operation> logged(List<Operation> operations, int replica) {
        Set<Assignment> changed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Operation operation : operations) {
            if (operation instanceof Assignment assignment) {
                if (!isTimely(assignment)) {
                    changed.add(assignment);
                } else {
                    clock.observe(assignment.stamp());
                    if (isBelowOwn(assignment, replica) && isNewestIn(operations, assignment)) {
                        changed.add(assignment);
                    }
                }
            }
        }
        return changed.isEmpty() ? operations : withNewStamps(operations, changed, replica);
    }

    private boolean isTimely(Assignment assignment) {
        return assignment.stamp().wall() <= now + SKEW;
    }

    /// Whether an earlier edit of the same replica stands, under a stamp that is not lower.
    private boolean isBelowOwn(Assignment assignment, int replica) {
        Assignment logged = document.find(assignment.element(), assignment.property());
        Stamp standing = inGroup.isEmpty() ? null : inGroup.get(Register.of(assignment));
        if (standing == null && logged != null) {
            standing = logged.stamp();
        }
        return standing != null && standing.replica() == replica && standing.compareTo(assignment.stamp()) >= 0;
    }

    private static boolean isNewestIn(List<Operation> operations, Assignment assignment) {
        return operations.stream().noneMatch(other -> other instanceof Assignment a
                && a.element().equals(assignment.element()) && a.property().equals(assignment.property())
                && a.stamp().compareTo(assignment.stamp()) > 0);
    }

    private List<Operation> withNewStamps(List<Operation> operations, Set<Assignment> changed, int replica) {
        Map<Stamp, Stamp> anew = new TreeMap<>();
        changed.forEach(assignment -> anew.put(assignment.stamp(), assignment.stamp()));
        anew.replaceAll((_, _) -> clock.next(now, replica));
        List<Operation> logged = new ArrayList<>();
        for (Operation operation : operations) {
            switch (operation) {
                case Assignment assignment when changed.contains(assignment) -> {
                    Stamp stamp = anew.getOrDefault(assignment.stamp(), assignment.stamp());
                    inGroup.merge(Register.of(assignment), stamp, (a, b) -> a.compareTo(b) > 0 ? a : b);
                    logged.add(assignment.withStamp(stamp));
                }
                case Assignment assignment -> logged.add(assignment);
                case TextEdit edit -> logged.add(edit);
            }
        }
        return logged;
    }
}
