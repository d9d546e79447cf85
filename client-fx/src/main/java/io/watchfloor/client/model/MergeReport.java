package io.watchfloor.client.model;

import io.watchfloor.client.sync.Edit;
import io.watchfloor.document.TextId;
import java.util.List;

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
