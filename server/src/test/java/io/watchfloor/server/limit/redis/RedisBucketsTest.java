package io.watchfloor.server.limit.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.watchfloor.server.bus.redis.RedisAddress;
import io.watchfloor.server.bus.redis.TestRedis;
import io.watchfloor.server.limit.Buckets;
import io.watchfloor.server.limit.BucketsContract;
import io.watchfloor.server.limit.BucketsGoneException;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.Limit.Outage;
import io.watchfloor.server.limit.Limit.Reach;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.Verdict;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisBucketsTest extends BucketsContract {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final RedisBuckets buckets = open("here");
    private final RedisBuckets otherInstance = open("here");
    private final RedisBuckets otherInstallation = open("elsewhere");

    private static RedisBuckets open(String installation) {
        return open(installation, System::nanoTime);
    }

    private static RedisBuckets open(String installation, LongSupplier nanos) {
        return new RedisBuckets(RedisAddress.parse(REDIS.url()), installation, LimitSettings.USUAL, nanos,
                Duration.ofSeconds(60));
    }

    @Override
    protected Buckets buckets() {
        return buckets;
    }

    @BeforeEach
    void start() {
        REDIS.start();
    }

    @AfterEach
    void stop() {
        buckets.close();
        otherInstance.close();
        otherInstallation.close();
    }

    private static Limiter limiter(Buckets shared) {
        return new Limiter(new InMemoryBuckets(LimitSettings.USUAL, InstantSource.system(), 1_000), shared);
    }

    @Test
    void instances_LIM2_countTogether() {
        Limiter here = limiter(buckets);
        Limiter there = limiter(otherInstance);
        for (int i = 0; i < Limit.SIGN_IN_NAME.usual() / 2; i++) {
            assertThat(here.take(Limit.SIGN_IN_NAME, "together")).isEqualTo(Verdict.PASSED);
            assertThat(there.take(Limit.SIGN_IN_NAME, "together")).isEqualTo(Verdict.PASSED);
        }
        assertThat(here.take(Limit.SIGN_IN_NAME, "together")).isInstanceOf(Verdict.TooOften.class);
        assertThat(there.take(Limit.SIGN_IN_NAME, "together")).isInstanceOf(Verdict.TooOften.class);
        assertThat(limiter(otherInstallation).take(Limit.SIGN_IN_NAME, "together")).isEqualTo(Verdict.PASSED);
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void redisGone_LIM3_eachLimitFailsAsItDeclares(Limit limit) {
        Limiter limiter = limiter(buckets);
        REDIS.kill();
        Verdict verdict = limiter.take(limit, "gone");
        if (limit.reach() == Reach.SHARED && limit.outage() == Outage.CLOSED) {
            assertThat(verdict).isInstanceOf(Verdict.Uncounted.class);
        } else {
            assertThat(verdict).isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void redisGone_LIM3_thisInstanceGoesOnCounting() {
        Limiter limiter = limiter(buckets);
        REDIS.kill();
        for (int i = 0; i < Limit.SIGN_IN_NAME.usual(); i++) {
            assertThat(limiter.take(Limit.SIGN_IN_NAME, "alone")).isEqualTo(Verdict.PASSED);
        }
        assertThat(limiter.take(Limit.SIGN_IN_NAME, "alone")).isInstanceOf(Verdict.TooOften.class);
    }

    @Test
    void redisBack_LIM3_closedLimitsOpenAgain() {
        Limiter limiter = limiter(buckets);
        assertThat(limiter.take(Limit.SIGN_IN_CODE, "back")).isEqualTo(Verdict.PASSED);
        REDIS.kill();
        assertThat(limiter.take(Limit.SIGN_IN_CODE, "back")).isInstanceOf(Verdict.Uncounted.class);
        REDIS.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> limiter.take(Limit.SIGN_IN_CODE, "back") instanceof Verdict.Passed);
    }

    @Test
    void redisGone_LIM3_isNotAskedForASecond() {
        AtomicLong nanos = new AtomicLong();
        try (RedisBuckets resting = open("here", nanos::get)) {
            REDIS.kill();
            assertThatThrownBy(() -> resting.take(Limit.RENEWAL, "x")).isInstanceOf(BucketsGoneException.class);
            REDIS.start();
            nanos.addAndGet(Duration.ofMillis(999).toNanos());
            assertThatThrownBy(() -> resting.take(Limit.RENEWAL, "x")).as("it would answer")
                    .isInstanceOf(BucketsGoneException.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                return answers(resting);
            });
        }
    }

    private static boolean answers(Buckets buckets) {
        try {
            return buckets.take(Limit.RENEWAL, "x").isZero();
        } catch (BucketsGoneException e) {
            return false;
        }
    }
}
