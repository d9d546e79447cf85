package io.watchfloor.server.limit.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.watchfloor.server.limit.Buckets;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.LimitSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Buckets in memory, at most so many; the one used least goes first. Never blocks. Thread-safe.
public final class InMemoryBuckets implements Buckets {

    /// Some 200 bytes each.
    public static final int USUAL_SIZE = 100_000;

    private record Key(Limit limit, String key) {}

    private final Cache<Key, Bucket> buckets;
    private final LimitSettings settings;
    private final TimeMeter time;

    /// @param most keys that are remembered
    public InMemoryBuckets(LimitSettings settings, InstantSource clock, int most) {
        this.settings = settings;
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
        this.buckets = Caffeine.newBuilder().maximumSize(most).ticker(time::currentTimeNanos)
                .expireAfter(Expiry.accessing((Key key, Bucket _) -> key.limit().window().multipliedBy(2))).build();
    }

    @Override
    public Duration take(Limit limit, String key) {
        ConsumptionProbe probe = bucket(limit, key).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    @Override
    public void giveBack(Limit limit, String key) {
        bucket(limit, key).addTokens(1);
    }

    /// Keys that are remembered, for tests.
    public long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket bucket(Limit limit, String key) {
        long amount = settings.of(limit);
        return buckets.get(new Key(limit, key), _ -> Bucket.builder().withCustomTimePrecision(time)
                .addLimit(each -> each.capacity(amount).refillGreedy(amount, limit.window())).build());
    }
}
