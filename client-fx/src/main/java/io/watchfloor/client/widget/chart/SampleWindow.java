package io.watchfloor.client.widget.chart;

/// A stretch of samples copied out of a [SampleRing], used again for each copy. Confined to the thread that copies.
public final class SampleWindow {

    long[] times = new long[0];
    double[] values = new double[0];
    private int size;
    private long version = -1;

    void prepare(int count, long ofVersion) {
        if (times.length < count) {
            int room = count + count / 4 + 16;
            times = new long[room];
            values = new double[room];
        }
        size = count;
        version = ofVersion;
    }

    public int size() {
        return size;
    }

    /// [SampleRing#version] at the time of the copy.
    public long version() {
        return version;
    }

    public long time(int index) {
        return times[index];
    }

    public double value(int index) {
        return values[index];
    }

    /// Index of the sample nearest to a time, gaps left out, or -1 where none is within `reach` milliseconds.
    public int nearest(double time, double reach) {
        int best = -1;
        double distance = reach;
        for (int i = lowerBound(time) - 1; i >= 0 && time - times[i] <= distance; i--) {
            if (!Double.isNaN(values[i])) {
                best = i;
                distance = time - times[i];
                break;
            }
        }
        for (int i = lowerBound(time); i < size && times[i] - time <= distance; i++) {
            if (!Double.isNaN(values[i])) {
                return i;
            }
        }
        return best;
    }

    private int lowerBound(double time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// From what distance on two neighbours are not joined by a line: a few times the usual distance, which is the median
    /// of some of them.
    public double gap() {
        if (size < 3) {
            return Double.POSITIVE_INFINITY;
        }
        int looked = Math.min(size - 1, 63);
        long[] distances = new long[looked];
        for (int i = 0; i < looked; i++) {
            int at = (int) ((long) i * (size - 1) / looked);
            distances[i] = times[at + 1] - times[at];
        }
        java.util.Arrays.sort(distances);
        return 3.5 * distances[looked / 2];
    }
}
