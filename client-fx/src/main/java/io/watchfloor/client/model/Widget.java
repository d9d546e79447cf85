package io.watchfloor.client.model;

import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.sample.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A widget as it is shown now.
///
/// @param kind one of the kinds in [io.watchfloor.document.Properties], or one of a newer version
/// @param bounds in grid cells
/// @param z fractional index: which lies above which
/// @param query of metrics and tables; null while none is set
/// @param unit one of those in [io.watchfloor.document.Properties#UNIT]
/// @param series entries of a chart, in order
///
/// Immutable.
public record Widget(ElementId id, String kind, String title, Bounds bounds, String z, @Nullable Query query,
        String unit, String legend, Thresholds thresholds, Axis axis, List<SeriesEntry> series) {

    public static final String NO_UNIT = "none";

    public Widget {
        series = List.copyOf(series);
    }
}
