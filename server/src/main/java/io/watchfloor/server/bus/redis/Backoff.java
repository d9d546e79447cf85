package io.watchfloor.server.bus.redis;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Waits between attempts: exponential with full jitter, so that instances do not all come back at once. Confined to one
/// thread.
final class Backoff {

    private final RedisTiming timing;
    private final RandomGenerator random;
    private final CountDownLatch closed;
    private int failures;

    /// @param closed ends a wait early
    Backoff(RedisTiming timing, RandomGenerator random, CountDownLatch closed) {
        this.timing = timing;
        this.random = random;
        this.closed = closed;
    }

    void reset() {
        failures = 0;
    }

    void await() throws InterruptedException {
        long most = timing.longestWait().toMillis();
        long bound = Math.min(most, timing.firstWait().toMillis() << Math.min(failures, 16));
        failures++;
        closed.await(random.nextLong(bound + 1), TimeUnit.MILLISECONDS);
    }
}
