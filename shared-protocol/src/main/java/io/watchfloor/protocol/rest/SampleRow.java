package io.watchfloor.protocol.rest;

import io.watchfloor.sample.Labels;

/// One series with a stretch of its samples.
///
/// @param times milliseconds since 1970 UTC, strictly rising
/// @param values as many as `times`; a gap is `null` in JSON
///
/// Immutable; the arrays are handed over and must not be changed.
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SampleRow(String name, Labels labels, long[] times, double[] values) {}
