package io.watchfloor.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The state of a dashboard: for every property of every element the assignment with the greatest stamp, and beside
/// these registers the long texts. Applying the same assignments in any order, any number of times, gives equal documents;
/// text edits are applied in the order of the log, each once.
///
/// It stores whatever is well-formed; what an edit may refer to is the room's business. Elements are never forgotten:
/// a deleted one has `exists = false` and keeps its other properties.
///
/// Confined to its owner's executor.
public final class Document {

    private final Map<ElementId, Map<String, Register>> elements = new HashMap<>();
    /// Sum of the hashes of all registers but the unhashed ones.
    private StateHash sum = StateHash.EMPTY;
    private final List<Register> unhashed = new ArrayList<>();
    /// Those that are not empty.
    private final Map<TextId, Content> texts = new HashMap<>();
    private int textLength;

    public static Document of(Snapshot snapshot) {
        Document document = new Document();
        snapshot.assignments().forEach(document::apply);
        snapshot.texts().forEach(text -> document.put(text.id(), Rope.of(text.content())));
        return document;
    }

    /// Applies an assignment.
    ///
    /// @return whether it came into force; false where a greater or the same stamp stands
    public boolean apply(Assignment assignment) {
        Map<String, Register> properties = elements.get(assignment.element());
        Register standing = properties == null ? null : properties.get(assignment.property());
        if (standing == null) {
            Register register = new Register(assignment);
            elements.computeIfAbsent(assignment.element(), _ -> new HashMap<>()).put(assignment.property(), register);
            unhashed.add(register);
            return true;
        }
        if (assignment.stamp().compareTo(standing.assignment.stamp()) <= 0) {
            return false;
        }
        standing.assignment = assignment;
        if (standing.hash != null) {
            sum = sum.minus(standing.hash);
            standing.hash = null;
            unhashed.add(standing);
        }
        return true;
    }

    /// Applies a text edit of the log. A text begins empty.
    ///
    /// @throws IllegalArgumentException where the delta does not fit the text, so that this is not the document it was
    ///         logged on; nothing is changed
    public void apply(TextEdit edit) {
        TextId id = edit.id();
        Content content = texts.get(id);
        Rope after = edit.delta().apply(content == null ? Rope.EMPTY : content.text);
        if (content == null || after.isEmpty()) {
            put(id, after);
        } else {
            textLength += after.length() - content.text.length();
            content.text = after;
            content.hash = null;
        }
    }

    private void put(TextId id, Rope content) {
        Content before = content.isEmpty() ? texts.remove(id) : texts.put(id, new Content(content));
        textLength += content.length() - (before == null ? 0 : before.text.length());
    }

    /// A long text, "" where nothing was ever written. Costs as much as it is long, once after each edit.
    public String text(TextId id) {
        return content(id).toString();
    }

    /// A long text as it is edited, empty where nothing was ever written.
    public Rope content(TextId id) {
        Content content = texts.get(id);
        return content == null ? Rope.EMPTY : content.text;
    }

    /// Length of all texts together, UTF-16 units.
    public int textLength() {
        return textLength;
    }

    /// The texts that are not empty.
    public Set<TextId> texts() {
        return Set.copyOf(texts.keySet());
    }

    /// The assignment in force, or null where the property was never set.
    public @Nullable Assignment find(ElementId element, String property) {
        Map<String, Register> properties = elements.get(element);
        Register register = properties == null ? null : properties.get(property);
        return register == null ? null : register.assignment;
    }

    /// The value in force, or null where the property was never set.
    public @Nullable Value get(ElementId element, String property) {
        Assignment assignment = find(element, property);
        return assignment == null ? null : assignment.value();
    }

    /// Every element that any assignment named, deleted ones included.
    public Set<ElementId> elements() {
        return Set.copyOf(elements.keySet());
    }

    public int elementCount() {
        return elements.size();
    }

    /// Whether any assignment named the element.
    public boolean knows(ElementId element) {
        return elements.containsKey(element);
    }

    public int propertyCount(ElementId element) {
        return elements.getOrDefault(element, Map.of()).size();
    }

    public Set<String> properties(ElementId element) {
        return Set.copyOf(elements.getOrDefault(element, Map.of()).keySet());
    }

    /// @param revision the log position this document is at
    public Snapshot snapshot(long revision) {
        List<Assignment> assignments = new ArrayList<>();
        new TreeMap<>(elements).forEach((_, properties) -> new TreeMap<>(properties)
                .forEach((_, register) -> assignments.add(register.assignment)));
        List<Text> contents = new ArrayList<>();
        new TreeMap<>(texts).forEach((id, content) -> contents.add(
                new Text(id.element(), id.property(), content.text.toString())));
        return new Snapshot(revision, assignments, contents);
    }

    /// Costs as much as there are properties and texts that have changed since it was asked for last, and little for each
    /// text.
    public StateHash stateHash() {
        for (Register register : unhashed) {
            StateHash hash = StateHash.of(register.assignment);
            register.hash = hash;
            sum = sum.plus(hash);
        }
        unhashed.clear();
        StateHash all = sum;
        for (Map.Entry<TextId, Content> text : texts.entrySet()) {
            all = all.plus(text.getValue().hash(text.getKey()));
        }
        return all;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Document other && snapshot(0).equals(other.snapshot(0));
    }

    @Override
    public int hashCode() {
        return stateHash().hashCode();
    }

    private static final class Content {

        private Rope text;
        private @Nullable StateHash hash;

        Content(Rope text) {
            this.text = text;
        }

        StateHash hash(TextId id) {
            if (hash == null) {
                hash = StateHash.of(new Text(id.element(), id.property(), text.toString()));
            }
            return hash;
        }
    }

    private static final class Register {

        private Assignment assignment;
        private @Nullable StateHash hash;

        Register(Assignment assignment) {
            this.assignment = assignment;
        }
    }
}
