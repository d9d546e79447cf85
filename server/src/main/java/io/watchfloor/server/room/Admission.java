package io.watchfloor.server.room;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.PropertyTypes;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ErrorCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges the pushes of one group against the document and against those of the group that were admitted before.
/// It changes nothing but its own notes. Confined to its room's executor.
final class Admission {

    /// What becomes of a push.
    sealed interface Verdict {

        /// @param operations as they are logged
        record Admitted(List<Operation> operations) implements Verdict {}

        record Refused(Refusal refusal) implements Verdict {}
    }

    private final Document document;
    private final TextAdmission texts;
    private final PropertyCounts counts;
    private final Stamping stamping;
    private final Set<ElementId> created = new HashSet<>();

    Admission(Document document, TextAdmission texts, PropertyCounts counts, Stamping stamping) {
        this.counts = counts;
        this.document = document;
        this.texts = texts;
        this.stamping = stamping;
    }

    /// Judges a push; where it is admitted, the elements it creates are known to those after it.
    ///
    /// @param revision of its entry
    Verdict judge(List<Operation> operations, int replica, long revision) {
        texts.begin();
        counts.begin();
        Refusal refusal = problemOf(operations, replica);
        return refusal == null
                ? new Verdict.Admitted(texts.admit(stamping.logged(operations, replica), revision))
                : new Verdict.Refused(refusal);
    }

    private @Nullable Refusal problemOf(List<Operation> operations, int replica) {
        if (operations.isEmpty() || operations.size() > Limits.OPERATIONS_PER_PUSH) {
            return new Refusal(operations.isEmpty() ? ErrorCode.INVALID : ErrorCode.LIMIT, "operations",
                    "A push holds 1 to " + Limits.OPERATIONS_PER_PUSH + " operations.");
        }
        Map<ElementId, Map<String, Value>> fresh = freshElements(operations);
        for (int i = 0; i < operations.size(); i++) {
            Refusal refusal = switch (operations.get(i)) {
                case Assignment assignment -> judge(assignment, "operations[" + i + "]", replica, fresh);
                case TextEdit edit -> judge(edit, "operations[" + i + "]", fresh);
            };
            if (refusal != null) {
                return refusal;
            }
        }
        if (document.elementCount() + created.size() + fresh.size() > Limits.ELEMENTS) {
            return new Refusal(ErrorCode.LIMIT, "operations", "The dashboard holds " + Limits.ELEMENTS
                    + " elements, counting deleted ones; there is no room for more.");
        }
        created.addAll(fresh.keySet());
        counts.admit();
        return null;
    }

    /// What a push sets on each element that was never created before.
    private Map<ElementId, Map<String, Value>> freshElements(List<Operation> operations) {
        Map<ElementId, Map<String, Value>> fresh = new HashMap<>();
        for (Operation operation : operations) {
            switch (operation) {
                case Assignment assignment -> {
                    if (!isKnown(assignment.element())) {
                        fresh.computeIfAbsent(assignment.element(), _ -> new HashMap<>()).put(assignment.property(),
                                assignment.value());
                    }
                }
                case TextEdit edit -> {
                    if (!isKnown(edit.element())) {
                        fresh.computeIfAbsent(edit.element(), _ -> new HashMap<>());
                    }
                }
            }
        }
        return fresh;
    }

    private boolean isKnown(ElementId element) {
        return element.equals(ElementId.DASHBOARD) || document.knows(element) || created.contains(element);
    }

    private @Nullable Refusal judge(Assignment assignment, String place, int replica,
            Map<ElementId, Map<String, Value>> fresh) {
        if (assignment.stamp().replica() != replica) {
            return new Refusal(ErrorCode.INVALID_STAMP, place + ".stamp",
                    "The stamp carries replica " + assignment.stamp().replica() + ", this is replica " + replica + ".");
        }
        String property = assignment.property();
        String name = Limits.problemOfName(property);
        if (name != null) {
            return new Refusal(ErrorCode.INVALID, place + ".property", "The property's name " + name + ".");
        }
        String value = Limits.problemOf(assignment.value());
        if (value == null) {
            value = PropertyTypes.problemOf(property, assignment.value());
        }
        if (value != null) {
            return new Refusal(ErrorCode.INVALID, place + ".value", "'" + property + "' " + value + ".");
        }
        Refusal kind = texts.judge(assignment, place);
        if (kind != null) {
            return kind;
        }
        Map<String, Value> creation = fresh.get(assignment.element());
        if (creation != null) {
            Refusal incomplete = judgeCreation(creation, place, fresh);
            if (incomplete != null) {
                return incomplete;
            }
        } else if (property.equals(Properties.KIND) || property.equals(Properties.PARENT)) {
            return new Refusal(ErrorCode.INVALID, place + ".property",
                    "'" + property + "' is written once, when the element is created.");
        }
        if (document.find(assignment.element(), property) == null
                && !counts.add(assignment.element(), property, document.propertyCount(assignment.element()))) {
            return new Refusal(ErrorCode.LIMIT, place + ".property",
                    "An element holds at most " + Limits.PROPERTIES_PER_ELEMENT + " properties.");
        }
        return null;
    }

    private @Nullable Refusal judge(TextEdit edit, String place, Map<ElementId, Map<String, Value>> fresh) {
        Map<String, Value> creation = fresh.get(edit.element());
        Refusal refusal = creation == null ? null : judgeCreation(creation, place, fresh);
        return refusal == null ? texts.judge(edit, place) : refusal;
    }

    private @Nullable Refusal judgeCreation(Map<String, Value> creation, String place,
            Map<ElementId, Map<String, Value>> fresh) {
        boolean complete = Value.of(true).equals(creation.get(Properties.EXISTS))
                && creation.containsKey(Properties.KIND) && creation.containsKey(Properties.PARENT);
        if (!complete) {
            return new Refusal(ErrorCode.UNKNOWN_ELEMENT, place + ".element",
                    "The element was never created; a push that creates it sets 'exists' to true, 'kind' and 'parent'.");
        }
        if (creation.get(Properties.PARENT) instanceof Value.Str(String id)
                && PropertyTypes.problemOf(Properties.PARENT, Value.of(id)) == null) {
            ElementId parent = ElementId.parse(id);
            if (!isKnown(parent) && !fresh.containsKey(parent)) {
                return new Refusal(ErrorCode.UNKNOWN_ELEMENT, place + ".element",
                        "The element's parent was never created.");
            }
        }
        return null;
    }
}
