package io.watchfloor.server;

import io.watchfloor.server.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Something that is due again and again, whatever becomes of one try: to let go what is too old, to read what is new. Of
/// tries that fail one after the other the first is told. Thread-safe.
final class Recurring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);

    private final String what;
    private final Runnable work;
    private final Duration first;
    private final Duration every;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// @param what is done, for the log
    /// @param first how long to wait before the first time
    /// @param every how long to wait after each time
    Recurring(String what, Duration first, Duration every, Runnable work) {
        this.what = what;
        this.first = first;
        this.every = every;
        this.work = work;
        this.thread = Thread.ofVirtual().name(what).start(this::run);
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
            boolean failing = false;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = every;
                failing = !isDone(failing);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDone(boolean failing) {
        try {
            work.run();
            return true;
        } catch (StoreException fault) {
            LOG.atLevel(failing ? Level.DEBUG : Level.WARN).log("The {} failed; it is tried again later. {}", what,
                    fault.getMessage());
        } catch (RuntimeException bug) {
            LOG.atLevel(failing ? Level.DEBUG : Level.ERROR).log("The {} failed; it is tried again later.", what, bug);
        }
        return false;
    }
}
