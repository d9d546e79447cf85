package io.watchfloor.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.server.limit.Limit.Outage;
import io.watchfloor.server.limit.Limit.Reach;
import io.watchfloor.server.limit.Limiter.Count;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimiterTest {

    private final Limiter limiter = new Limiter(
            new InMemoryBuckets(LimitSettings.USUAL, InstantSource.system(), 1_000), null);

    @Test
    void severalCounts_LIM1_areTakenAllOrNone() {
        while (limiter.take(Limit.SIGN_IN_NAME, "a") instanceof Verdict.Passed) {
            // until it is empty
        }
        for (int i = 0; i < 2 * Limit.PASSWORD_CHANGE.usual(); i++) {
            assertThat(limiter.take(List.of(new Count(Limit.PASSWORD_CHANGE, "a"), new Count(Limit.SIGN_IN_NAME, "a"))))
                    .isInstanceOf(Verdict.TooOften.class);
        }
        assertThat(limiter.take(Limit.PASSWORD_CHANGE, "a")).isEqualTo(Verdict.PASSED);
        assertThat(limiter.refused(Limit.SIGN_IN_NAME)).isEqualTo(1 + 2 * Limit.PASSWORD_CHANGE.usual());
    }

    /// Whoever chooses a key chooses its length too; what is kept of it, here and in Redis, does not grow with that.
    @Test
    void memory_LIM4_isBoundedHoweverLongTheKeysAre() {
        Set<String> kept = new HashSet<>();
        Limiter keeping = new Limiter(new Buckets() {

            @Override
            public Duration take(Limit limit, String key) {
                kept.add(key);
                return Duration.ZERO;
            }

            @Override
            public void giveBack(Limit limit, String key) {
                kept.add(key);
            }
        }, null);
        for (int i = 0; i < 100; i++) {
            keeping.take(Limit.SIGN_IN_NAME, "x".repeat(60_000) + i);
        }
        assertThat(kept).hasSize(100).allMatch(key -> key.length() <= Count.LONGEST_KEY);
    }

    @Test
    void retryAfter_LIM1_isAtLeastASecondAndRoundedUp() {
        assertThat(Verdict.seconds(Duration.ofMillis(1))).isEqualTo(1);
        assertThat(Verdict.seconds(Duration.ofMillis(1_001))).isEqualTo(2);
        assertThat(Verdict.seconds(Duration.ofSeconds(2))).isEqualTo(2);
    }

    @Test
    void withoutRedis_LIM2_thisInstanceCountsAlone() {
        assertThat(limiter.take(Limit.SIGN_IN_CODE, "alone")).isEqualTo(Verdict.PASSED);
    }

    @Test
    void limitsOfConnections_LIM2_neverAskRedis() {
        assertThat(Arrays.stream(Limit.values()).filter(limit -> limit.reach() == Reach.LOCAL))
                .contains(Limit.MESSAGES, Limit.PUSHES, Limit.PRESENCE, Limit.QUERIES, Limit.CONTROL_FRAMES,
                        Limit.FRAMES)
                .allMatch(limit -> limit.outage() == Outage.OPEN);
        Limiter blocked = new Limiter(new InMemoryBuckets(LimitSettings.USUAL, InstantSource.system(), 10),
                new Unreachable());
        assertThat(blocked.take(Limit.PUSHES, "connection")).isEqualTo(Verdict.PASSED);
    }

    @Test
    void address_LIM5_isAnIPv4AddressOrTheNetworkOfAnIPv6One() {
        assertThat(AddressKey.of("203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(AddressKey.of("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:2::/64");
        assertThat(AddressKey.of("2001:db8:1:2:ffff::1")).isEqualTo(AddressKey.of("2001:db8:1:2::9"));
        assertThat(AddressKey.of("2001:db8:1:3::1")).isNotEqualTo(AddressKey.of("2001:db8:1:2::1"));
        assertThat(AddressKey.of("::ffff:203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(AddressKey.of("fe80::1%0")).isNotEmpty();
        assertThat(AddressKey.of("no:address")).isEqualTo("no:address");
    }

    @Test
    void places_LIM10_areBoundedAndLeaveNothingBehind() {
        Places places = new Places(Crowd.SESSIONS_ACCOUNT, new LimitSettings(Map.of("sessions-account", 2L)));
        assertThat(places.take("ada")).isTrue();
        assertThat(places.take("ada")).isTrue();
        assertThat(places.take("ada")).isFalse();
        assertThat(places.take("bob")).isTrue();
        places.free("ada");
        assertThat(places.take("ada")).isTrue();
        places.free("ada");
        places.free("ada");
        places.free("bob");
        assertThat(places.keys()).isZero();
        assertThat(places.refused()).isEqualTo(1);
    }

    @Test
    void pace_LIM9_tellsHowLongADebtLasts() {
        Pace pace = new Pace(Limit.PUSHES, new LimitSettings(Map.of("pushes", 10L)));
        long begin = System.nanoTime();
        assertThat(pace.owe(10)).isZero();
        Duration debt = pace.owe(10);
        Duration paid = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(debt).isBetween(Duration.ofSeconds(10).minus(paid), Duration.ofSeconds(10));
        assertThat(pace.take()).isPositive();
    }

    @Test
    void settings_LIM1_refuseUnknownLimitsAndAmountsInASentence() {
        assertThatThrownBy(() -> new LimitSettings(Map.of("logins", 5L))).hasMessageContaining("There is no limit")
                .hasMessageContaining("sign-in-address");
        assertThatThrownBy(() -> new LimitSettings(Map.of("pushes", 0L))).hasMessageContaining("must be 1 to");
    }

    private static final class Unreachable implements Buckets {

        @Override
        public Duration take(Limit limit, String key) {
            throw new AssertionError("was asked for " + limit);
        }

        @Override
        public void giveBack(Limit limit, String key) {
            throw new AssertionError("was asked for " + limit);
        }
    }
}
