package io.watchfloor.server.auth;

import io.watchfloor.server.store.TokenStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When service tokens were used last: noted in memory with each request, and written together now and then. Thread-safe.
public final class TokenUses {

    private final TokenStore store;
    private final InstantSource clock;
    private final Map<String, Long> unwritten = new ConcurrentHashMap<>();

    public TokenUses(TokenStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Notes that a token is used now. Never blocks.
    void used(String id) {
        unwritten.put(id, clock.millis());
    }

    /// Writes what was noted. Where that fails it is kept for the next time.
    ///
    /// @throws io.watchfloor.server.store.StoreException where it cannot be written
    public void flush() {
        Map<String, Long> written = Map.copyOf(unwritten);
        if (!written.isEmpty()) {
            store.used(written);
            written.forEach(unwritten::remove);
        }
    }
}
