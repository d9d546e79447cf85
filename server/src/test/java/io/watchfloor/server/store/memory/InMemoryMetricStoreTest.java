package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.MetricStore;
import io.watchfloor.server.store.MetricStoreContract;

class InMemoryMetricStoreTest extends MetricStoreContract {

    private final MetricStore store = new InMemoryMetricStore();

    @Override
    protected MetricStore store() {
        return store;
    }
}
