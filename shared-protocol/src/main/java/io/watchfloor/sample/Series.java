package io.watchfloor.sample;

import java.util.List;

/// The lines that match a query, each with the samples of the range asked for. A line may be empty: it exists, but
/// has no sample in the range. Immutable.
public record Series(List<Line> lines) implements Result {

    public Series {
        lines = List.copyOf(lines);
    }
}
