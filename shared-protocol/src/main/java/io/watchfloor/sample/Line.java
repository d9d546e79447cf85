package io.watchfloor.sample;

import java.util.Arrays;
import java.util.Objects;

/// One series with a stretch of its samples.
///
/// @param number what live data calls this series; the same on every instance, for ever
/// @param key name and labels
/// @param times milliseconds since 1970 UTC, strictly rising
/// @param values as many as `times`; `NaN` is a gap
///
/// Immutable; the arrays are handed over and must not be changed.
@SuppressWarnings("ArrayRecordComponent") // equality is by content
public record Line(int number, SeriesKey key, long[] times, double[] values) {

    /// @throws IllegalArgumentException where times and values differ in number
    public Line {
        if (times.length != values.length) {
            throw new IllegalArgumentException("as many times as values");
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Line other && number == other.number && key.equals(other.key)
                && Arrays.equals(times, other.times) && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, key, Arrays.hashCode(times), Arrays.hashCode(values));
    }

    @Override
    public String toString() {
        return "Line[" + number + " " + key + ", " + times.length + " samples]";
    }
}
