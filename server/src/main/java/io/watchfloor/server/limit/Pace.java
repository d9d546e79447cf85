package io.watchfloor.server.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/// The bucket of one limit of one connection, which leaves nothing behind when the connection goes. Never blocks.
/// Thread-safe.
public final class Pace {

    private final Bucket bucket;

    public Pace(Limit limit, LimitSettings settings) {
        long amount = settings.of(limit);
        bucket = Bucket.builder().addLimit(each -> each.capacity(amount).refillGreedy(amount, limit.window())).build();
    }

    /// Takes a token where there is one.
    ///
    /// @return zero where it was taken, else the time until there is one again
    public Duration take() {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /// Takes as many tokens, whether they are there or not.
    ///
    /// @return zero where they were there, else the time until the debt is paid
    public Duration owe(int tokens) {
        long nanos = bucket.consumeIgnoringRateLimits(tokens);
        return nanos <= 0 ? Duration.ZERO : Duration.ofNanos(nanos);
    }
}
