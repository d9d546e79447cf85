package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the partitions of samples ahead and drops those that are too old: at once, then every hour. Thread-safe.
public final class SampleUpkeep implements AutoCloseable {

    private static final Duration EVERY = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(SampleUpkeep.class);

    private final PostgresMetricStore store;
    private final InstantSource clock;
    private final Duration retention;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// Does it once before it returns, then goes on by itself.
    ///
    /// @param retention how long samples are kept
    /// @throws StoreException where the database does not answer
    public SampleUpkeep(PostgresMetricStore store, InstantSource clock, Duration retention) {
        this.store = store;
        this.clock = clock;
        this.retention = retention;
        store.upkeep(clock.instant(), retention);
        this.thread = Thread.ofVirtual().name("sample-upkeep").start(this::run);
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
            while (!closed.await(EVERY.toSeconds(), TimeUnit.SECONDS)) {
                try {
                    store.upkeep(clock.instant(), retention);
                } catch (StoreException fault) {
                    LOG.warn("Samples that are too old could not be dropped; the next hour tries again. {}",
                            fault.getMessage());
                } catch (RuntimeException bug) {
                    LOG.error("Samples that are too old could not be dropped; the next hour tries again", bug);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
