package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.store.AccountStore;
import io.watchfloor.server.store.AccountStoresContract;
import io.watchfloor.server.store.GroupStore;
import io.watchfloor.server.store.RightsStore;
import io.watchfloor.server.store.SecondFactorStore;
import io.watchfloor.server.store.SettingStore;
import io.watchfloor.server.store.TokenStore;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAccountStoresTest extends AccountStoresContract {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected AccountStore accounts() {
        return new PostgresAccountStore(DATABASE.database());
    }

    @Override
    protected TokenStore tokens() {
        return new PostgresTokenStore(DATABASE.database());
    }

    @Override
    protected RightsStore rights() {
        return new PostgresRightsStore(DATABASE.database());
    }

    @Override
    protected SecondFactorStore factors() {
        return new PostgresFactorStore(DATABASE.database());
    }

    @Override
    protected SettingStore settings() {
        return new PostgresFactorStore(DATABASE.database());
    }

    @Override
    protected GroupStore groups() {
        return new PostgresGroupStore(DATABASE.database());
    }

    @Override
    protected void makeDashboard(DashboardId dashboard, @Nullable String owner) {
        DATABASE.database().<Integer>run(handle -> handle.execute("""
                INSERT INTO dashboard (id, epoch, head, replicas, owner, changed_at, title, title_wall, title_counter,
                                       title_replica)
                VALUES (?, ?, 0, 0, ?, now(), 'Wall', 0, 0, 0)
                """, dashboard.id(), UUID.randomUUID(), owner));
    }

    @Override
    protected void removeAllDashboards() {
        DATABASE.database().<Integer>run(handle -> handle.execute("DELETE FROM dashboard"));
    }
}
