package io.watchfloor.client.widget.chart;

/// Reduces a line to the first, least, greatest and last sample of each pixel column, in one pass: the picture is the same
/// as from all samples, at a cost that follows the width of the chart rather than the amount of data.
///
/// A gap (no value, or a distance greater than usual) that lies inside one column cannot be seen and is left out.
///
/// Source: Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014. Stateless.
final class M4 {

    private M4() {}

    /// @param origin time at the left edge of column 0
    /// @param column milliseconds per column, above 0
    /// @param gap from what distance on neighbours are not joined, in milliseconds
    static void reduce(SampleWindow samples, double origin, double column, double gap, Polyline into) {
        into.clear();
        int first = -1;
        int least = -1;
        int greatest = -1;
        int last = -1;
        double current = Double.NaN;
        boolean broken = false;
        for (int i = 0; i < samples.size(); i++) {
            double value = samples.values[i];
            if (Double.isNaN(value)) {
                broken = true;
                continue;
            }
            double at = Math.floor((samples.times[i] - origin) / column);
            if (at != current) {
                emit(samples, first, least, greatest, last, into);
                boolean far = last >= 0 && samples.times[i] - samples.times[last] > gap;
                if (broken || far) {
                    into.lineBreak();
                }
                current = at;
                first = i;
                least = i;
                greatest = i;
            } else if (value < samples.values[least]) {
                least = i;
            } else if (value > samples.values[greatest]) {
                greatest = i;
            }
            last = i;
            broken = false;
        }
        emit(samples, first, least, greatest, last, into);
    }

    private static void emit(SampleWindow samples, int first, int least, int greatest, int last, Polyline into) {
        if (first < 0) {
            return;
        }
        point(samples, first, into);
        int earlier = Math.min(least, greatest);
        int later = Math.max(least, greatest);
        if (earlier != first && earlier != last) {
            point(samples, earlier, into);
        }
        if (later != earlier && later != first && later != last) {
            point(samples, later, into);
        }
        if (last != first) {
            point(samples, last, into);
        }
    }

    private static void point(SampleWindow samples, int index, Polyline into) {
        into.add((double) samples.times[index], samples.values[index]);
    }
}
