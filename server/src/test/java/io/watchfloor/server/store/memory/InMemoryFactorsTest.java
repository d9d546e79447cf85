package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.FactorAndAuditStoresContract;
import io.watchfloor.server.store.InvitationStore;
import io.watchfloor.server.store.SecondFactorStore;
import io.watchfloor.server.store.SettingStore;

class InMemoryFactorsTest extends FactorAndAuditStoresContract {

    private final InMemoryFactors memory = new InMemoryFactors();
    private final InMemoryAudit log = new InMemoryAudit();

    @Override
    protected SecondFactorStore factors() {
        return memory;
    }

    @Override
    protected InvitationStore invitations() {
        return memory;
    }

    @Override
    protected SettingStore settings() {
        return memory;
    }

    @Override
    protected AuditStore audit() {
        return log;
    }

    @Override
    protected void makeAccount(String name) {
        // it asks nobody
    }
}
