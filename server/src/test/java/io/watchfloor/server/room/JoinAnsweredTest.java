package io.watchfloor.server.room;

import static io.watchfloor.server.room.World.DASHBOARD;
import static io.watchfloor.server.room.World.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Epoch;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.room.World.Guest;
import io.watchfloor.server.store.LogPosition;
import org.junit.jupiter.api.Test;

/// Whoever joins hears of it, whatever becomes of the room meanwhile: a desktop has nothing else to wait for.
class JoinAnsweredTest {

    private final World world = new World();
    private final Rooms rooms = world.instance("one");
    private final Rooms other = world.instance("two");

    /// @return what ada has seen on the other instance, which this one has not heard of
    private Epoch seenElsewhere() {
        world.busIsDead = true;
        world.join(rooms, "ada", replica(1));
        Guest there = world.join(other, "ada", replica(1));
        other.push(there, there.title(1, "a", 10));
        world.settle();
        return there.joined().epoch();
    }

    private Guest comesBack(Epoch epoch) {
        return world.join(rooms, "ada", new ClientMessage.Join(DASHBOARD, replica(1), epoch, 2));
    }

    private static void assertToldToTryAgain(Guest guest) {
        assertThat(guest.told(ServerMessage.Joined.class)).isEmpty();
        assertThat(guest.told(ServerMessage.NotJoined.class)).extracting(ServerMessage.NotJoined::code)
                .containsExactly(ErrorCode.UNAVAILABLE);
    }

    @Test
    void join_ROOM27_thatWaitsInARoomThatEndsIsToldToTryAgain() {
        Epoch epoch = seenElsewhere();
        world.store.stalls = true;
        Guest ada = comesBack(epoch);
        assertThat(ada.told).isEmpty();
        world.store.seen(DASHBOARD, new LogPosition(epoch, 99));
        world.pass(1_000);
        assertToldToTryAgain(ada);
        assertThat(comesBack(epoch).joined().epoch()).isNotEqualTo(epoch);
    }

    @Test
    void join_ROOM27_whereTheLogCannotBeReadThatFarIsToldToTryAgain() {
        Epoch epoch = seenElsewhere();
        world.store.dead = true;
        assertToldToTryAgain(comesBack(epoch));
        world.store.dead = false;
        assertThat(comesBack(epoch).joined().entries()).isEmpty();
    }

    @Test
    void join_ROOM27_thatWaitsWhileTheInstanceStopsIsToldToTryAgain() {
        Epoch epoch = seenElsewhere();
        world.store.stalls = true;
        Guest ada = comesBack(epoch);
        rooms.close();
        world.settle();
        assertToldToTryAgain(ada);
    }

    @Test
    void join_ROOM27_ofADashboardThatCannotBeOpenedIsToldToTryAgain() {
        world.store.holdsNonsense = true;
        assertToldToTryAgain(world.join(rooms, "ada", replica(1)));
        assertThat(world.figures.failures.sum()).isEqualTo(1);
        world.store.holdsNonsense = false;
        assertThat(world.join(rooms, "ada", replica(1)).joined().snapshot()).isNotNull();
    }
}
