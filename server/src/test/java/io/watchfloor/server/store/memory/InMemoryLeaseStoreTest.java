package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.LeaseStore;
import io.watchfloor.server.store.LeaseStoreContract;
import java.time.InstantSource;

class InMemoryLeaseStoreTest extends LeaseStoreContract {

    private final LeaseStore leases = new InMemoryLeaseStore(InstantSource.system());

    @Override
    protected LeaseStore leases() {
        return leases;
    }
}
