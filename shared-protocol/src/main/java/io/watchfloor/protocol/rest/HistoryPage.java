package io.watchfloor.protocol.rest;

import io.watchfloor.document.Epoch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Part of a dashboard's history, newest first. Immutable.
///
/// @param epoch of the log that the revisions are of
/// @param next to be given as `before` for the lines before these; absent where there are none
public record HistoryPage(Epoch epoch, List<HistoryLine> lines, @Nullable Long next) {

    public HistoryPage {
        lines = List.copyOf(lines);
    }
}
