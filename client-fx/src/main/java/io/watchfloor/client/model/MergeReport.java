package io.watchfloor.client.model;

import io.watchfloor.client.sync.Edit;
import io.watchfloor.document.Limits;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.TextId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What came together when this desktop was back, in words.
///
/// @param lines what arrived and what was sent, a sentence each
/// @param items edits of one's own that are not in force, each with a way to have it again
///
/// Immutable.
public record MergeReport(List<String> lines, List<Item> items) {

    public MergeReport {
        lines = List.copyOf(lines);
        items = List.copyOf(items);
    }

    static final String TAKE_BACK = "Take mine back";
    static final String PUT_BACK = "Put mine back";

    /// An edit of one's own that is not in force.
    ///
    /// @param sentence what became of it
    /// @param action what can be done, as in `Take mine back`
    /// @param label name of the step that does it
    /// @param edits what the step sets
    /// @param passages what the step writes
    ///
    /// Immutable.
    public record Item(String sentence, String action, String label, List<Edit> edits, List<Passage> passages) {

        public Item {
            edits = List.copyOf(edits);
            passages = List.copyOf(passages);
        }

        /// Several as one, so that they are made again, and undone, in one step; of edits of one property the last counts.
        /// Empty where there are not several, or too many for one push.
        public static Optional<Item> together(List<Item> items) {
            Map<Change, Edit> edits = new LinkedHashMap<>();
            items.forEach(item -> item.edits()
                    .forEach(edit -> edits.put(new Change(edit.element(), edit.property()), edit)));
            if (items.size() < 2 || edits.size() > Limits.OPERATIONS_PER_PUSH) {
                return Optional.empty();
            }
            Set<String> actions = items.stream().map(Item::action).collect(Collectors.toSet());
            String action = actions.size() > 1
                    ? "Make all of them again"
                    : switch (items.getFirst().action()) {
                        case TAKE_BACK -> "Take all mine back";
                        case PUT_BACK -> "Put all mine back";
                        default -> "Try all again";
                    };
            return Optional.of(new Item(items.size() + " edits", action, action, List.copyOf(edits.values()),
                    items.stream().flatMap(item -> item.passages().stream()).toList()));
        }
    }

    /// Something to be written into a long text.
    ///
    /// @param whole whether it takes the place of the text; else it goes to its end
    ///
    /// Immutable.
    public record Passage(TextId text, String content, boolean whole) {}

    /// Whether there is nothing to tell.
    public boolean isEmpty() {
        return lines.isEmpty() && items.isEmpty();
    }
}
