package io.watchfloor.server.room;

import static io.watchfloor.server.room.World.DASHBOARD;
import static io.watchfloor.server.room.World.WIDGET;
import static io.watchfloor.server.room.World.replica;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.room.World.Guest;
import io.watchfloor.server.store.LogPosition;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OwnChangeTest {

    private final World world = new World();
    private final Rooms rooms = world.instance("one");

    /// Counts, in the title, how many others came before.
    private static final Change COUNTS = (document, _, stamps) -> List.of(new Assignment(WIDGET, Properties.TITLE,
            Value.of(document.get(WIDGET, Properties.TITLE) + "+"), stamps.get()));

    private Epoch epoch() {
        var stored = world.store.load(DASHBOARD).toCompletableFuture();
        world.settle();
        return Objects.requireNonNull(stored.join()).epoch();
    }

    @Test
    void change_HIS10_ofAnotherEpochIsNotMade() {
        Guest ada = world.join(rooms, "ada", replica(1));
        CompletableFuture<Change.@Nullable Done> done = rooms
                .change(DASHBOARD, "bob", replica(3), new Epoch(new UUID(5, 5)), COUNTS).toCompletableFuture();
        world.settle();
        assertThat(done).isCompletedExceptionally();
        assertThatThrownBy(done::join).hasCauseInstanceOf(OtherEpochException.class);
        assertThat(ada.told(ServerMessage.Committed.class)).isEmpty();
    }

    @Test
    void change_HIS4_isMadeOutAnewWhereAnotherInstanceWasFirst() {
        Rooms other = world.instance("two");
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(other, "bob", replica(2));
        world.busIsDead = true;
        rooms.push(ada, ada.title(1, "a", 10));
        world.settle();
        CompletableFuture<Change.@Nullable Done> done = other.change(DASHBOARD, "bob", replica(3), epoch(), COUNTS)
                .toCompletableFuture();
        world.settle();
        Entry last = bob.told(ServerMessage.Committed.class).getLast().entry();
        assertThat(last.operations()).singleElement().isInstanceOfSatisfying(Assignment.class,
                assignment -> assertThat(assignment.value()).isEqualTo(Value.of(Value.of("a") + "+")));
        assertThat(done).isCompletedWithValue(new Change.Done(bob.joined().epoch(),
                last.revision() - 1, last.revision()));
    }

    @Test
    void change_HIS4_thatAnotherInstanceHasMadeAlreadyIsNotMadeAgain() {
        Rooms other = world.instance("two");
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(other, "bob", replica(2));
        world.busIsDead = true;
        rooms.push(ada, ada.title(1, "a", 10));
        world.settle();
        Change renames = (document, _, stamps) -> Value.of("a").equals(document.get(WIDGET, Properties.TITLE))
                ? List.of()
                : List.of(new Assignment(WIDGET, Properties.TITLE, Value.of("a"), stamps.get()));
        CompletableFuture<Change.@Nullable Done> done = other.change(DASHBOARD, "bob", replica(3), epoch(), renames)
                .toCompletableFuture();
        world.settle();
        assertThat(done).isCompletedWithValue(new Change.Done(bob.joined().epoch(), 2, 2));
    }

    /// A refusal is in no log.
    @Test
    @Timeout(20)
    void change_HIS4_thatWasRefused_isToldSoAlsoWhereTheOutcomeOfItsCommitWasUnknown() {
        world.grant("bob", Right.VIEW);
        world.store.losesAfter = 1;
        CompletableFuture<Change.@Nullable Done> done = rooms.change(DASHBOARD, "bob", replica(3), epoch(), COUNTS)
                .toCompletableFuture();
        world.pass(1_000);
        assertThat(done).isCompletedExceptionally();
        assertThatThrownBy(done::join).hasCauseInstanceOf(RefusedException.class);
    }

    @Test
    void epoch_ROOM19_lateWordsOfAnotherAreNotHeard() {
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(rooms, "bob", replica(2));
        rooms.push(ada, ada.title(1, "before", 10));
        world.settle();
        BusMessage late = world.lastSent("Committed");
        world.store.seen(DASHBOARD, new LogPosition(ada.joined().epoch(), 99));
        world.pass(1_000);
        Rooms other = world.instance("two");
        Guest back = world.join(other, "ada", replica(1));
        int before = back.revisions().size();
        assertThat(((BusMessage.Committed) late).epoch()).isNotEqualTo(back.joined().epoch());
        List<Entry> next = ((BusMessage.Committed) late).entries().stream().map(entry -> new Entry(
                entry.revision() + 1, entry.replica(), entry.clientSeq() + 1, entry.author(), entry.at(),
                entry.operations())).toList();
        world.sendAgain(new BusMessage.Committed(DASHBOARD, ((BusMessage.Committed) late).epoch(), next));
        world.settle();
        assertThat(back.revisions()).hasSize(before);
        assertThat(bob.closed).isNotNull();
    }

    @Test
    void epoch_ROOM19_endsARoomThatSomebodyNewWouldEnter() {
        Guest ada = world.join(rooms, "ada", replica(1));
        world.store.seen(DASHBOARD, new LogPosition(ada.joined().epoch(), 99));
        Guest bob = world.join(rooms, "bob", replica(2));
        assertThat(ada.closed).isNotNull();
        assertThat(bob.joined().epoch()).isNotEqualTo(ada.joined().epoch());
    }
}
