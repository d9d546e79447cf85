package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.AckedPush;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Operation;
import io.watchfloor.document.ReplicaDocument;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The latest of one's own edits that the log has taken, for the case that it loses them. Owner executor only.
final class AckedEdits {

    private final ReplicaDocument document;
    private final Deque<AckedPush> latest = new ArrayDeque<>();

    AckedEdits(ReplicaDocument document) {
        this.document = document;
    }

    /// Takes the place of what was remembered.
    void begin(List<AckedPush> acked) {
        latest.clear();
        latest.addAll(acked);
    }

    /// Those that were told of as lost need not be remembered any more.
    void forget(List<AckedPush> lost) {
        latest.removeAll(lost);
    }

    List<AckedPush> all() {
        return List.copyOf(latest);
    }

    /// Remembers an edit. That one typed into a text is remembered once.
    ///
    /// @return whether anything new is remembered
    boolean add(AckedPush push) {
        if (push.operations().stream().allMatch(o -> o instanceof TextEdit edit && hasTypedIn(edit.id()))) {
            return false;
        }
        latest.addLast(push);
        if (latest.size() > AckedPush.MOST) {
            latest.removeFirst();
        }
        return true;
    }

    private boolean hasTypedIn(TextId text) {
        return latest.stream().flatMap(push -> push.operations().stream())
                .anyMatch(o -> o instanceof TextEdit edit && edit.id().equals(text));
    }

    /// Those that the confirmed document does not hold.
    ///
    /// @param textsBefore what [#texts] was before it was replaced
    Merged lost(Map<TextId, String> textsBefore) {
        Map<TextId, String> texts = new HashMap<>(textsBefore);
        texts.entrySet().removeIf(text -> document.confirmed().text(text.getKey()).equals(text.getValue()));
        return new Merged(List.of(), Set.of(), List.of(), List.of(),
                latest.stream().filter(push -> push.operations().stream().anyMatch(this::lacks)).toList(), texts);
    }

    private boolean lacks(Operation operation) {
        return switch (operation) {
            case Assignment assignment -> {
                Assignment standing = document.confirmed().find(assignment.element(), assignment.property());
                yield standing == null || standing.stamp().compareTo(assignment.stamp()) < 0;
            }
            case TextEdit _ -> false; // texts are compared as wholes
        };
    }

    /// The confirmed texts that one has typed into.
    Map<TextId, String> texts() {
        Map<TextId, String> texts = new HashMap<>();
        latest.forEach(push -> push.operations().forEach(operation -> {
            if (operation instanceof TextEdit edit) {
                texts.put(edit.id(), document.confirmed().text(edit.id()));
            }
        }));
        return texts;
    }
}
