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
/// @param columns of a table that were chosen, in order; where none is shown, all columns of its result are
///
/// Immutable.
public record Widget(ElementId id, String kind, String title, Bounds bounds, String z, @Nullable Query query,
        String unit, String legend, Thresholds thresholds, Axis axis, List<SeriesEntry> series,
        List<ColumnEntry> columns) {

    public static final String NO_UNIT = "none";

    public Widget {
        series = List.copyOf(series);
        columns = List.copyOf(columns);
    }

    /// Names of the columns to show, in order; none for all that there are.
    public List<String> shownColumns() {
        return columns.stream().filter(ColumnEntry::shown).map(ColumnEntry::column).distinct().toList();
    }
}
