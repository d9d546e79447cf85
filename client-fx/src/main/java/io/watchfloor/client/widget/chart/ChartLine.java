package io.watchfloor.client.widget.chart;

/// One line of a chart.
///
/// @param name as shown in the legend; names should differ
/// @param ring its samples
/// @param hue index into the series palette
///
/// Immutable but for the ring.
public record ChartLine(String name, SampleRing ring, int hue) {}
