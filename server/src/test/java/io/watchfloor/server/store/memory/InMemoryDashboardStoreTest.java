package io.watchfloor.server.store.memory;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.DashboardStoreContract;
import io.watchfloor.server.store.HistoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

class InMemoryDashboardStoreTest extends DashboardStoreContract {

    private final AtomicLong rights = new AtomicLong();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InMemoryDashboardStore store = new InMemoryDashboardStore(ForkJoinPool.commonPool(),
            () -> Instant.now().plus(ahead.get()), new SplittableRandom(1), rights::get);

    @Override
    protected DashboardStore store() {
        return store;
    }

    @Override
    protected long raisedRightsRevision() {
        return rights.incrementAndGet();
    }

    @Override
    protected DashboardStore another() {
        return store;
    }

    @Override
    protected HistoryStore history() {
        return store.history();
    }

    @Override
    protected void age(Duration time) {
        ahead.accumulateAndGet(time, Duration::plus);
    }

    @Override
    protected List<Long> snapshotsOf(DashboardId dashboard) {
        return List.copyOf(Objects.requireNonNull(
                store.<List<Long>>in(dashboard, log -> log.snapshots().revisions())));
    }
}
