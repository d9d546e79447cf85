package io.watchfloor.server.limit.redis;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.jedis.Bucket4jJedis;
import io.watchfloor.server.bus.redis.RedisAddress;
import io.watchfloor.server.limit.Buckets;
import io.watchfloor.server.limit.BucketsGoneException;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.LimitSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/// Buckets that instances share through Redis, which forgets each some time after it is full again. A call takes a few
/// tenths of a second at most; after one has failed the next ones fail at once for a moment, so that a Redis that hangs
/// does not make every request hang. Thread-safe.
public final class RedisBuckets implements Buckets, AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMillis(250);
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 16;
    private static final int RETRIES = 20;

    private final RedisClient client;
    private final ProxyManager<byte[]> proxies;
    private final String prefix;
    private final LongSupplier nanos;
    private final Map<Limit, BucketConfiguration> configurations = new EnumMap<>(Limit.class);
    private final AtomicLong restsUntil;

    /// Begins to connect at the first call.
    ///
    /// @param installation names what the instances share; those of another name on the same Redis count for themselves
    /// @param nanos a clock for pauses, like `System::nanoTime`
    public RedisBuckets(RedisAddress address, String installation, LimitSettings settings, LongSupplier nanos) {
        this(address, installation, settings, nanos, TIMEOUT);
    }

    /// @param patience with each answer of Redis
    RedisBuckets(RedisAddress address, String installation, LimitSettings settings, LongSupplier nanos,
            Duration patience) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(patience);
        this.client = RedisClient.builder().hostAndPort(address.hostAndPort())
                .clientConfig(address.config(patience, patience)).poolConfig(pool).build();
        this.proxies = Bucket4jJedis.casBasedBuilder(client).maxRetries(RETRIES)
                .requestTimeout(patience.multipliedBy(2))
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT))
                .build();
        this.prefix = "watchfloor:" + installation + ":limit:";
        this.nanos = nanos;
        this.restsUntil = new AtomicLong(nanos.getAsLong());
        for (Limit limit : Limit.values()) {
            long amount = settings.of(limit);
            configurations.put(limit, BucketConfiguration.builder()
                    .addLimit(each -> each.capacity(amount).refillGreedy(amount, limit.window())).build());
        }
    }

    @Override
    public Duration take(Limit limit, String key) {
        ConsumptionProbe probe = ask(limit, key, bucket -> bucket.tryConsumeAndReturnRemaining(1));
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    @Override
    public void giveBack(Limit limit, String key) {
        ask(limit, key, bucket -> {
            bucket.addTokens(1);
            return Boolean.TRUE;
        });
    }

    private <T> T ask(Limit limit, String key, Function<BucketProxy, T> question) {
        if (nanos.getAsLong() - restsUntil.get() < 0) {
            throw new BucketsGoneException("Redis did not answer a moment ago", new IllegalStateException("resting"));
        }
        byte[] name = (prefix + limit.label() + ':' + key).getBytes(StandardCharsets.UTF_8);
        try {
            return question.apply(proxies.getProxy(name, () -> configuration(limit)));
        } catch (RuntimeException e) {
            // Jedis' own, a time-out of Bucket4j, or a bucket of another form that something else left there
            restsUntil.set(nanos.getAsLong() + REST.toNanos());
            String reason = e instanceof JedisException ? e.getMessage() : e.toString();
            throw new BucketsGoneException(
                    String.valueOf(reason).lines().findFirst().orElse("").replaceFirst("\\.$", ""), e);
        }
    }

    private BucketConfiguration configuration(Limit limit) {
        BucketConfiguration configuration = configurations.get(limit);
        if (configuration == null) {
            throw new IllegalStateException("every limit has its bucket");
        }
        return configuration;
    }

    @Override
    public void close() {
        client.close();
    }
}
