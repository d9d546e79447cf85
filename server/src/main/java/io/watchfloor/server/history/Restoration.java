package io.watchfloor.server.history;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.PropertyTypes;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextDifference;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.server.room.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a dashboard look as it did at an earlier revision, by a new change that is stamped now: what is the same is not
/// touched, what did not exist then is deleted, of texts only what differs is replaced. Immutable.
///
/// @param then the document at the revision; not to be changed
record Restoration(Document then, long restored) implements Change {

    /// Written once, or not part of how the dashboard looks.
    private static final Set<String> LEFT_ALONE = Set.of(Properties.EXISTS, Properties.KIND, Properties.PARENT,
            Properties.RESTORED);

    @Override
    public List<Operation> operations(Document now, long revision, Supplier<Stamp> stamps) {
        List<Operation> operations = new ArrayList<>();
        for (ElementId element : new TreeSet<>(now.elements())) {
            boolean existed = exists(then, element);
            if (existed != exists(now, element)) {
                operations.add(new Assignment(element, Properties.EXISTS, Value.of(existed), stamps.get()));
            }
            if (known(element)) {
                registers(now, element, operations, stamps);
            }
        }
        for (TextId text : new TreeSet<>(texts(now))) {
            Delta delta = TextDifference.between(now.text(text), then.text(text));
            if (known(text.element()) && !delta.isEmpty()) {
                operations.add(new TextEdit(text.element(), text.property(), revision, delta));
            }
        }
        if (!operations.isEmpty()) {
            operations.addFirst(new Assignment(ElementId.DASHBOARD, Properties.RESTORED, Value.of(restored),
                    stamps.get()));
        }
        return operations;
    }

    /// What was never created then is deleted and otherwise left as it is.
    private boolean known(ElementId element) {
        return element.equals(ElementId.DASHBOARD) || then.knows(element);
    }

    private void registers(Document now, ElementId element, List<Operation> operations, Supplier<Stamp> stamps) {
        for (String property : new TreeSet<>(now.properties(element))) {
            Value was = then.get(element, property);
            Value target = was == null ? unset(property) : was;
            if (!LEFT_ALONE.contains(property) && target != null && !target.equals(now.get(element, property))) {
                operations.add(new Assignment(element, property, target, stamps.get()));
            }
        }
    }

    /// What stands for "never set"; null where nothing does, and the property stays as it is.
    private static @Nullable Value unset(String property) {
        if (PropertyTypes.problemOf(property, Value.NULL) == null) {
            return Value.NULL;
        }
        return PropertyTypes.problemOf(property, Value.of("")) == null ? Value.of("") : null;
    }

    private Set<TextId> texts(Document now) {
        Set<TextId> texts = new TreeSet<>(now.texts());
        texts.addAll(then.texts());
        return texts;
    }

    private static boolean exists(Document document, ElementId element) {
        return element.equals(ElementId.DASHBOARD)
                || Value.of(true).equals(document.get(element, Properties.EXISTS));
    }
}
