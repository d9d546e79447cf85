package io.watchfloor.server.limit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.server.limit.Buckets;
import io.watchfloor.server.limit.BucketsContract;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.LimitSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InMemoryBucketsTest extends BucketsContract {

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final InstantSource clock = () -> java.time.Instant.ofEpochMilli(now.get());
    private final InMemoryBuckets buckets = new InMemoryBuckets(LimitSettings.USUAL, clock, 1_000);

    @Override
    protected Buckets buckets() {
        return buckets;
    }

    @Test
    void bucket_LIM1_hasATokenAgainAfterTheToldPause() {
        Duration pause = Duration.ZERO;
        while (pause.isZero()) {
            pause = buckets.take(Limit.SIGN_IN_NAME, "a");
        }
        now.addAndGet(pause.toMillis() - 1);
        assertThat(buckets.take(Limit.SIGN_IN_NAME, "a")).isPositive();
        now.addAndGet(2);
        assertThat(buckets.take(Limit.SIGN_IN_NAME, "a")).isZero();
    }

    @Test
    void memory_LIM4_isBoundedHoweverManyKeysThereAre() {
        for (int i = 0; i < 50_000; i++) {
            buckets.take(Limit.REQUESTS_ADDRESS, "address-" + i);
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void memory_LIM4_forgetsWhatIsFullAgain() {
        buckets.take(Limit.REQUESTS_ADDRESS, "a");
        now.addAndGet(Limit.REQUESTS_ADDRESS.window().multipliedBy(2).toMillis() + 1);
        assertThat(buckets.size()).isZero();
    }

    @Test
    void amounts_LIM1_areThoseOfTheSettings() {
        Buckets strict = new InMemoryBuckets(new LimitSettings(Map.of("sign-in-name", 1L)), clock, 10);
        assertThat(strict.take(Limit.SIGN_IN_NAME, "a")).isZero();
        assertThat(strict.take(Limit.SIGN_IN_NAME, "a")).isPositive();
    }
}
