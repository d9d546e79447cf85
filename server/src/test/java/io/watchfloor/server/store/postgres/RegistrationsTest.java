package io.watchfloor.server.store.postgres;

import static io.watchfloor.server.store.Edits.accepted;
import static io.watchfloor.server.store.Edits.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.postgres.Registrations.Applicant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RegistrationsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresDashboardStore store = new PostgresDashboardStore(DATABASE.database());

    private DashboardId wall() {
        DashboardId id = new DashboardId(UUID.randomUUID());
        store.create(id, "Wall", null, creation(1)).toCompletableFuture().join();
        return id;
    }

    private static ReplicaId replica() {
        return new ReplicaId(UUID.randomUUID());
    }

    private CompletableFuture<@Nullable ReplicaState> register(DashboardId dashboard, ReplicaId replica,
            String account) {
        return store.register(dashboard, replica, account).toCompletableFuture();
    }

    private static @Nullable Integer number(CompletableFuture<@Nullable ReplicaState> registered) {
        ReplicaState state = registered.join();
        return state == null ? null : state.number();
    }

    /// Holds a dashboard's row, as an append of another instance does.
    private static Thread holding(DashboardId dashboard, CompletableFuture<Boolean> held,
            CompletableFuture<Boolean> release) {
        return Thread.ofVirtual().start(() -> DATABASE.database().run(handle -> {
            handle.createQuery("SELECT 1 FROM dashboard WHERE id = :id FOR UPDATE").bind("id", dashboard.id())
                    .mapTo(int.class).one();
            held.complete(true);
            return release.join();
        }));
    }

    @Test
    void register_LOG36_takesOneConnectionForAllOfADashboard() throws Exception {
        DashboardId dashboard = wall();
        DashboardId other = wall();
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        CompletableFuture<Boolean> release = new CompletableFuture<>();
        Thread holder = holding(dashboard, held, release);
        held.join();
        List<CompletableFuture<@Nullable ReplicaState>> storm = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            storm.add(register(dashboard, replica(), "alice"));
        }
        await().atMost(PATIENCE).until(() -> DATABASE.database().connectionsInUse() == 2);

        assertThat(number(register(other, replica(), "bob"))).as("another dashboard waits for nobody").isEqualTo(1);
        assertThat(DATABASE.database().connectionsInUse()).isEqualTo(2);
        release.complete(true);
        holder.join();
        assertThat(storm.stream().map(RegistrationsTest::number)).as("in the order in which they came")
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 200).boxed().toList());
    }

    @Test
    void register_LOG36_answersEachForItself() {
        DashboardId dashboard = wall();
        ReplicaId known = replica();
        int number = Objects.requireNonNull(number(register(dashboard, known, "alice")));
        store.append(dashboard, head(dashboard), List.of(accepted(2, number, 1))).toCompletableFuture().join();
        ReplicaId shared = replica();

        List<@Nullable ReplicaState> states = DATABASE.database().run(handle -> new ReplicaRows(handle, dashboard)
                .register(List.of(new Applicant(known, "alice"), new Applicant(shared, "bob"),
                        new Applicant(known, "mallory"), new Applicant(shared, "carol"),
                        new Applicant(shared, "bob"))));

        assertThat(states).extracting(state -> state == null ? null : state.number()).containsExactly(number,
                number + 1, null, null, number + 1);
        assertThat(Objects.requireNonNull(states.getFirst()).highWater()).isEqualTo(1);
        assertThat(Objects.requireNonNull(states.getFirst()).recent()).hasSize(1);
    }

    private LogPosition head(DashboardId dashboard) {
        return Objects.requireNonNull(
                store.heads(List.of(dashboard)).toCompletableFuture().join().get(dashboard));
    }

    @Test
    void register_LOG36_failsAllThatWereTogether_andTakesThemAgain() {
        List<Runnable> thread = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Registrations registrations = new Registrations(thread::add, (_, applicants) -> {
            sizes.add(applicants.size());
            if (sizes.size() == 1) {
                throw new StoreException("gone");
            }
            List<@Nullable ReplicaState> none = new ArrayList<>();
            applicants.forEach(_ -> none.add(null));
            return none;
        });
        DashboardId dashboard = new DashboardId(UUID.randomUUID());
        List<CompletableFuture<@Nullable ReplicaState>> first = IntStream.range(0, Registrations.MOST + 2)
                .mapToObj(_ -> registrations.register(dashboard, replica(), "alice").toCompletableFuture()).toList();
        assertThat(thread).as("one for the dashboard").hasSize(1);
        thread.removeFirst().run();

        assertThat(sizes).containsExactly(Registrations.MOST, 2);
        assertThat(first.subList(0, Registrations.MOST)).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(first.subList(Registrations.MOST, first.size())).allSatisfy(
                result -> assertThat(result).isCompletedWithValue(null));
        var again = registrations.register(dashboard, replica(), "alice").toCompletableFuture();
        thread.removeFirst().run();
        assertThat(again).isCompletedWithValue(null);
    }

    @Test
    void edits_LIM17_haveConnectionsThatNothingElseTakes() throws Exception {
        DashboardId blocked = wall();
        DashboardId dashboard = wall();
        try (Database small = Database.open(new DatabaseSettings(DATABASE.address(), 1, true));
                Database edits = small.apart("edits", 1)) {
            PostgresDashboardStore apart = new PostgresDashboardStore(small, edits);
            int number = Objects.requireNonNull(
                    apart.register(dashboard, replica(), "alice").toCompletableFuture().join()).number();
            CompletableFuture<Boolean> held = new CompletableFuture<>();
            CompletableFuture<Boolean> release = new CompletableFuture<>();
            Thread holder = holding(blocked, held, release);
            held.join();
            var waits = apart.register(blocked, replica(), "bob").toCompletableFuture();
            await().atMost(PATIENCE).until(() -> small.connectionsInUse() == 1);

            assertThat(apart.append(dashboard, head(dashboard), List.of(accepted(2, number, 1))).toCompletableFuture()
                    .join()).isEqualTo(new AppendResult.Appended());
            assertThat(apart.heads(List.of(dashboard)).toCompletableFuture().join()).hasSize(1);
            assertThat(waits).isNotDone();
            release.complete(true);
            holder.join();
            assertThat(waits.join()).isNotNull();
            assertThat(apart.load(dashboard).toCompletableFuture().join()).isNotNull();
        }
    }
}
