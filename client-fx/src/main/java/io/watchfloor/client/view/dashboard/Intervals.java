package io.watchfloor.client.view.dashboard;

import java.util.Arrays;

/// Learns how much time usually lies between two data: the median of the last few distances. Confined to one thread, but
/// for [#usual], which is thread-safe.
final class Intervals {

    private static final int KEPT = 7;

    private final long[] distances = new long[KEPT];
    private int count;
    private long last = Reading.NONE;
    private volatile long usual;

    /// Begins with a stretch of the past. It may have been thinned out, so that it counts only until live data tells.
    void begin(long[] times) {
        last = times.length == 0 ? Reading.NONE : times[times.length - 1];
        if (count == 0) {
            long least = 0;
            for (int i = Math.max(1, times.length - KEPT); i < times.length; i++) {
                long distance = times[i] - times[i - 1];
                least = least == 0 ? distance : Math.min(least, distance);
            }
            usual = least;
        }
    }

    void add(long time) {
        if (last != Reading.NONE && time > last) {
            distances[count % KEPT] = time - last;
            count++;
            long[] sorted = Arrays.copyOf(distances, Math.min(count, KEPT));
            Arrays.sort(sorted);
            usual = sorted[sorted.length / 2];
        }
        last = Math.max(last, time);
    }

    /// Milliseconds; 0 where it is not known.
    long usual() {
        return usual;
    }
}
