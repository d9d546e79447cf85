package io.watchfloor.sample;

import java.util.Arrays;

/// Gathers the samples of one line and, once there are more than fit, keeps only the first, least, greatest and last of
/// each of equal intervals. What is kept are samples as they were written, never averages, so that a chart which is as
/// wide as there are intervals looks the same as one that draws every sample.
///
/// Gaps (`NaN`) are kept where they are first or last of an interval; they are never least or greatest.
///
/// Source: Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014. Confined to one thread.
public final class M4 {

    /// Samples that one interval may keep.
    private static final int PER_INTERVAL = 4;

    private final long from;
    private final long width;
    private final int most;
    private long[] times = new long[64];
    private double[] values = new double[64];
    private int size;
    private boolean reducing;

    /// The open interval, while reducing.
    private long interval;
    private final long[] openTimes = new long[PER_INTERVAL];
    private final double[] openValues = new double[PER_INTERVAL];
    private boolean open;

    /// @param from start of the range, milliseconds since 1970 UTC
    /// @param to its end, included
    /// @param points most samples to keep; fewer than four count as four
    public M4(long from, long to, int points) {
        this.from = from;
        this.most = Math.max(PER_INTERVAL, points);
        long span = to < from ? 1 : to - from + 1;
        this.width = span <= 0 ? Long.MAX_VALUE : Math.ceilDiv(span, most / PER_INTERVAL);
    }

    /// Takes the next sample of the line.
    ///
    /// @param time within the range, later than all before
    public void add(long time, double value) {
        if (!reducing && size == most) {
            startReducing();
        }
        if (reducing) {
            reduce(time, value);
        } else {
            keep(time, value);
        }
    }

    /// The line of what was kept. Nothing may be added afterwards.
    public Line line(int number, SeriesKey key) {
        closeInterval();
        return new Line(number, key, Arrays.copyOf(times, size), Arrays.copyOf(values, size));
    }

    private void startReducing() {
        long[] allTimes = Arrays.copyOf(times, size);
        double[] allValues = Arrays.copyOf(values, size);
        size = 0;
        reducing = true;
        for (int i = 0; i < allTimes.length; i++) {
            reduce(allTimes[i], allValues[i]);
        }
    }

    private void reduce(long time, double value) {
        long of = (time - from) / width;
        if (open && of != interval) {
            closeInterval();
        }
        if (!open) {
            open = true;
            interval = of;
            Arrays.fill(openTimes, time);
            Arrays.fill(openValues, value);
            return;
        }
        if (value < openValues[1] || Double.isNaN(openValues[1])) {
            openTimes[1] = time;
            openValues[1] = value;
        }
        if (value > openValues[2] || Double.isNaN(openValues[2])) {
            openTimes[2] = time;
            openValues[2] = value;
        }
        openTimes[3] = time;
        openValues[3] = value;
    }

    private void closeInterval() {
        if (!open) {
            return;
        }
        open = false;
        int lower = openTimes[1] <= openTimes[2] ? 1 : 2;
        int upper = 3 - lower;
        keep(openTimes[0], openValues[0]);
        keepLater(lower);
        keepLater(upper);
        keepLater(3);
    }

    private void keepLater(int which) {
        if (openTimes[which] > times[size - 1]) {
            keep(openTimes[which], openValues[which]);
        }
    }

    private void keep(long time, double value) {
        if (size == times.length) {
            times = Arrays.copyOf(times, Math.min(most, size * 2));
            values = Arrays.copyOf(values, Math.min(most, size * 2));
        }
        times[size] = time;
        values[size] = value;
        size++;
    }
}
