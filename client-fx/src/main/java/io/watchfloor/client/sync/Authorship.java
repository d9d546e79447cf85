package io.watchfloor.client.sync;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import java.util.HashSet;
import java.util.Set;

/// What in a dashboard is one's own and what is others'. Owner executor only.
final class Authorship {

    private final ReplicaDocument document;
    private final Set<Integer> ownNumbers = new HashSet<>(Set.of(Stamp.PROVISIONAL_REPLICA));
    /// Texts that others have changed while the dashboard was open.
    private final Set<TextId> typedByOthers = new HashSet<>();

    Authorship(ReplicaDocument document) {
        this.document = document;
    }

    /// A number of this replica in stamps.
    void own(int number) {
        ownNumbers.add(number);
    }

    /// Another log begins, whose numbers are given anew.
    void ownOnly(int number) {
        ownNumbers.retainAll(Set.of(Stamp.PROVISIONAL_REPLICA));
        own(number);
    }

    void typedByOthers(TextId text) {
        typedByOthers.add(text);
    }

    /// What is shown now is where others begin.
    void begin() {
        typedByOthers.clear();
    }

    /// Whether another replica's value stands in any property of an element or of its parts, or others typed in it.
    boolean touchedByOthers(ElementId element) {
        Value itself = Value.of(element.toString());
        return setByOthers(element) || document.elements().stream()
                .filter(part -> itself.equals(document.get(part, Properties.PARENT))).anyMatch(this::setByOthers);
    }

    private boolean setByOthers(ElementId element) {
        return typedByOthers.stream().anyMatch(text -> text.element().equals(element))
                || document.confirmed().properties(element).stream()
                        .map(property -> document.find(element, property))
                        .anyMatch(shown -> shown != null && !isOwn(shown));
    }

    /// Whether another replica has removed an element, or what it is part of, or a restored log has never had it.
    boolean removedByOthers(ElementId element) {
        return itselfRemovedByOthers(element)
                || (document.get(element, Properties.PARENT) instanceof Value.Str(String parent) && isId(parent)
                        && itselfRemovedByOthers(ElementId.parse(parent)));
    }

    private boolean itselfRemovedByOthers(ElementId element) {
        Assignment exists = document.find(element, Properties.EXISTS);
        return exists == null
                ? !element.equals(ElementId.DASHBOARD)
                : exists.value().equals(Value.of(false)) && !isOwn(exists);
    }

    private static boolean isId(String text) {
        try {
            return ElementId.parse(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false; // a newer version may write something else
        }
    }

    boolean isOwn(Assignment assignment) {
        return ownNumbers.contains(assignment.stamp().replica());
    }
}
