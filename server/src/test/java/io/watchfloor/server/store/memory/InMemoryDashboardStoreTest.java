package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.DashboardStoreContract;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;

class InMemoryDashboardStoreTest extends DashboardStoreContract {

    private final InMemoryDashboardStore store = new InMemoryDashboardStore(ForkJoinPool.commonPool(),
            InstantSource.system(), new SplittableRandom(1));

    @Override
    protected DashboardStore store() {
        return store;
    }

    @Override
    protected DashboardStore another() {
        return store;
    }
}
