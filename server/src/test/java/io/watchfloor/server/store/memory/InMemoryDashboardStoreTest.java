package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.DashboardStoreContract;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;

class InMemoryDashboardStoreTest extends DashboardStoreContract {

    private final AtomicLong rights = new AtomicLong();
    private final InMemoryDashboardStore store = new InMemoryDashboardStore(ForkJoinPool.commonPool(),
            InstantSource.system(), new SplittableRandom(1), rights::get);

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
}
