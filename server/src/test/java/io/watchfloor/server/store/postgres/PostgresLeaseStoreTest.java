package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.LeaseStore;
import io.watchfloor.server.store.LeaseStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresLeaseStoreTest extends LeaseStoreContract {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected LeaseStore leases() {
        return new PostgresLeaseStore(DATABASE.database());
    }
}
