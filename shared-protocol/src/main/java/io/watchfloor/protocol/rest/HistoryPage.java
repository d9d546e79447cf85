package io.watchfloor.protocol.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Part of a dashboard's history, newest first. Immutable.
///
/// @param next to be given as `before` for the lines before these; absent where there are none
public record HistoryPage(List<HistoryLine> lines, @Nullable Long next) {

    public HistoryPage {
        lines = List.copyOf(lines);
    }
}
