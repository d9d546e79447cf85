package io.watchfloor.server.bus.redis;

import java.time.Duration;

/// How a bus waits. Immutable.
///
/// @param timeout for connecting and for each answer
/// @param beat how often a sender that has nothing to say proves the connection
/// @param silence after which a subscribed connection counts as broken; several beats
/// @param firstWait longest wait before the first attempt to reconnect; each next may wait twice as long
/// @param longestWait limit of that
record RedisTiming(Duration timeout, Duration beat, Duration silence, Duration firstWait, Duration longestWait) {

    static final RedisTiming USUAL = new RedisTiming(Duration.ofSeconds(2), Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofMillis(100), Duration.ofSeconds(3));
}
