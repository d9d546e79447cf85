package io.watchfloor.client.widget.chart;

/// What of a line is drawn: points in order, a point without value where the line breaks, and the range of its values.
/// Used again for each drawing. Confined to one thread.
final class Polyline {

    double[] times = new double[1_024];
    double[] values = new double[1_024];
    int size;
    double min;
    double max;

    Polyline() {
        clear();
    }

    void clear() {
        size = 0;
        min = Double.NaN;
        max = Double.NaN;
    }

    void add(double time, double value) {
        if (size == times.length) {
            times = java.util.Arrays.copyOf(times, size * 2);
            values = java.util.Arrays.copyOf(values, size * 2);
        }
        times[size] = time;
        values[size] = value;
        size++;
        if (!(min <= value)) {
            min = Double.isNaN(value) ? min : value;
        }
        if (!(max >= value)) {
            max = Double.isNaN(value) ? max : value;
        }
    }

    void lineBreak() {
        if (size > 0 && !Double.isNaN(values[size - 1])) {
            add(times[size - 1], Double.NaN);
        }
    }
}
