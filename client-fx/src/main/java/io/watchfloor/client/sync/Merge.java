package io.watchfloor.client.sync;

import io.watchfloor.client.sync.Merged.Overridden;
import io.watchfloor.client.sync.outbox.AckedPush;
import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxText;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gathers what comes together between leaving a room and having everything sent that waited meanwhile. Where the
/// connection is lost again before that, it goes on gathering. Owner executor only.
final class Merge {

    private final List<Entry> arrived = new ArrayList<>();
    /// Account names by the number of a replica, as far as they were told.
    private final Map<Integer, String> authors = new HashMap<>();
    private final Set<ElementId> changed = new HashSet<>();
    private final List<AckedPush> sent = new ArrayList<>();
    private final Set<Long> waiting = new LinkedHashSet<>();
    /// With something typed that no push holds yet.
    private final Set<TextId> texts = new HashSet<>();

    void arrived(Entry entry) {
        arrived.add(entry);
    }

    /// Somebody wrote into the log.
    void wrote(int replica, String author) {
        authors.put(replica, author);
    }

    void changed(ElementId element) {
        changed.add(element);
    }

    /// Waits for these to be decided.
    void await(List<OutboxPush> pushes, List<OutboxText> typed) {
        pushes.forEach(push -> waiting.add(push.key()));
        typed.stream().filter(OutboxText::unsent).forEach(text -> texts.add(text.id()));
    }

    /// What was typed is in a push now.
    void sealed(OutboxPush push) {
        for (Operation operation : push.operations()) {
            if (operation instanceof TextEdit edit && texts.remove(edit.id())) {
                waiting.add(push.key());
            }
        }
    }

    /// A push is in the log.
    void sent(OutboxPush push, AckedPush logged) {
        if (waiting.remove(push.key())) {
            sent.add(logged);
        }
    }

    void refused(OutboxPush push) {
        waiting.remove(push.key());
    }

    boolean complete() {
        return waiting.isEmpty() && texts.isEmpty();
    }

    /// @param standing the assignment that is shown where one was made
    /// @param mine whether a replica number is one's own
    Merged result(Function<Assignment, @Nullable Assignment> standing, Function<Assignment, Boolean> mine) {
        List<Overridden> overridden = new ArrayList<>();
        for (AckedPush push : sent) {
            for (Operation operation : push.operations()) {
                if (operation instanceof Assignment assignment) {
                    Assignment now = standing.apply(assignment);
                    if (now != null && now.stamp().compareTo(assignment.stamp()) > 0 && !mine.apply(now)
                            && !now.value().equals(assignment.value())) {
                        overridden.add(new Overridden(push.label(), assignment, now, author(now)));
                    } else if (!assignment.property().equals(Properties.EXISTS)) {
                        removal(assignment, standing, mine).ifPresent(removed -> overridden.add(new Overridden(
                                push.label(), new Assignment(removed.element(), removed.property(), Value.of(true),
                                        assignment.stamp()),
                                removed, author(removed))));
                    }
                }
            }
        }
        return new Merged(arrived, changed, sent, overridden, List.of(), Map.of());
    }

    /// That another has removed the element in which an edit was made.
    private static Optional<Assignment> removal(Assignment edit, Function<Assignment, @Nullable Assignment> standing,
            Function<Assignment, Boolean> mine) {
        Assignment exists = standing
                .apply(new Assignment(edit.element(), Properties.EXISTS, Value.of(true), edit.stamp()));
        return Optional.ofNullable(exists)
                .filter(now -> now.value().equals(Value.of(false)) && !mine.apply(now));
    }

    private @Nullable String author(Assignment assignment) {
        return authors.get(assignment.stamp().replica());
    }
}
