package io.watchfloor.server.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that goes on when it is told to. Thread-safe.
final class TestClock implements InstantSource {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));

    void advance(Duration by) {
        now.updateAndGet(old -> old.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
