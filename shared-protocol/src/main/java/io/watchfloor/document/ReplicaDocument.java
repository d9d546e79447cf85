package io.watchfloor.document;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A replica's copy of a dashboard: the confirmed document, made of log entries and nothing else, and apart from it the
/// pending pushes, not yet in the log. What is shown is, per property, the greater stamp of both.
///
/// Every change answers with the properties whose shown value it touched, so that a view redraws only those.
/// Confined to its owner's executor.
public final class ReplicaDocument {

    /// A property whose shown assignment has changed.
    public record Change(ElementId element, String property) {}

    private Document confirmed = new Document();
    private long revision;
    private final Map<Long, List<Assignment>> pending = new LinkedHashMap<>();

    public long revision() {
        return revision;
    }

    public Document confirmed() {
        return confirmed;
    }

    /// Takes the place of the confirmed document; pending pushes stay.
    public Set<Change> reset(Snapshot snapshot) {
        Set<Change> changes = new HashSet<>();
        addAll(confirmed, changes);
        confirmed = Document.of(snapshot);
        revision = snapshot.revision();
        addAll(confirmed, changes);
        return changes;
    }

    private static void addAll(Document document, Set<Change> changes) {
        for (ElementId element : document.elements()) {
            document.properties(element).forEach(property -> changes.add(new Change(element, property)));
        }
    }

    /// Applies the next entry of the log; where it is one of this replica's own pushes, that is pending no more.
    ///
    /// @param own number of the push in `pending`, or null for another replica's entry
    /// @throws IllegalArgumentException where the entry is not the next one
    public Set<Change> confirm(Entry entry, @Nullable Long own) {
        if (entry.revision() != revision + 1) {
            throw new IllegalArgumentException(
                    "revision " + entry.revision() + " does not follow revision " + revision);
        }
        revision = entry.revision();
        Set<Change> changes = own == null ? new HashSet<>() : drop(own);
        for (Operation operation : entry.operations()) {
            switch (operation) {
                case Assignment assignment -> {
                    if (confirmed.apply(assignment)) {
                        changes.add(new Change(assignment.element(), assignment.property()));
                    }
                }
            }
        }
        return changes;
    }

    /// Shows a push that is not in the log yet; the same number again replaces it.
    public Set<Change> pend(long number, List<Assignment> assignments) {
        Set<Change> changes = drop(number);
        pending.put(number, List.copyOf(assignments));
        assignments.forEach(a -> changes.add(new Change(a.element(), a.property())));
        return changes;
    }

    /// Takes a pending push back out, as after a rejection.
    public Set<Change> drop(long number) {
        Set<Change> changes = new HashSet<>();
        List<Assignment> dropped = pending.remove(number);
        if (dropped != null) {
            dropped.forEach(a -> changes.add(new Change(a.element(), a.property())));
        }
        return changes;
    }

    /// The assignment shown for a property, or null where it was never set.
    public @Nullable Assignment find(ElementId element, String property) {
        Assignment shown = confirmed.find(element, property);
        for (List<Assignment> push : pending.values()) {
            for (Assignment assignment : push) {
                if (assignment.element().equals(element) && assignment.property().equals(property)
                        && (shown == null || assignment.stamp().compareTo(shown.stamp()) > 0)) {
                    shown = assignment;
                }
            }
        }
        return shown;
    }

    public @Nullable Value get(ElementId element, String property) {
        Assignment assignment = find(element, property);
        return assignment == null ? null : assignment.value();
    }

    /// Every element of the confirmed document and of the pending pushes, deleted ones included.
    public Set<ElementId> elements() {
        Set<ElementId> elements = new HashSet<>(confirmed.elements());
        pending.values().forEach(push -> push.forEach(a -> elements.add(a.element())));
        return elements;
    }
}
