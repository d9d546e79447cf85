package io.watchfloor.client.model;

import io.watchfloor.client.sync.Edit;
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
    ///
    /// Immutable.
    public record Item(String sentence, String action, String label, List<Edit> edits) {

        public Item {
            edits = List.copyOf(edits);
        }
    }

    /// Whether there is nothing to tell.
    public boolean isEmpty() {
        return lines.isEmpty() && items.isEmpty();
    }
}
