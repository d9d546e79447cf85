package io.watchfloor.server.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// The times that samples may have: not older than samples are kept, and hardly ahead of the server's clock.
///
/// @param now the time of a sample that comes without one, milliseconds since 1970 UTC
/// @param oldest the oldest that is taken
/// @param newest the newest that is taken
///
/// Immutable.
record TimeWindow(long now, long oldest, long newest) {

    /// How far a sender's clock may be ahead.
    static final Duration AHEAD = Duration.ofMinutes(10);

    static TimeWindow around(Instant now, Duration retention) {
        return new TimeWindow(now.toEpochMilli(), now.minus(retention).toEpochMilli(), now.plus(AHEAD).toEpochMilli());
    }

    /// @throws LineException where the time is outside
    void check(long time, Precision precision) throws LineException {
        if (time < oldest) {
            throw new LineException("Its time " + shown(time) + " is before " + shown(oldest)
                    + ", from when samples are kept" + hint(precision) + ".");
        }
        if (time > newest) {
            throw new LineException("Its time " + shown(time) + " is more than " + AHEAD.toMinutes()
                    + " minutes ahead of the server's clock" + hint(precision) + ".");
        }
    }

    private static String hint(Precision precision) {
        return " (timestamps were read as " + precision.name().toLowerCase(Locale.ROOT)
                + "; the parameter 'precision' sets another unit)";
    }

    private static String shown(long time) {
        boolean shown = Math.abs(time / 1000) < 1_000_000_000_000L;
        return shown ? Instant.ofEpochMilli(time).toString() : time + " ms";
    }
}
