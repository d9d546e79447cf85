package io.watchfloor.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.watchfloor.server.bus.redis.RedisAddress;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.Places;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import io.watchfloor.server.limit.redis.RedisBuckets;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What keeps count of what addresses, accounts and connections take. Thread-safe.
final class LimitPlane implements AutoCloseable {

    private final LimitSettings settings;
    private final @Nullable RedisBuckets shared;
    private final Limiter limiter;
    private final Places sessions;

    /// @param connections open connections by address
    /// @param redis absent where this is the only instance
    /// @throws IllegalArgumentException where its address is none; the message is a sentence
    LimitPlane(LimitSettings settings, Places connections, @Nullable URI redis, String installation,
            InstantSource clock, MeterRegistry registry) {
        this.settings = settings;
        this.shared = redis == null
                ? null
                : new RedisBuckets(RedisAddress.parse(redis.toString()), installation, settings, System::nanoTime);
        InMemoryBuckets own = new InMemoryBuckets(settings, clock, InMemoryBuckets.USUAL_SIZE);
        this.limiter = new Limiter(own, shared);
        this.sessions = new Places(Crowd.SESSIONS_ACCOUNT, settings);
        for (Limit limit : Limit.values()) {
            FunctionCounter.builder("watchfloor.limits.refused", limiter, each -> each.refused(limit))
                    .description("What was refused or delayed for coming too often").tag("limit", limit.label())
                    .register(registry);
        }
        crowd(Crowd.SESSIONS_ACCOUNT, sessions, registry);
        crowd(Crowd.CONNECTIONS_ADDRESS, connections, registry);
        Gauge.builder("watchfloor.limits.remembered", own, InMemoryBuckets::size)
                .description("Keys whose use is remembered").register(registry);
    }

    private static void crowd(Crowd crowd, Places places, MeterRegistry registry) {
        FunctionCounter.builder("watchfloor.limits.crowded", places, Places::refused)
                .description("What was refused because there were too many at a time").tag("limit", crowd.label())
                .register(registry);
    }

    LimitSettings settings() {
        return settings;
    }

    Limiter limiter() {
        return limiter;
    }

    /// Open sessions by account.
    Places sessions() {
        return sessions;
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
    }
}
