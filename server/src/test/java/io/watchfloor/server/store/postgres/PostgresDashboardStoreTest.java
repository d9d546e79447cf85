package io.watchfloor.server.store.postgres;

import static io.watchfloor.server.store.Edits.accepted;
import static io.watchfloor.server.store.Edits.creation;
import static io.watchfloor.server.store.Edits.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.DashboardStoreContract;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.HistoryStore;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
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

    /// A document that lacks an entry looks like any other.
    @Test
    void load_LOG37_ofALogWithAGapIsRefusedInASentence() {
        PostgresHistoryStore history = new PostgresHistoryStore(DATABASE.database());
        await(store().create(dashboard, "Wall", null, creation(9)));
        await(store().saveSnapshot(dashboard, head().epoch(), stateAt(history, 4).document().snapshot(4)));
        lose("entry", "revision = 7");
        fails(store().load(dashboard), "lacks revision 7");
        assertThatThrownBy(() -> history.at(dashboard, 8)).isInstanceOf(StoreException.class)
                .hasMessageContaining("lacks revision 7");
        assertThat(stateAt(history, 6).revision()).as("what is before the gap is whole").isEqualTo(6);
        lose("entry", "revision BETWEEN 6 AND 9");
        fails(store().load(dashboard), "lacks revisions 6 to 9");
        lose("snapshot", "true");
        lose("entry", "revision = 1");
        assertThatThrownBy(() -> history.at(dashboard, 5)).isInstanceOf(StoreException.class)
                .hasMessageContaining("lacks revision 1,");
        await(store().delete(dashboard)); // other tests let go of old entries, which takes whole logs
    }

    private StoredDashboard stateAt(PostgresHistoryStore history, long revision) {
        return Objects.requireNonNull(history.at(dashboard, revision));
    }

    private void lose(String table, String which) {
        TestDatabase.execute(DATABASE.owner(),
                "DELETE FROM " + table + " WHERE dashboard = '" + dashboard.id() + "' AND " + which);
    }

    /// As where two others write and thin out meanwhile: whatever is read is of one moment.
    @Test
    void load_LOG37_isOfOneMoment() throws Exception {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = present(store().register(dashboard, new ReplicaId(UUID.randomUUID()), "alice")).number();
        Epoch epoch = head().epoch();
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (long seq = 1; seq <= 200; seq++) {
                LogPosition head = new LogPosition(epoch, seq);
                await(store().append(dashboard, head, List.of(accepted(seq + 1, number, seq))));
                if (seq % 5 == 0) {
                    await(store().saveSnapshot(dashboard, epoch, new Snapshot(seq, List.of())));
                }
            }
            over.set(true);
        });
        long last = 0;
        while (!over.get()) {
            StoredDashboard stored = present(another().load(dashboard));
            assertThat(stored.revision()).isGreaterThanOrEqualTo(last);
            last = stored.revision();
        }
        writer.join();
        assertThat(present(another().load(dashboard)).revision()).isEqualTo(201);
    }

    @Test
    void append_LOG15_answersUnknownWhereTheConnectionIsLostAfterCommitWasSent() throws Exception {
        AppendResult result = appendWhileCutting(CuttingProxy.Cut.AFTER_COMMIT,
                number -> List.of(accepted(2, number, 1)));

        assertThat(result).isEqualTo(new AppendResult.Unknown());
        assertThat(await(store().append(dashboard, head(), List.of(accepted(2, 0, 2)))))
                .isInstanceOf(AppendResult.Behind.class);
    }

    @Test
    void append_LOG15_answersUnknownWhereTheConnectionIsLostBeforeCommitArrives() throws Exception {
        AppendResult result = appendWhileCutting(CuttingProxy.Cut.BEFORE_COMMIT,
                number -> List.of(accepted(2, number, 1)));

        assertThat(result).isEqualTo(new AppendResult.Unknown());
        assertThat(await(store().entriesAfter(dashboard, head(), 10))).isEmpty();
    }

    @Test
    void append_LOG15_answersUnknownForOneInATransactionOfItsOwn() throws Exception {
        AppendResult result = appendWhileCutting(CuttingProxy.Cut.DURING_COMMIT,
                number -> List.of(accepted(2, number, 1), refused(number, 2)));

        assertThat(result).isEqualTo(new AppendResult.Unknown());
        // The commit may still be under way: an append on the same head waits for it, and is then behind.
        assertThat(await(store().append(dashboard, head(), List.of(accepted(2, 0, 2)))))
                .isInstanceOf(AppendResult.Behind.class);
    }

    /// The backup is a copy of the whole database, as a dump that is read into a fresh one.
    @Test
    void reconnect_LOG16_noticesThatTheDatabaseWasRestoredFromAnOlderBackup() {
        DatabaseAddress address = TestDatabase.empty();
        String name = address.url().substring(address.url().lastIndexOf('/') + 1);
        try (Database database = Database.open(TestDatabase.settings(address))) {
            PostgresDashboardStore running = new PostgresDashboardStore(database);
            await(running.create(dashboard, "Wall", null, creation(2)));
            int number = present(running.register(dashboard, new ReplicaId(UUID.randomUUID()), "alice")).number();
            Epoch before = present(running.load(dashboard)).epoch();
            // the pool would be back before the copy was begun
            TestDatabase.administer("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
            close(name);
            TestDatabase.administer("CREATE DATABASE backup_of_" + name + " TEMPLATE " + name,
                    "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
            Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions()
                    .untilAsserted(() -> assertThat(await(running.append(dashboard,
                            new LogPosition(before, 2), List.of(accepted(3, number, 1)))))
                            .isEqualTo(new AppendResult.Appended()));
            TestDatabase.administer("DROP DATABASE " + name + " WITH (FORCE)",
                    "ALTER DATABASE backup_of_" + name + " RENAME TO " + name);
            LogPosition seen = new LogPosition(before, 3);
            Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(
                    () -> assertThat(await(running.append(dashboard, seen, List.of(accepted(4, number, 2)))))
                            .isEqualTo(new AppendResult.OtherEpoch()));
            StoredDashboard after = present(running.load(dashboard));
            assertThat(after.epoch()).isNotEqualTo(before);
            assertThat(after.entries()).hasSize(2);
            assertThat(await(running.append(dashboard, new LogPosition(before, 2), List.of(accepted(3, number, 1)))))
                    .as("not even where the revisions happen to fit").isEqualTo(new AppendResult.OtherEpoch());
        }
    }

    /// Ends all connections to a database; the pool makes new ones.
    private static void close(String name) {
        TestDatabase.administer(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    /// That of a dashboard with one entry.
    private LogPosition head() {
        return new LogPosition(present(store().load(dashboard)).epoch(), 1);
    }

    /// Appends through a connection that breaks, then once more through the same store.
    private AppendResult appendWhileCutting(CuttingProxy.Cut cut, IntFunction<List<Decision>> decided)
            throws Exception {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = present(store().register(dashboard, new ReplicaId(UUID.randomUUID()), "alice")).number();
        try (CuttingProxy proxy = CuttingProxy.to(DATABASE.address());
                Database database = Database.open(TestDatabase.settings(proxy.address()))) {
            PostgresDashboardStore far = new PostgresDashboardStore(database);
            await(far.heads(List.of(dashboard)));
            List<Decision> group = decided.apply(number);
            proxy.cutNext(cut);
            AppendResult result = await(far.append(dashboard, head(), group));

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
    void append_LOG17_makesTheMonthsTableWhereItIsMissing() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        LogPosition head = head();
        List<String> months = DATABASE.database().run(handle -> handle
                .createQuery("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'entry'::regclass")
                .mapTo(String.class).list());
        months.forEach(month -> TestDatabase.execute(DATABASE.owner(), "DROP TABLE " + month));

        AppendResult result = await(store().append(dashboard, head, List.of(accepted(2, 0, 2))));

        assertThat(months).isNotEmpty();
        assertThat(result).isEqualTo(new AppendResult.Appended());
        assertThat(await(another().entriesAfter(dashboard, new LogPosition(head.epoch(), 0), 10)))
                .extracting(Entry::revision).containsExactly(2L);
        // other tests let go of old entries, which takes whole logs
        TestDatabase.execute(DATABASE.owner(), "DELETE FROM dashboard");
    }

    @Override
    protected HistoryStore history() {
        return new PostgresHistoryStore(DATABASE.database());
    }

    @Override
    protected List<Long> snapshotsOf(DashboardId id) {
        return DATABASE.database().run(handle -> handle
                .createQuery("SELECT revision FROM snapshot WHERE dashboard = :id ORDER BY revision")
                .bind("id", id.id()).mapTo(Long.class).list());
    }

    /// Each month's table becomes that of a month long ago.
    @Override
    protected void age(Duration time) {
        Jdbi.create(DATABASE.owner().url(), DATABASE.owner().credentials()).useTransaction(handle -> {
            for (String table : handle.createQuery("""
                    SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'entry'::regclass
                    """).mapTo(String.class).list()) {
                YearMonth month = YearMonth.parse(table.substring("entry_".length()).replace('_', '-'))
                        .minusMonths(time.toDays() / 30);
                String aged = "entry_" + month.toString().replace('-', '_');
                handle.execute("ALTER TABLE entry DETACH PARTITION " + table);
                handle.execute("ALTER TABLE " + table + " RENAME TO " + aged);
                handle.execute("UPDATE " + aged + " SET stored_on = '" + month.atDay(1) + "'");
                handle.execute("ALTER TABLE entry ATTACH PARTITION " + aged + " FOR VALUES FROM ('" + month.atDay(1)
                        + "') TO ('" + month.plusMonths(1).atDay(1) + "')");
            }
            handle.createUpdate("UPDATE replica_number SET used_at = used_at - make_interval(secs => :seconds)")
                    .bind("seconds", time.toSeconds()).execute();
            EntryPartitions.make(handle);
        });
    }
}
