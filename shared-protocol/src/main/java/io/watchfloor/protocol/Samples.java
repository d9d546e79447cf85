package io.watchfloor.protocol;

import java.util.Arrays;

/// Samples in columns: sample `i` is of series number `series[i]`, at `base + offsets[i]` milliseconds since 1970 UTC,
/// with value `values[i]`. Immutable; the arrays are handed over and must not be changed.
@SuppressWarnings("ArrayRecordComponent") // equality is by content
public record Samples(long base, int[] series, int[] offsets, double[] values) {

    public static final Samples NONE = new Samples(0, new int[0], new int[0], new double[0]);

    /// @throws IllegalArgumentException where the columns differ in length
    public Samples {
        if (series.length != offsets.length || series.length != values.length) {
            throw new IllegalArgumentException("the columns of samples differ in length");
        }
    }

    public int size() {
        return series.length;
    }

    public long time(int i) {
        return base + offsets[i];
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Samples other && base == other.base && Arrays.equals(series, other.series)
                && Arrays.equals(offsets, other.offsets) && Arrays.equals(values, other.values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(base) + 31 * Arrays.hashCode(series) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Samples[" + size() + " from " + base + "]";
    }
}
