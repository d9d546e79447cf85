package io.watchfloor.server.store.memory;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.store.AccountStore;
import io.watchfloor.server.store.AccountStoresContract;
import io.watchfloor.server.store.GroupStore;
import io.watchfloor.server.store.RightsStore;
import io.watchfloor.server.store.SecondFactorStore;
import io.watchfloor.server.store.SettingStore;
import io.watchfloor.server.store.TokenStore;
import org.jspecify.annotations.Nullable;

class InMemoryAccountsTest extends AccountStoresContract {

    private final InMemoryAccounts memory = new InMemoryAccounts();

    @Override
    protected AccountStore accounts() {
        return memory;
    }

    @Override
    protected TokenStore tokens() {
        return memory.tokens();
    }

    @Override
    protected RightsStore rights() {
        return memory;
    }

    @Override
    protected SecondFactorStore factors() {
        return memory.factors();
    }

    @Override
    protected SettingStore settings() {
        return memory.factors();
    }

    @Override
    protected GroupStore groups() {
        return memory;
    }

    @Override
    protected void makeDashboard(DashboardId dashboard, @Nullable String owner) {
        memory.dashboard(dashboard, owner);
    }

    @Override
    protected void removeAllDashboards() {
        memory.removeDashboards();
    }
}
