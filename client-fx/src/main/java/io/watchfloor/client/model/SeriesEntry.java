package io.watchfloor.client.model;

import io.watchfloor.document.ElementId;
import io.watchfloor.sample.Query;
import org.jspecify.annotations.Nullable;

/// One series entry of a chart.
///
/// @param query null while none is set
/// @param legend how its lines are named, with `{{label}}` in it; empty for the name of the series
/// @param order fractional index among its siblings
///
/// Immutable.
public record SeriesEntry(ElementId id, @Nullable Query query, String legend, String order) {}
