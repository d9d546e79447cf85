package io.watchfloor.server.store.memory;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.store.KioskStore;
import io.watchfloor.server.store.KioskStoreContract;
import io.watchfloor.server.store.RightsStore;

class InMemoryKiosksTest extends KioskStoreContract {

    private final InMemoryAccounts memory = new InMemoryAccounts();

    @Override
    protected KioskStore kiosks() {
        return memory.kiosks();
    }

    @Override
    protected RightsStore rights() {
        return memory;
    }

    @Override
    protected void makeDashboard(DashboardId dashboard) {
        memory.dashboard(dashboard, null);
    }
}
