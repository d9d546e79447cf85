package io.watchfloor.server.store.postgres;

import static io.watchfloor.server.store.Edits.accepted;
import static io.watchfloor.server.store.Edits.creation;
import static io.watchfloor.server.store.Edits.entry;
import static io.watchfloor.server.store.Edits.refused;
import static io.watchfloor.server.store.Edits.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Value;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SharedCommitsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static @Nullable PostgresDashboardStore opened;

    /// What is to run on the thread that commits; it runs when the test says so.
    private final List<Runnable> thread = new ArrayList<>();
    private final SharedCommits shared = new SharedCommits(DATABASE.database(), new CheckedConnections(), thread::add,
            store()::appendAlone);

    @BeforeAll
    static void open() {
        opened = new PostgresDashboardStore(DATABASE.database());
    }

    private static PostgresDashboardStore store() {
        return Objects.requireNonNull(opened);
    }

    /// A dashboard whose log ends with revision 1, and a replica in it.
    private record Wall(DashboardId id, LogPosition head, int replica) {

        static Wall made() {
            DashboardId id = new DashboardId(UUID.randomUUID());
            store().create(id, "Wall", null, creation(1)).toCompletableFuture().join();
            int replica = Objects.requireNonNull(
                    store().register(id, new ReplicaId(UUID.randomUUID()), "alice").toCompletableFuture().join())
                    .number();
            return new Wall(id, Objects.requireNonNull(
                    store().heads(List.of(id)).toCompletableFuture().join().get(id)), replica);
        }

        Append append(Decision... decisions) {
            return append(DashboardStore.ANY_RIGHTS, decisions);
        }

        Append append(long rights, Decision... decisions) {
            return Append.of(id, head, rights, List.of(decisions));
        }

        /// The next edit of the replica.
        Append edit() {
            return append(accepted(2, replica, 1));
        }

        long logged() {
            return store().entriesAfter(id, head, 100).toCompletableFuture().join().size();
        }
    }

    private List<CompletableFuture<AppendResult>> waiting(List<Append> appends) {
        return appends.stream().map(shared::append).map(CompletionStage::toCompletableFuture).toList();
    }

    private void commit() {
        assertThat(thread).hasSize(1);
        thread.removeFirst().run();
    }

    private static long transactions(List<Wall> walls) {
        return DATABASE.database().run(handle -> handle.createQuery(
                "SELECT count(DISTINCT xmin::text) FROM entry WHERE dashboard = ANY(:ids) AND revision > 1")
                .bindArray("ids", UUID.class, walls.stream().map(wall -> wall.id().id()).toList())
                .mapTo(long.class).one());
    }

    private static List<Wall> walls(int count) {
        List<Wall> walls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            walls.add(Wall.made());
        }
        return walls;
    }

    @Test
    void shared_LOG34_commitsThoseThatWaitInOneTransaction() {
        List<Wall> walls = walls(5);
        var results = waiting(walls.stream().map(Wall::edit).toList());

        commit();

        assertThat(results).allSatisfy(result -> assertThat(result).isCompletedWithValue(new AppendResult.Appended()));
        assertThat(walls).allSatisfy(wall -> assertThat(wall.logged()).isEqualTo(1));
        assertThat(transactions(walls)).isEqualTo(1);
    }

    @Test
    void shared_LOG34_takesTwoOfOneDashboardOneAfterTheOther() {
        Wall wall = Wall.made();
        Append second = Append.of(wall.id(), new LogPosition(wall.head().epoch(), 2), DashboardStore.ANY_RIGHTS,
                List.of(accepted(3, wall.replica(), 2)));
        var results = waiting(List.of(wall.edit(), second));

        commit();

        assertThat(results).allSatisfy(result -> assertThat(result).isCompletedWithValue(new AppendResult.Appended()));
        assertThat(transactions(List.of(wall))).isEqualTo(2);
    }

    @Test
    void shared_LOG34_leavesAloneWhatIsGreatOrMoreThanEntries() {
        Wall wall = Wall.made();
        List<Decision> many = new ArrayList<>();
        for (int i = 0; i <= SharedCommits.SMALL; i++) {
            many.add(accepted(2 + i, wall.replica(), 1 + i));
        }

        assertThat(SharedCommits.mayShare(wall.edit())).isTrue();
        assertThat(SharedCommits.mayShare(wall.append(many.toArray(Decision[]::new)))).isFalse();
        assertThat(SharedCommits.mayShare(wall.append(refused(wall.replica(), 1)))).isFalse();
        assertThat(SharedCommits.mayShare(wall.append(
                accepted(titled(2, wall.replica(), 1, Value.of("Night"), 5))))).isFalse();
    }

    @Test
    void shared_LOG35_tellsTheOneThatIsBehindAndAppendsTheOthers() {
        List<Wall> walls = walls(3);
        Wall behind = walls.get(1);
        store().append(behind.id(), behind.head(), List.of(accepted(2, 0, 2))).toCompletableFuture().join();
        var results = waiting(walls.stream().map(Wall::edit).toList());

        commit();

        assertThat(results.get(0)).isCompletedWithValue(new AppendResult.Appended());
        assertThat(results.get(1).join()).isEqualTo(new AppendResult.Behind(List.of(entry(2, 0, 2))));
        assertThat(results.get(2)).isCompletedWithValue(new AppendResult.Appended());
    }

    @Test
    void shared_LOG35_tellsTheOneThatIsGoneAndAppendsTheOthers() {
        List<Wall> walls = walls(2);
        store().delete(walls.getFirst().id()).toCompletableFuture().join();
        var results = waiting(walls.stream().map(Wall::edit).toList());

        commit();

        assertThat(results.getFirst().join()).isEqualTo(new AppendResult.Gone());
        assertThat(results.getLast()).isCompletedWithValue(new AppendResult.Appended());
    }

    @Test
    void shared_LOG35_keepsOnlyThatDashboardWaitingWhoseRowIsLocked() {
        List<Wall> walls = walls(3);
        List<CompletableFuture<AppendResult>> results = DATABASE.database().run(handle -> {
            handle.execute("SELECT FROM dashboard WHERE id = ? FOR UPDATE", walls.get(1).id().id());
            var waiting = waiting(walls.stream().map(Wall::edit).toList());
            commit();
            assertThat(waiting.get(0).join()).isEqualTo(new AppendResult.Appended());
            assertThat(waiting.get(2).join()).isEqualTo(new AppendResult.Appended());
            assertThat(waiting.get(1)).isNotDone();
            return waiting;
        });

        assertThat(results.get(1).join()).isEqualTo(new AppendResult.Appended());
    }

    @Test
    void shared_LOG35_refusesOnlyTheOneWhoseReplicaIsUnknownOrWhosePushWasDecided() {
        List<Wall> walls = walls(4);
        Wall decided = walls.get(1);
        store().append(decided.id(), decided.head(), List.of(refused(decided.replica(), 1))).toCompletableFuture()
                .join();
        var results = waiting(List.of(walls.get(0).edit(), decided.edit(),
                walls.get(2).append(accepted(2, 77, 1)), walls.get(3).edit()));

        commit();

        assertThat(results.get(0).join()).isEqualTo(new AppendResult.Appended());
        assertThat(results.get(1).join()).isEqualTo(new AppendResult.AlreadyDecided());
        assertThatThrownBy(results.get(2)::join).isInstanceOf(CompletionException.class).cause()
                .isInstanceOf(StoreException.class).hasMessageContaining("has no replica 77");
        assertThat(results.get(3).join()).isEqualTo(new AppendResult.Appended());
        assertThat(walls).extracting(Wall::logged).containsExactly(1L, 0L, 0L, 1L);
    }

    @Test
    void shared_LOG35_writesNothingThatWasDecidedOnOtherRights() {
        List<Wall> walls = walls(3);
        long now = new PostgresRightsStore(DATABASE.database()).revision();
        var results = waiting(List.of(walls.get(0).append(now, accepted(2, walls.get(0).replica(), 1)),
                walls.get(1).append(now - 1, accepted(2, walls.get(1).replica(), 1)),
                walls.get(2).append(now, accepted(2, walls.get(2).replica(), 1))));

        commit();

        assertThat(results.get(0).join()).isEqualTo(new AppendResult.Appended());
        assertThat(results.get(1).join()).isEqualTo(new AppendResult.Outdated());
        assertThat(results.get(2).join()).isEqualTo(new AppendResult.Appended());
        assertThat(walls).extracting(Wall::logged).containsExactly(1L, 0L, 1L);
        assertThat(transactions(walls)).isEqualTo(1);
    }

    @Test
    void shared_LOG15_leavesTheOutcomeOfAllUnknownWhereTheConnectionIsLost() throws Exception {
        List<Wall> walls = walls(2);
        try (CuttingProxy proxy = CuttingProxy.to(DATABASE.address());
                Database far = Database.open(TestDatabase.settings(proxy.address()))) {
            SharedCommits cut = new SharedCommits(far, new CheckedConnections(), thread::add, store()::appendAlone);
            cut.append(Wall.made().edit());
            commit();
            var results = walls.stream().map(wall -> cut.append(wall.edit()).toCompletableFuture()).toList();
            proxy.cutNext(CuttingProxy.Cut.AFTER_COMMIT);
            commit();

            assertThat(results).allSatisfy(
                    result -> assertThat(result).isCompletedWithValue(new AppendResult.Unknown()));
            assertThat(far.connectionsInUse()).isZero();
        }
    }
}
