package io.watchfloor.server.store;

import io.watchfloor.sample.SeriesKey;

/// A stored sample with the number of its series. Immutable.
///
/// @param time milliseconds since 1970 UTC
public record NumberedSample(int number, SeriesKey key, long time, double value) {}
