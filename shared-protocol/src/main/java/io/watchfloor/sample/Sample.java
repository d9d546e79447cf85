package io.watchfloor.sample;

/// One measured value of a series.
///
/// @param series the series it belongs to
/// @param time milliseconds since 1970 UTC
/// @param value any double; `NaN` says "no value here", which a chart draws as a gap
///
/// Immutable.
public record Sample(SeriesKey series, long time, double value) {}
