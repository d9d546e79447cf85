package io.watchfloor.server.room;

import static io.watchfloor.server.room.World.DASHBOARD;
import static io.watchfloor.server.room.World.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.bus.memory.InMemoryEventBus;
import io.watchfloor.server.room.RoomContext.Surroundings;
import io.watchfloor.server.room.World.Guest;
import io.watchfloor.server.store.memory.InMemoryDashboardStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rooms come and go, and whoever comes meanwhile finds one.
class RoomsTest {

    private static final long LOOK = 1_000;
    /// More tasks than a join takes, with what it reads anew.
    private static final int STEPS = 24;
    private static final int OPENINGS = 20_000;

    /// A room that ada has edited in and left, and that is closed at the next look.
    private static final class Deserted {

        final World world = new World();
        final Rooms rooms = world.instance("one", (_, _) -> Right.EDIT, Duration.ofMillis(LOOK));
        final Guest ada = world.join(rooms, "ada", replica(1));

        Deserted() {
            rooms.push(ada, ada.title(1, "first", 10));
            world.settle();
            rooms.leave(ada, ada.joined().room());
            world.settle();
        }

        /// @param known whether the room has had the replica in it
        Guest comes(String name, boolean known) {
            Guest guest = new Guest(name, "again " + name, world::now);
            rooms.join(guest, known
                    ? new ClientMessage.Join(DASHBOARD, replica(1), ada.joined().epoch(), 2)
                    : new ClientMessage.Join(DASHBOARD, replica(name.hashCode()), null, 0));
            return guest;
        }

        /// Both are in one room, with all that there is, and hear each other.
        void assertTogether(Guest known, Guest stranger) {
            assertThat(known.told(ServerMessage.NotJoined.class)).isEmpty();
            assertThat(known.told(ServerMessage.Joined.class)).hasSize(1);
            assertThat(stranger.told(ServerMessage.Joined.class)).hasSize(1);
            assertThat(known.joined().room()).isEqualTo(stranger.joined().room());
            assertThat(known.joined().highWater()).isEqualTo(1);
            assertThat(known.joined().replica()).isEqualTo(ada.joined().replica());
            assertThat(rooms.size()).isEqualTo(1);
            rooms.push(known, known.title(2, "second", 20));
            rooms.push(stranger, stranger.title(1, "third", 30));
            world.settle();
            assertThat(known.revisions()).containsExactly(3L, 4L);
            assertThat(stranger.revisions()).containsExactly(3L, 4L);
            assertThat(known.told(ServerMessage.Failed.class)).isEmpty();
            assertThat(known.closed).isNull();
        }
    }

    /// The look that closes the room falls between any two steps of two joins, the one of a replica that the room knows and the
    /// other of one that it has to ask the store of.
    @Test
    void unload_ROOM14_betweenAnyTwoStepsOfAJoinLeavesNobodyOutside() {
        TreeSet<Integer> loads = new TreeSet<>();
        for (boolean strangerFirst : List.of(true, false)) {
            for (int apart = 0; apart <= 6; apart++) {
                for (int at = 0; at <= STEPS; at++) {
                    loads.add(race(strangerFirst, apart, at));
                }
            }
        }
        assertThat(loads).as("how often the dashboard was read: once where they came in time, twice where not")
                .containsExactly(1, 2);
    }

    /// @param apart steps from the one's join to the other's
    /// @param at step at which the look is due
    /// @return how often the dashboard was read
    private static int race(boolean strangerFirst, int apart, int at) {
        Deserted scene = new Deserted();
        World world = scene.world;
        List<Guest> guests = new ArrayList<>();
        guests.add(scene.comes(strangerFirst ? "bob" : "ada", !strangerFirst));
        for (int step = 0; step <= Math.max(at, apart); step++) {
            if (step == apart) {
                guests.add(scene.comes(strangerFirst ? "ada" : "bob", strangerFirst));
            }
            if (step == at) {
                world.comesDue(LOOK);
            }
            if (world.waiting() > 0) {
                world.step();
            }
        }
        world.settle();
        scene.assertTogether(guests.get(strangerFirst ? 1 : 0), guests.get(strangerFirst ? 0 : 1));
        return world.store.loads;
    }

    /// A room that ends has nothing to do with the one that takes its place.
    @Test
    void unload_ROOM14_ofAnOldRoomDoesNotEndTheNewOne() {
        Deserted scene = new Deserted();
        scene.world.comesDue(LOOK);
        Guest ada = scene.comes("ada", true);
        Guest bob = scene.comes("bob", false);
        for (int step = 0; step < STEPS; step++) {
            scene.world.comesDue(LOOK);
            scene.world.step();
        }
        scene.world.settle();
        scene.assertTogether(ada, bob);
        assertThat(scene.world.store.loads).isGreaterThan(2);
    }

    /// Somebody looks after the rooms without a pause, on a thread of its own.
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void unload_ROOM14_atTheMomentOfOpeningLeavesNobodyOutside() throws Exception {
        LinkedBlockingQueue<Runnable> looks = new LinkedBlockingQueue<>();
        InMemoryDashboardStore store = new InMemoryDashboardStore(Runnable::run, InstantSource.system(),
                new SplittableRandom(1));
        try (InMemoryEventBus bus = new InMemoryEventBus.Hub(Runnable::run).connect()) {
            Rooms rooms = new Rooms(new Surroundings("one", store, bus, (_, _) -> Right.EDIT, () -> 1,
                    (_, task) -> looks.add(task), new RoomFigures()), Runnable::run, Duration.ofMillis(LOOK));
            Thread looking = Thread.ofPlatform().daemon().start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Runnable look = looks.poll();
                    if (look != null) {
                        look.run();
                    }
                }
            });
            for (int i = 0; i < OPENINGS; i++) {
                DashboardId dashboard = new DashboardId(new UUID(3, i));
                store.create(dashboard, "Wall", null, List.of());
                Newcomer newcomer = new Newcomer();
                rooms.join(newcomer, new ClientMessage.Join(dashboard, replica(1), null, 0));
                int room = newcomer.joined.orTimeout(30, TimeUnit.SECONDS).join();
                rooms.leave(newcomer, room);
            }
            looking.interrupt();
            looking.join();
        }
    }

    /// Knows only whether it is in a room. Thread-safe.
    private static final class Newcomer implements Member {

        /// The room's number.
        final CompletableFuture<Integer> joined = new CompletableFuture<>();

        @Override
        public String session() {
            return "session";
        }

        @Override
        public String account() {
            return "ada";
        }

        @Override
        public long heardAt() {
            return 1;
        }

        @Override
        public void deliver(Frame frame) {
            frame.messages().forEach(message -> {
                if (message instanceof ServerMessage.NotJoined refused) {
                    joined.completeExceptionally(new AssertionError(refused.toString()));
                }
            });
        }

        @Override
        public void entered(DashboardId dashboard, int room, TickRing ring, long position, Sights shown) {
            joined.complete(room);
        }

        @Override
        public void left(int room) {}

        @Override
        public void ticked() {}

        @Override
        public void close(CloseCode code, String text) {}
    }
}
