package io.watchfloor.client.sync;

import java.util.random.RandomGenerator;

/// How long to wait before connecting again: exponential with full jitter, so that many desktops that lost the same
/// server do not come back all at once.
///
/// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. Owner executor only.
final class Backoff {

    static final long BASE_MILLIS = 500;
    static final long CAP_MILLIS = 30_000;
    private static final int DOUBLINGS = 6;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// @param least milliseconds the server asked for; the jitter comes on top, else all would come at that moment
    long next(long least) {
        long bound = Math.min(CAP_MILLIS, BASE_MILLIS << Math.min(failures, DOUBLINGS));
        failures++;
        return Math.max(0, least) + random.nextLong(bound + 1);
    }

    void reset() {
        failures = 0;
    }
}
