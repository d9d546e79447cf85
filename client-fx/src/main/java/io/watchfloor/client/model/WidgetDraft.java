package io.watchfloor.client.model;

import io.watchfloor.document.Bounds;
import io.watchfloor.sample.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A widget to be made.
///
/// @param kind one of the kinds in [io.watchfloor.document.Properties]
/// @param bounds where it should stand; the nearest free place is taken
/// @param query of a metric or table; null for a chart
/// @param unit one of those in [io.watchfloor.document.Properties#UNIT]
/// @param series entries of a chart
///
/// Immutable.
public record WidgetDraft(String kind, String title, Bounds bounds, @Nullable Query query, String unit,
        List<SeriesDraft> series) {

    public WidgetDraft {
        series = List.copyOf(series);
    }

    /// A series entry to be made.
    ///
    /// @param legend with `{{label}}` in it; empty for the name of the series
    public record SeriesDraft(Query query, String legend) {}
}
