package io.watchfloor.server.host;

import io.watchfloor.server.store.LeaseStore;
import io.watchfloor.server.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says whether this process is the one that samples the host. The lease bears the host's label, because what must not
/// be doubled are the series with that label: of two instances on one machine one samples, of two machines both do.
/// A holder that dies is followed by another when the lease runs out. Thread-safe.
final class HostLease implements AutoCloseable {

    private static final Duration TIME = Duration.ofSeconds(15);
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(HostLease.class);

    private final LeaseStore leases;
    private final String name;
    private final String holder;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread renewing;
    /// Of the clock that only runs forward, counted from before the lease was taken.
    private volatile long heldUntil;
    private volatile boolean held;

    /// @param host value of the label `host`
    /// @param holder names this process among all that use the database
    HostLease(LeaseStore leases, String host, String holder) {
        this.leases = leases;
        this.name = "host/" + host;
        this.holder = holder;
        this.renewing = Thread.ofVirtual().name("host-lease").start(this::renew);
    }

    boolean held() {
        return held && System.nanoTime() - heldUntil < 0;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            renewing.join(Duration.ofSeconds(2));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        try {
            do {
                take();
            } while (!closed.await(RENEWED_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        if (held) {
            held = false;
            try {
                leases.giveBack(name, holder);
            } catch (StoreException gone) {
                LOG.debug("The lease of the host runs out by itself.", gone);
            }
        }
    }

    private void take() {
        long before = System.nanoTime();
        try {
            boolean taken = leases.take(name, holder, TIME);
            heldUntil = before + TIME.toNanos();
            held = taken;
        } catch (StoreException unreachable) {
            LOG.debug("The lease of the host could not be renewed.", unreachable);
        } catch (RuntimeException bug) {
            LOG.error("The lease of the host could not be renewed; it is tried again", bug);
        }
    }
}
