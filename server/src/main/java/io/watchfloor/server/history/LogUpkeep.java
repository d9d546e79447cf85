package io.watchfloor.server.history;

import io.watchfloor.server.store.HistoryStore;
import io.watchfloor.server.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets go what is too old of the logs: soon after the start, then every hour. Thread-safe.
public final class LogUpkeep implements AutoCloseable {

    /// How long replicas are remembered after their last use.
    static final Duration REPLICAS = Duration.ofDays(400);

    private static final Logger LOG = LoggerFactory.getLogger(LogUpkeep.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofHours(1);

    private final HistoryStore store;
    private final Duration history;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// @param history how long entries are kept
    public LogUpkeep(HistoryStore store, Duration history) {
        this.store = store;
        this.history = history;
        this.thread = Thread.ofVirtual().name("log-upkeep").start(this::run);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Duration pause = FIRST;
            while (!closed.await(pause.toSeconds(), TimeUnit.SECONDS)) {
                pause = EVERY;
                try {
                    store.letGo(history, REPLICAS);
                } catch (StoreException fault) {
                    LOG.warn("What is too old of the logs could not be dropped; the next hour tries again. {}",
                            fault.getMessage());
                } catch (RuntimeException bug) {
                    LOG.error("What is too old of the logs could not be dropped; the next hour tries again", bug);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
