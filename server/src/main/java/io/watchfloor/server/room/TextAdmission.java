package io.watchfloor.server.room;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Operation;
import io.watchfloor.document.PropertyTypes;
import io.watchfloor.document.Rope;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges the text edits of one group, and transforms each past what was logged of its text since it was made and past
/// what the group holds of it before. Which properties are texts and which registers is judged here too.
///
/// Confined to its room's executor.
final class TextAdmission {

    /// A text as the group leaves it.
    private record Working(Rope content, List<Delta> deltas) {}

    private final Document document;
    private final RecentEntries recent;
    private final PropertyCounts counts;
    private final long head;
    private final Map<TextId, Working> group = new HashMap<>();
    private final Set<TextId> assigned = new HashSet<>();
    private int length;
    /// Of the push that is being judged: its edits transformed, and what it assigns.
    private final Map<TextId, Delta> edits = new HashMap<>();
    private final Set<TextId> assigns = new HashSet<>();

    TextAdmission(Document document, RecentEntries recent, PropertyCounts counts, long head) {
        this.counts = counts;
        this.document = document;
        this.recent = recent;
        this.head = head;
        this.length = document.textLength();
    }

    /// Begins to judge a push.
    void begin() {
        edits.clear();
        assigns.clear();
    }

    @Nullable
    Refusal judge(Assignment assignment, String place) {
        String property = assignment.property();
        if (PropertyTypes.isRegister(property)) {
            return null;
        }
        TextId id = new TextId(assignment.element(), property);
        if (!content(id).isEmpty() || edits.containsKey(id)) {
            return new Refusal(ErrorCode.INVALID, place + ".property",
                    "'" + property + "' holds a long text; it is changed by text edits.");
        }
        assigns.add(id);
        return null;
    }

    @Nullable
    Refusal judge(TextEdit edit, String place) {
        String name = Limits.problemOfName(edit.property());
        if (name != null) {
            return new Refusal(ErrorCode.INVALID, place + ".property", "The property's name " + name + ".");
        }
        TextId id = edit.id();
        if (PropertyTypes.isRegister(edit.property()) || document.find(edit.element(), edit.property()) != null
                || assigned.contains(id) || assigns.contains(id)) {
            return new Refusal(ErrorCode.INVALID, place + ".property",
                    "'" + edit.property() + "' is no long text; it is assigned.");
        }
        if (edits.containsKey(id)) {
            return new Refusal(ErrorCode.INVALID, place, "A push changes each text once at most.");
        }
        if (isOneTooMany(id)) {
            return new Refusal(ErrorCode.LIMIT, place + ".property",
                    "An element holds at most " + Limits.PROPERTIES_PER_ELEMENT + " properties.");
        }
        return judgeDelta(edit, place);
    }

    private boolean isOneTooMany(TextId id) {
        if (PropertyTypes.isLongText(id.property()) || !content(id).isEmpty()) {
            return false;
        }
        long texts = document.texts().stream().filter(text -> text.element().equals(id.element())).count();
        return !counts.add(id.element(), id.property(),
                Math.toIntExact(texts) + document.propertyCount(id.element()));
    }

    private @Nullable Refusal judgeDelta(TextEdit edit, String place) {
        String problem = Limits.problemOf(edit.delta());
        if (problem != null) {
            return new Refusal(ErrorCode.INVALID, place + ".delta", "The delta " + problem + ".");
        }
        if (edit.base() > head || edit.base() < 0) {
            return new Refusal(ErrorCode.INVALID, place + ".base",
                    "Revision " + edit.base() + " is not in the log, whose head is " + head + ".");
        }
        List<Delta> since = recent.after(edit.base(), head, edit.id());
        if (since == null) {
            return new Refusal(ErrorCode.TEXT_BASE_GONE, place + ".base", "The text was changed on revision "
                    + edit.base() + ", which is too old to be merged now; it is to be changed on a newer one.");
        }
        Delta delta = edit.delta();
        for (Delta earlier : since) {
            delta = delta.transform(earlier, Delta.Side.RIGHT);
        }
        Working working = group.get(edit.id());
        if (working != null) {
            for (Delta earlier : working.deltas()) {
                delta = delta.transform(earlier, Delta.Side.RIGHT);
            }
        }
        return judgeResult(edit.id(), delta, place);
    }

    private @Nullable Refusal judgeResult(TextId id, Delta delta, String place) {
        Rope content = content(id);
        String problem = delta.problemOn(content);
        if (problem != null) {
            return new Refusal(ErrorCode.INVALID, place + ".delta",
                    "On the text at the head the delta " + problem + ".");
        }
        if (content.length() + delta.growth() > Limits.TEXT_LENGTH) {
            return new Refusal(ErrorCode.LIMIT, place + ".delta",
                    "A text has at most " + Limits.TEXT_LENGTH + " units; this one would have "
                            + (content.length() + delta.growth()) + ".");
        }
        int growth = edits.values().stream().mapToInt(Delta::growth).sum() + delta.growth();
        if (growth > 0 && length + growth > Limits.TEXTS_LENGTH) {
            return new Refusal(ErrorCode.LIMIT, place + ".delta",
                    "The texts of a dashboard have at most " + Limits.TEXTS_LENGTH + " units together.");
        }
        edits.put(id, delta);
        return null;
    }

    private Rope content(TextId id) {
        Working working = group.get(id);
        return working == null ? document.content(id) : working.content();
    }

    /// The push that was judged is admitted: those after it in the group come to a text as it leaves it.
    ///
    /// @param revision of its entry
    /// @return its operations as they are logged
    List<Operation> admit(List<Operation> operations, long revision) {
        assigned.addAll(assigns);
        if (edits.isEmpty()) {
            return operations;
        }
        edits.forEach((id, delta) -> {
            Rope content = delta.apply(content(id));
            List<Delta> deltas = new ArrayList<>(group.getOrDefault(id, new Working(Rope.EMPTY, List.of())).deltas());
            deltas.add(delta);
            group.put(id, new Working(content, deltas));
            length += delta.growth();
        });
        return operations.stream().map(operation -> switch (operation) {
            case Assignment assignment -> assignment;
            case TextEdit edit -> new TextEdit(edit.element(), edit.property(), revision - 1,
                    edits.getOrDefault(edit.id(), Delta.NONE));
        }).map(Operation.class::cast).toList();
    }
}
