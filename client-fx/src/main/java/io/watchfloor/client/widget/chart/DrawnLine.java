package io.watchfloor.client.widget.chart;

/// A line with what was drawn of it last, so that nothing is copied or reduced twice. FX thread only.
final class DrawnLine {

    final ChartLine line;
    final SampleWindow samples = new SampleWindow();
    final Polyline points = new Polyline();
    boolean hidden;

    DrawnLine(ChartLine line) {
        this.line = line;
    }

    /// Copies and reduces what is to be seen.
    ///
    /// @param from left edge
    /// @param to right edge
    /// @param column milliseconds per device pixel
    void read(double from, double to, double column) {
        line.ring().copy((long) Math.floor(from), (long) Math.ceil(to), samples);
        M4.reduce(samples, from, column, samples.gap(), points);
    }

    boolean isNew() {
        return samples.version() != line.ring().version();
    }

    /// Index of the newest sample with a value that is not older than `from`, or -1.
    int last(double from) {
        for (int i = samples.size() - 1; i >= 0 && samples.time(i) >= from; i--) {
            if (!Double.isNaN(samples.value(i))) {
                return i;
            }
        }
        return -1;
    }
}
