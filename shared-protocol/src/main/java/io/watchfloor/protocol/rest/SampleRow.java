package io.watchfloor.protocol.rest;

import io.watchfloor.sample.Labels;
import java.util.Arrays;
import java.util.Objects;

/// One series with a stretch of its samples.
///
/// @param times milliseconds since 1970 UTC, strictly rising
/// @param values as many as `times`; a gap is `null` in JSON
///
/// Immutable; the arrays are handed over and must not be changed.
@SuppressWarnings("ArrayRecordComponent") // equality is by content
public record SampleRow(String name, Labels labels, long[] times, double[] values) {

    @Override
    public boolean equals(Object o) {
        return o instanceof SampleRow other && name.equals(other.name) && labels.equals(other.labels)
                && Arrays.equals(times, other.times) && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, labels, Arrays.hashCode(times), Arrays.hashCode(values));
    }

    @Override
    public String toString() {
        return "SampleRow[" + name + " " + labels + ", " + times.length + " samples]";
    }
}
