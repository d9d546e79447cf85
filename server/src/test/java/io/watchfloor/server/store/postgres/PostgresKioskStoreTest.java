package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.store.KioskStore;
import io.watchfloor.server.store.KioskStoreContract;
import io.watchfloor.server.store.RightsStore;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresKioskStoreTest extends KioskStoreContract {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected KioskStore kiosks() {
        return new PostgresKioskStore(DATABASE.database());
    }

    @Override
    protected RightsStore rights() {
        return new PostgresRightsStore(DATABASE.database());
    }

    @Override
    protected void makeDashboard(DashboardId dashboard) {
        new PostgresDashboardStore(DATABASE.database()).create(dashboard, "Wall", null, List.of())
                .toCompletableFuture().join();
    }
}
