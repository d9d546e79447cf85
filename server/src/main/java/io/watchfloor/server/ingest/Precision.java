package io.watchfloor.server.ingest;

import org.jspecify.annotations.Nullable;

/// The unit of the timestamps of a body. Immutable.
public enum Precision {

    NANOSECONDS(1, 1_000_000), MICROSECONDS(1, 1_000), MILLISECONDS(1, 1), SECONDS(1_000, 1);

    private final long times;
    private final long by;

    Precision(long times, long by) {
        this.times = times;
        this.by = by;
    }

    /// Reads the `precision` query parameter.
    ///
    /// @param text `ns`, `us`, `ms`, `s`, or `n` and `u` as InfluxDB 1 writes them; absent or empty is `ns`
    /// @return null for any other text
    public static @Nullable Precision of(@Nullable String text) {
        return switch (text) {
            case null -> NANOSECONDS;
            case "", "ns", "n" -> NANOSECONDS;
            case "us", "u" -> MICROSECONDS;
            case "ms" -> MILLISECONDS;
            case "s" -> SECONDS;
            default -> null;
        };
    }

    /// Milliseconds, rounded down; beyond the range of a `long` the nearest that it has.
    long toMillis(long time) {
        if (times > 1 && Math.abs(time / times) > Long.MAX_VALUE / times / times) {
            return time < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return Math.floorDiv(time * times, by);
    }
}
