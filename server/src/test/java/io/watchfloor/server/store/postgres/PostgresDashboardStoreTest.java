package io.watchfloor.server.store.postgres;

import static io.watchfloor.server.store.Edits.accepted;
import static io.watchfloor.server.store.Edits.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.DashboardStoreContract;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.StoredDashboard;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class PostgresDashboardStoreTest extends DashboardStoreContract {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static @Nullable PostgresDashboardStore store;
    private static @Nullable PostgresDashboardStore another;

    private final DashboardId dashboard = new DashboardId(UUID.randomUUID());

    @BeforeAll
    static void open() {
        store = new PostgresDashboardStore(DATABASE.database());
        another = new PostgresDashboardStore(DATABASE.openAnother());
    }

    @Override
    protected DashboardStore store() {
        return Objects.requireNonNull(store);
    }

    @Override
    protected long raisedRightsRevision() {
        new PostgresGroupStore(DATABASE.database()).addGroup("group " + UUID.randomUUID(), 0);
        return new PostgresRightsStore(DATABASE.database()).revision();
    }

    @Override
    protected DashboardStore another() {
        return Objects.requireNonNull(another);
    }

    @Test
    void append_LOG15_answersUnknownWhereTheConnectionIsLostAfterCommitWasSent() throws Exception {
        AppendResult result = appendWhileCutting(CuttingProxy.Cut.AFTER_COMMIT);

        assertThat(result).isEqualTo(new AppendResult.Unknown());
        // The commit may still be under way: an append on the same head waits for it, and is then behind.
        assertThat(await(store().append(dashboard, 1, List.of(accepted(2, 0, 2)))))
                .isInstanceOf(AppendResult.Behind.class);
    }

    @Test
    void append_LOG15_answersUnknownWhereTheConnectionIsLostBeforeCommitArrives() throws Exception {
        AppendResult result = appendWhileCutting(CuttingProxy.Cut.BEFORE_COMMIT);

        assertThat(result).isEqualTo(new AppendResult.Unknown());
        assertThat(await(store().entriesAfter(dashboard, 1, 10))).isEmpty();
    }

    /// Appends through a connection that breaks, then once more through the same store.
    private AppendResult appendWhileCutting(CuttingProxy.Cut cut) throws Exception {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = present(store().register(dashboard, new ReplicaId(UUID.randomUUID()), "alice")).number();
        try (CuttingProxy proxy = CuttingProxy.to(DATABASE.address());
                Database database = Database.open(TestDatabase.settings(proxy.address()))) {
            PostgresDashboardStore far = new PostgresDashboardStore(database);
            await(far.heads(List.of(dashboard)));
            List<Decision> group = List.of(accepted(2, number, 1));
            proxy.cutNext(cut);
            AppendResult result = await(far.append(dashboard, 1, group));

            assertThat(await(far.heads(List.of(dashboard)))).as("it goes on with a new connection").isNotEmpty();
            assertThat(database.connectionsInUse()).isZero();
            return result;
        }
    }

    @Test
    void open_LOG16_renewsEpochsWhereTheDatabaseWasRestored() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        StoredDashboard before = present(store().load(dashboard));
        new PostgresDashboardStore(DATABASE.database());
        StoredDashboard reopened = present(store().load(dashboard));
        TestDatabase.execute(DATABASE.address(), "UPDATE database_identity SET system_identifier = '42'");
        new PostgresDashboardStore(DATABASE.database());
        StoredDashboard restored = present(store().load(dashboard));

        assertThat(reopened.epoch()).isEqualTo(before.epoch());
        assertThat(restored.epoch()).isNotEqualTo(before.epoch());
        assertThat(restored.entries()).isEqualTo(before.entries());
    }

    @Test
    void append_LOG16_renewsTheEpochWhereTheLogIsShorterThanSeen() {
        await(store().create(dashboard, "Wall", null, creation(3)));
        StoredDashboard before = present(store().load(dashboard));

        fails(store().append(dashboard, 5, List.of(accepted(6, 0, 6))), "the database was restored");
        StoredDashboard after = present(store().load(dashboard));
        assertThat(after.epoch()).isNotEqualTo(before.epoch());
        assertThat(after.entries()).hasSize(3);
    }

    @Test
    void append_LOG17_makesTheMonthsTableWhereItIsMissing() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        List<String> months = DATABASE.database().run(handle -> handle
                .createQuery("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'entry'::regclass")
                .mapTo(String.class).list());
        months.forEach(month -> TestDatabase.execute(DATABASE.address(), "DROP TABLE " + month));

        AppendResult result = await(store().append(dashboard, 1, List.of(accepted(2, 0, 2))));

        assertThat(months).hasSize(2);
        assertThat(result).isEqualTo(new AppendResult.Appended());
        assertThat(await(another().entriesAfter(dashboard, 0, 10))).extracting(Entry::revision).containsExactly(2L);
    }

    @Test
    void saveSnapshot_LOG9_keepsTheNewestTwo() {
        await(store().create(dashboard, "Wall", null, creation(5)));
        for (long revision = 1; revision <= 5; revision++) {
            await(store().saveSnapshot(dashboard, new Snapshot(revision, List.of())));
        }
        List<Long> kept = DATABASE.database().run(handle -> handle
                .createQuery("SELECT revision FROM snapshot WHERE dashboard = :id ORDER BY revision")
                .bind("id", dashboard.id()).mapTo(Long.class).list());
        assertThat(kept).containsExactly(4L, 5L);
    }
}
