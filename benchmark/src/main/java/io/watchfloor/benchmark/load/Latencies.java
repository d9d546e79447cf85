package io.watchfloor.benchmark.load;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long something took, many times. Confined to one thread.
final class Latencies {

    private final Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);

    void add(long nanoseconds) {
        nanos.recordValue(Math.clamp(nanoseconds, 0, nanos.getHighestTrackableValue()));
    }

    void add(Latencies others) {
        nanos.add(others.nanos);
    }

    long count() {
        return nanos.getTotalCount();
    }

    double millis(double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms (%,d)",
                millis(50), millis(90), millis(99), millis(99.9), nanos.getMaxValue() / 1e6, count());
    }
}
