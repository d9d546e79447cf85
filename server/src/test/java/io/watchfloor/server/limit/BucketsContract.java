package io.watchfloor.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every adapter of [Buckets] keeps.
@Timeout(60)
public abstract class BucketsContract {

    private static final int FULL = (int) Limit.SIGN_IN_ACCOUNT.usual();

    private final String key = UUID.randomUUID().toString();

    protected abstract Buckets buckets();

    @Test
    void buckets_LIM1_holdSoManyTokensAndTellWhenThereIsOneAgain() {
        for (int i = 0; i < FULL; i++) {
            assertThat(buckets().take(Limit.SIGN_IN_ACCOUNT, key)).isZero();
        }
        Duration pause = buckets().take(Limit.SIGN_IN_ACCOUNT, key);
        assertThat(pause).isPositive().isLessThanOrEqualTo(Limit.SIGN_IN_ACCOUNT.window().dividedBy(FULL));
    }

    @Test
    void buckets_LIM1_countEachKeyAndEachLimitForItself() {
        drain();
        assertThat(buckets().take(Limit.SIGN_IN_ACCOUNT, key + "-other")).isZero();
        assertThat(buckets().take(Limit.PASSWORD_CHANGE, key)).isZero();
    }

    @Test
    void buckets_LIM1_takeBackATokenButNoMoreThanTheyHold() {
        buckets().giveBack(Limit.SIGN_IN_ACCOUNT, key);
        drain();
        buckets().giveBack(Limit.SIGN_IN_ACCOUNT, key);
        assertThat(buckets().take(Limit.SIGN_IN_ACCOUNT, key)).isZero();
        assertThat(buckets().take(Limit.SIGN_IN_ACCOUNT, key)).isPositive();
    }

    @Test
    void buckets_LIM1_giveNoTokenTwice() throws ExecutionException, InterruptedException {
        int taken = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Duration>> takes = new ArrayList<>();
            for (int i = 0; i < FULL + 20; i++) {
                takes.add(threads.submit(() -> buckets().take(Limit.SIGN_IN_ACCOUNT, key)));
            }
            for (Future<Duration> take : takes) {
                taken += take.get().isZero() ? 1 : 0;
            }
        }
        assertThat(taken).isEqualTo(FULL);
    }

    private void drain() {
        for (int i = 0; i < FULL; i++) {
            assertThat(buckets().take(Limit.SIGN_IN_ACCOUNT, key)).isZero();
        }
    }
}
