package io.watchfloor.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How often one may fail to sign in: per address, and per address and name. Those who succeed are not counted. In
/// memory, each instance for itself. Thread-safe.
final class SignInLimits {

    private static final int FAILURES_PER_NAME = 10;
    private static final int FAILURES_PER_ADDRESS = 60;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 100_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(WINDOW.multipliedBy(2)).build();
    private final TimeMeter time;

    SignInLimits(InstantSource clock) {
        this.time = new TimeMeter() {

            @Override
            public long currentTimeNanos() {
                return TimeUnit.MILLISECONDS.toNanos(clock.millis());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /// Counts an attempt before it is made, so that many at the same time are counted too.
    ///
    /// @return seconds to wait, 0 where the attempt may be made
    long attempt(String address, String name) {
        ConsumptionProbe byAddress = byAddress(address).tryConsumeAndReturnRemaining(1);
        ConsumptionProbe byName = byName(address, name).tryConsumeAndReturnRemaining(1);
        if (byAddress.isConsumed() && byName.isConsumed()) {
            return 0;
        }
        long wait = Math.max(byAddress.getNanosToWaitForRefill(), byName.getNanosToWaitForRefill());
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(wait) + 1);
    }

    /// Takes back what [#attempt] counted.
    void succeeded(String address, String name) {
        byAddress(address).addTokens(1);
        byName(address, name).addTokens(1);
    }

    private Bucket byAddress(String address) {
        return buckets.get(address, _ -> bucket(FAILURES_PER_ADDRESS));
    }

    private Bucket byName(String address, String name) {
        return buckets.get(address + ' ' + name.toLowerCase(Locale.ROOT), _ -> bucket(FAILURES_PER_NAME));
    }

    private Bucket bucket(int failures) {
        return Bucket.builder().withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(failures).refillGreedy(failures, WINDOW)).build();
    }
}
