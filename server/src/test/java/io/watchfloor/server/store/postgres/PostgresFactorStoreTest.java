package io.watchfloor.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.FactorAndAuditStoresContract;
import io.watchfloor.server.store.InvitationStore;
import io.watchfloor.server.store.SecondFactorStore;
import io.watchfloor.server.store.SettingStore;
import io.watchfloor.server.store.StoreException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresFactorStoreTest extends FactorAndAuditStoresContract {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    protected SecondFactorStore factors() {
        return new PostgresFactorStore(DATABASE.database());
    }

    @Override
    protected InvitationStore invitations() {
        return new PostgresFactorStore(DATABASE.database());
    }

    @Override
    protected SettingStore settings() {
        return new PostgresFactorStore(DATABASE.database());
    }

    @Override
    protected AuditStore audit() {
        return new PostgresAuditStore(DATABASE.database());
    }

    @Override
    protected void makeAccount(String name) {
        new PostgresAccountStore(DATABASE.database()).add(new Account(name, Role.EDITOR, null, false, false, 1, 0));
    }

    @Test
    void auditLog_AUD2_isOnlyAddedTo() {
        Database database = DATABASE.database();
        for (String change : new String[]{"UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event",
                "TRUNCATE audit_event"}) {
            assertThatThrownBy(() -> database.<Integer>run(handle -> handle.execute(change)))
                    .isInstanceOf(StoreException.class);
        }
        assertThat(new PostgresAuditStore(database).mayBeChanged()).isFalse();
    }

    @Test
    void callsTogether_AUD3_areKeptAllOrNone() {
        Database database = DATABASE.database();
        String name = "together-" + UUID.randomUUID().toString().substring(0, 8);
        PostgresGroupStore groups = new PostgresGroupStore(database);
        assertThatThrownBy(() -> database.<Boolean>together(() -> {
            groups.addGroup(name, 0);
            throw new IllegalStateException("it cannot be written down");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(groups.groups()).extracting(group -> group.name()).doesNotContain(name);
        assertThat(database.<Boolean>together(() -> database.<Boolean>together(() -> groups.addGroup(name, 0))))
                .isTrue();
        assertThat(groups.groups()).extracting(group -> group.name()).contains(name);
        assertThat(database.connectionsInUse()).isZero();
    }
}
