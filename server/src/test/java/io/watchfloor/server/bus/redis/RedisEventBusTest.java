package io.watchfloor.server.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Epoch;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.bus.EventBusContract;
import io.watchfloor.server.store.Edits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.RedisClient;

class RedisEventBusTest extends EventBusContract {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    /// Reconnects quickly, and takes no pause of the machine for a connection that broke: that would lose a message, or
    /// send it twice.
    private static final RedisTiming PATIENT = timing(Duration.ofSeconds(30));
    private static final RedisTiming QUICK_TO_GIVE_UP = timing(Duration.ofSeconds(2));

    /// @param silence before a connection counts as broken
    private static RedisTiming timing(Duration silence) {
        return new RedisTiming(silence, Duration.ofMillis(100), silence, Duration.ofMillis(10), Duration.ofMillis(100));
    }

    private final SplittableRandom random = new SplittableRandom();
    private final String installation = "test-" + random.nextLong();
    private final List<EventBus> opened = new ArrayList<>();

    @Override
    protected EventBus connect() {
        return open(REDIS.url(), installation);
    }

    private RedisEventBus open(String url, String name) {
        return open(url, name, PATIENT);
    }

    private RedisEventBus open(String url, String name, RedisTiming timing) {
        RedisEventBus bus = RedisEventBus.open(RedisAddress.parse(url), name, timing, random.split());
        opened.add(bus);
        return bus;
    }

    @AfterEach
    void close() {
        opened.forEach(EventBus::close);
        REDIS.start();
    }

    @Test
    void reconnect_BUS4_tellsOfAGapAndGoesOnAfterRedisWasKilled() {
        EventBus here = connected();
        EventBus there = connected();
        List<BusMessage> heard = heardBy(there);

        REDIS.kill();
        await().atMost(LONG).until(() -> !here.isConnected() && !there.isConnected());
        AtomicInteger gaps = gaps(there);
        here.publish(new BusMessage.RightsChanged());
        assertThat(gaps).hasValue(0);
        REDIS.start();

        await().atMost(LONG).until(() -> here.isConnected() && there.isConnected());
        await().atMost(LONG).untilAsserted(() -> assertThat(gaps.get()).isPositive());
        BusMessage.Present after = new BusMessage.Present("one", new DashboardId(UUID.randomUUID()), 1, List.of());
        here.publish(after);
        await().atMost(LONG).untilAsserted(() -> assertThat(heard).contains(after));
    }

    @Test
    void publish_BUS3_neverBlocksAndCountsWhatItDropsWhileRedisIsAway() {
        RedisEventBus here = (RedisEventBus) connected();
        EventBus there = connected();
        REDIS.kill();
        BusMessage large = new BusMessage.Committed(new DashboardId(UUID.randomUUID()), new Epoch(UUID.randomUUID()),
                Edits.creation(1_000));

        for (int i = 0; i < 1_000; i++) {
            here.publish(large);
        }

        assertThat(here.figures().dropped.sum()).isPositive();
        AtomicInteger gaps = gaps(there);
        REDIS.start();
        await().atMost(LONG).until(() -> here.isConnected() && there.isConnected());
        await().atMost(LONG).untilAsserted(() -> assertThat(gaps.get()).isPositive());
    }

    @Test
    void open_BUS5_goesOnWithoutRedisAndConnectsOnceItIsThere() {
        REDIS.kill();
        RedisEventBus bus = open(REDIS.url(), installation);
        AtomicInteger gaps = gaps(bus);
        bus.publish(new BusMessage.RightsChanged());
        assertThat(bus.isConnected()).isFalse();

        REDIS.start();

        await().atMost(LONG).until(bus::isConnected);
        await().atMost(LONG).untilAsserted(() -> assertThat(gaps.get()).isPositive());
    }

    @Test
    void open_BUS5_goesOnWhereRedisRefusesThePassword() {
        TestRedis locked = new TestRedis("--requirepass", "right");
        locked.start();
        try {
            RedisEventBus wrong = open(locked.url().replace("//", "//:wrong@"), installation);
            RedisEventBus right = open(locked.url().replace("//", "//:right@"), installation);
            await().atMost(LONG).until(right::isConnected);
            assertThat(wrong.isConnected()).isFalse();
        } finally {
            locked.kill();
        }
    }

    @Test
    void subscribe_BUS6_hearsNoOtherInstallation() {
        RedisEventBus stranger = open(REDIS.url(), "another");
        EventBus here = connected();
        List<BusMessage> heard = heardBy(connected());
        await().atMost(LONG).until(stranger::isConnected);

        stranger.publish(new BusMessage.RightsChanged());
        await().atMost(LONG).until(() -> stranger.figures().sent.sum() == 1);
        BusMessage.Present own = new BusMessage.Present("one", new DashboardId(UUID.randomUUID()), 1, List.of());
        here.publish(own);

        await().atMost(LONG).untilAsserted(() -> assertThat(heard).containsExactly(own));
    }

    @Test
    void subscribe_BUS8_countsWhatItCannotRead() {
        RedisEventBus here = (RedisEventBus) connected();
        List<BusMessage> heard = heardBy(here);
        EventBus there = connected();
        byte[] head = new byte[17];
        try (RedisClient client = RedisClient.create(REDIS.url())) {
            client.publish(here.channel(), new byte[]{1, 2, 3});
            client.publish(here.channel(), head);
            head[16] = 'm';
            client.publish(here.channel(), head);
        }
        there.publish(new BusMessage.RightsChanged());

        await().atMost(LONG).untilAsserted(() -> assertThat(heard).hasSize(1));
        assertThat(here.figures().unreadable.sum()).isEqualTo(3);
    }

    @Test
    void isConnected_BUS9_findsAConnectionThatFellSilent() throws Exception {
        try (SilentProxy proxy = SilentProxy.to(REDIS.url())) {
            RedisEventBus bus = open(proxy.url(), installation, QUICK_TO_GIVE_UP);
            await().atMost(LONG).until(bus::isConnected);
            AtomicInteger gaps = gaps(bus);

            proxy.silence(true);
            await().atMost(LONG).until(() -> !bus.isConnected());
            proxy.silence(false);

            await().atMost(LONG).until(bus::isConnected);
            await().atMost(LONG).untilAsserted(() -> assertThat(gaps.get()).isPositive());
        }
    }

    @Test
    void parse_BUS10_saysWhatAUrlLooksLikeAndKeepsThePasswordToItself() {
        for (String url : List.of("http://:geheim@localhost:6379", "redis://:geheim@localhost", "redis:// geheim",
                "")) {
            assertThatThrownBy(() -> RedisAddress.parse(url)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("redis://host:6379").hasMessageNotContaining("geheim");
        }
        assertThat(RedisAddress.parse("redis://me:geheim@localhost:6379/2")).hasToString("redis://localhost:6379");
    }

    private static AtomicInteger gaps(EventBus bus) {
        AtomicInteger gaps = new AtomicInteger();
        bus.onGap(gaps::incrementAndGet);
        return gaps;
    }
}
