package io.watchfloor.server;

import io.watchfloor.server.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something that is due again and again, whatever becomes of one try: lets go what is too old, or reads what is new. Thread-safe.
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final String what;
    private final Runnable work;
    private final Duration first;
    private final Duration every;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// @param what it is kept of
    /// @param first how long to wait before the first time
    /// @param every how long to wait after each time
    Upkeep(String what, Duration first, Duration every, Runnable work) {
        this.what = what;
        this.first = first;
        this.every = every;
        this.work = work;
        this.thread = Thread.ofVirtual().name("upkeep of " + what).start(this::run);
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
            Duration pause = first;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = every;
                try {
                    work.run();
                } catch (StoreException fault) {
                    LOG.warn("The upkeep of {} failed; it is tried again later. {}", what, fault.getMessage());
                } catch (RuntimeException bug) {
                    LOG.error("The upkeep of {} failed; it is tried again later.", what, bug);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
