package io.watchfloor.server.room;

import static io.watchfloor.server.room.World.DASHBOARD;
import static io.watchfloor.server.room.World.WIDGET;
import static io.watchfloor.server.room.World.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.room.World.Guest;
import io.watchfloor.server.store.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoomTest {

    private final World world = new World();
    private final Rooms rooms = world.instance("one");

    @Test
    void join_ROOM1_givesAnEmptyReplicaASnapshotOrAllEntries() {
        Guest ada = world.join(rooms, "ada", replica(1));
        assertThat(ada.joined().replica()).isEqualTo(1);
        assertThat(ada.joined().right()).isEqualTo(Right.EDIT);
        assertThat(contents(ada)).isEqualTo(1);
    }

    /// The revision that a guest is at.
    private static long contents(Guest guest) {
        ServerMessage.Joined joined = guest.joined();
        long base = joined.snapshot() == null ? 0 : joined.snapshot().revision();
        return joined.entries().isEmpty() ? base : joined.entries().getLast().revision();
    }

    @Test
    void join_ROOM1_givesExactlyTheMissingEntries() {
        Guest ada = world.join(rooms, "ada", replica(1));
        push(ada, ada.title(1, "a", 10));
        push(ada, ada.title(2, "b", 20));
        Guest back = world.join(rooms, "ada",
                new ClientMessage.Join(DASHBOARD, replica(1), ada.joined().epoch(), 2));
        assertThat(back.joined().snapshot()).isNull();
        assertThat(back.joined().entries()).extracting(Entry::revision).containsExactly(3L);
        assertThat(back.joined().highWater()).isEqualTo(2);
        Guest future = world.join(rooms, "ada",
                new ClientMessage.Join(DASHBOARD, replica(1), ada.joined().epoch(), 99));
        assertThat(future.joined().snapshot()).isNotNull();
    }

    @Test
    void join_ROOM2_tellsTheUnauthorisedNothing() {
        world.grant("eve", Right.NONE);
        Guest eve = world.join(rooms, "eve", replica(1));
        assertThat(eve.told).singleElement().isInstanceOfSatisfying(ServerMessage.NotJoined.class,
                n -> assertThat(n.code()).isEqualTo(ErrorCode.NOT_FOUND));
        Guest thief = world.join(rooms, "ada", replica(2));
        assertThat(thief.joined()).isNotNull();
        Guest other = world.join(rooms, "bob", replica(2));
        assertThat(other.told(ServerMessage.NotJoined.class)).singleElement()
                .satisfies(n -> assertThat(n.code()).isEqualTo(ErrorCode.FOREIGN_REPLICA));
    }

    private void push(Guest guest, ClientMessage.Push push) {
        assertThat(rooms.push(guest, push)).isTrue();
        world.settle();
    }

    @Test
    void push_ROOM3_reachesEverybodyOnceAuthorIncluded() {
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(rooms, "bob", replica(2));
        push(ada, ada.title(1, "a", 10));
        assertThat(ada.revisions()).containsExactly(2L);
        assertThat(bob.told(ServerMessage.Committed.class)).singleElement().satisfies(c -> {
            assertThat(c.entry().author()).isEqualTo("ada");
            assertThat(c.entry().replica()).isEqualTo(1);
            assertThat(c.entry().clientSeq()).isEqualTo(1);
        });
    }

    @Test
    void push_ROOM4_gathersWhileAGroupIsAppended() {
        Guest ada = world.join(rooms, "ada", replica(1));
        LongStream.rangeClosed(1, 50).forEach(i -> rooms.push(ada, ada.title(i, "t" + i, 10 + i)));
        world.settle();
        assertThat(ada.revisions()).hasSize(50).isSorted();
        assertThat(world.figures.appends.sum()).isLessThanOrEqualTo(2);
    }

    @Test
    void push_ROOM5_thatComesAgainIsAnsweredAgain() {
        Guest ada = world.join(rooms, "ada", replica(1));
        push(ada, ada.title(1, "a", 10));
        push(ada, ada.title(1, "a", 10));
        assertThat(ada.revisions()).containsExactly(2L);
        assertThat(ada.told(ServerMessage.Acked.class))
                .containsExactly(new ServerMessage.Acked(ada.joined().room(), 1));
        push(ada, ada.title(1, "other", 10));
        assertThat(failure(ada)).isEqualTo(ErrorCode.SEQUENCE_REUSED);
        assertThat(ada.revisions()).containsExactly(2L);
    }

    private static @Nullable ErrorCode failure(Guest guest) {
        List<ServerMessage.Failed> failed = guest.told(ServerMessage.Failed.class);
        return failed.isEmpty() ? null : failed.getLast().code();
    }

    @Test
    void push_ROOM5_thatWaitsIsNotTakenTwice() {
        Guest ada = world.join(rooms, "ada", replica(1));
        rooms.push(ada, ada.title(1, "a", 10));
        rooms.push(ada, ada.title(1, "a", 10));
        rooms.push(ada, ada.title(1, "b", 10));
        world.settle();
        assertThat(ada.revisions()).containsExactly(2L);
        assertThat(failure(ada)).isEqualTo(ErrorCode.SEQUENCE_REUSED);
    }

    @Test
    void push_ROOM6_outOfItsOrderChangesNothing() {
        Guest ada = world.join(rooms, "ada", replica(1));
        push(ada, ada.title(2, "b", 10));
        assertThat(failure(ada)).isEqualTo(ErrorCode.SEQUENCE_GAP);
        assertThat(ada.revisions()).isEmpty();
        push(ada, ada.title(1, "a", 10));
        assertThat(ada.revisions()).containsExactly(2L);
    }

    /// A refusal is in no log, so a room that knows the replica from before hears of it only by asking.
    @Test
    void push_ROOM6_isInItsOrderWhereTheOneBeforeWasRefusedOnAnotherInstance() {
        Rooms other = world.instance("other");
        world.join(rooms, "ada", replica(1));
        Guest elsewhere = world.join(other, "ada", replica(1));
        other.push(elsewhere, elsewhere.push(1, new Assignment(new ElementId(99), Properties.TITLE, Value.of("x"),
                new Stamp(10, 0, elsewhere.joined().replica()))));
        world.settle();
        assertThat(elsewhere.told(ServerMessage.Rejected.class)).hasSize(1);
        Guest back = world.join(rooms, "ada", replica(1));
        rooms.push(back, back.title(2, "b", 10));
        push(back, back.title(3, "c", 11));
        assertThat(back.told(ServerMessage.Failed.class)).isEmpty();
        assertThat(back.revisions()).containsExactly(2L, 3L);
    }

    @Test
    void push_ROOM7_thatAnotherInstanceCommittedAfterARefusalIsAcked() {
        Rooms other = world.instance("other");
        world.join(rooms, "ada", replica(1));
        world.busIsDead = true;
        Guest elsewhere = world.join(other, "ada", replica(1));
        other.push(elsewhere, elsewhere.push(1, new Assignment(new ElementId(99), Properties.TITLE, Value.of("x"),
                new Stamp(10, 0, elsewhere.joined().replica()))));
        other.push(elsewhere, elsewhere.title(2, "b", 10));
        world.settle();
        Guest back = world.join(rooms, "ada", replica(1));
        push(back, back.title(2, "b", 10));
        assertThat(back.told(ServerMessage.Failed.class)).isEmpty();
        assertThat(back.told(ServerMessage.Acked.class)).singleElement()
                .isEqualTo(new ServerMessage.Acked(back.joined().room(), 2));
        assertThat(back.revisions()).containsExactly(2L);
    }

    @Test
    void push_ROOM6_isInItsOrderWhereTheOneBeforeWasReadFromTheLogWhileItWaited() {
        Rooms other = world.instance("other");
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(other, "bob", replica(2));
        world.store.losesAfter = 1;
        push(ada, ada.title(1, "a", 10));
        other.push(bob, bob.title(1, "b", 20));
        world.settle();
        assertThat(ada.revisions()).as("the log was read while the first push waits to be looked up")
                .containsExactly(2L, 3L);
        push(ada, ada.title(2, "c", 30));
        world.pass(2_000);
        assertThat(ada.told(ServerMessage.Failed.class)).isEmpty();
        assertThat(ada.revisions()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void refusal_ROOM7_standsAndSparesThePushesAfterIt() {
        Guest ada = world.join(rooms, "ada", replica(1));
        Assignment stray = new Assignment(new ElementId(99), Properties.TITLE, Value.of("x"),
                new Stamp(10, 0, ada.joined().replica()));
        rooms.push(ada, ada.push(1, stray));
        rooms.push(ada, ada.title(2, "b", 20));
        world.settle();
        assertThat(ada.told(ServerMessage.Rejected.class)).singleElement().satisfies(r -> {
            assertThat(r.clientSeq()).isEqualTo(1);
            assertThat(r.code()).isEqualTo(ErrorCode.UNKNOWN_ELEMENT);
            assertThat(r.field()).isEqualTo("operations[0].element");
        });
        assertThat(ada.revisions()).containsExactly(2L);
        push(ada, ada.push(1, stray));
        assertThat(ada.told(ServerMessage.Rejected.class)).hasSize(2);
    }

    @Test
    void refusal_ROOM7_namesWhatIsWrong() {
        Guest ada = world.join(rooms, "ada", replica(1));
        int me = ada.joined().replica();
        refused(ada, 1, ErrorCode.INVALID, "operations");
        refused(ada, 2, ErrorCode.INVALID_STAMP, "operations[0].stamp",
                new Assignment(WIDGET, "title", Value.of("x"), new Stamp(1, 0, me + 1)));
        refused(ada, 3, ErrorCode.INVALID, "operations[0].value",
                new Assignment(WIDGET, "bounds", Value.of("x"), new Stamp(1, 0, me)));
        refused(ada, 4, ErrorCode.INVALID, "operations[0].property",
                new Assignment(WIDGET, "not a name", Value.of("x"), new Stamp(1, 0, me)));
        refused(ada, 5, ErrorCode.INVALID, "operations[0].property",
                new Assignment(WIDGET, "kind", Value.of("chart"), new Stamp(1, 0, me)));
        refused(ada, 6, ErrorCode.INVALID, "operations[0].value",
                new Assignment(WIDGET, "anything", Value.of("\u0000"), new Stamp(1, 0, me)));
        refused(ada, 7, ErrorCode.INVALID, "operations[0].value",
                new Assignment(WIDGET, "anything", Value.of("\ud83d"), new Stamp(1, 0, me)));
        refused(ada, 7, ErrorCode.INVALID, "operations[0].value",
                new Assignment(WIDGET, "anything", Value.of("\ud83d"), new Stamp(1, 0, me)));
        assertThat(ada.revisions()).isEmpty();
    }

    private void refused(Guest guest, long clientSeq, ErrorCode code, String field, Assignment... operations) {
        push(guest, guest.push(clientSeq, operations));
        ServerMessage.Rejected rejected = guest.told(ServerMessage.Rejected.class).getLast();
        assertThat(rejected.clientSeq()).isEqualTo(clientSeq);
        assertThat(rejected.code()).as(rejected.text()).isEqualTo(code);
        assertThat(rejected.field()).isEqualTo(field);
    }

    @Test
    void element_ROOM8_isCreatedWholeAndKnownFromThenOn() {
        Guest ada = world.join(rooms, "ada", replica(1));
        ElementId fresh = new ElementId(55);
        var creation = World.created(fresh, ada.joined().replica());
        rooms.push(ada, ada.push(1, creation.get(0), creation.get(1)));
        rooms.push(ada, new ClientMessage.Push(ada.joined().room(), 2, creation));
        rooms.push(ada, ada.push(3, new Assignment(fresh, "future", Value.of(5), new Stamp(2, 0, 1)),
                new Assignment(fresh, Properties.EXISTS, Value.of(false), new Stamp(2, 0, 1))));
        rooms.push(ada, ada.push(4, new Assignment(fresh, Properties.TITLE, Value.of("kept"), new Stamp(3, 0, 1))));
        world.settle();
        assertThat(ada.told(ServerMessage.Rejected.class)).singleElement()
                .satisfies(r -> assertThat(r.code()).isEqualTo(ErrorCode.UNKNOWN_ELEMENT));
        assertThat(ada.revisions()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void stamp_ROOM9_ofTheFutureIsLoweredAndTheOrderKept() {
        Guest ada = world.join(rooms, "ada", replica(1));
        long hour = world.now() + 3_600_000;
        push(ada, ada.push(1, new Assignment(WIDGET, "title", Value.of("late"), new Stamp(hour, 5, 1)),
                new Assignment(WIDGET, "title", Value.of("early"), new Stamp(hour, 4, 1)),
                new Assignment(WIDGET, "unit", Value.of("percent"), new Stamp(world.now() + 1_000, 0, 1))));
        Entry entry = ada.told(ServerMessage.Committed.class).getLast().entry();
        assertThat(entry.operations()).allSatisfy(o -> assertThat(((Assignment) o).stamp().wall())
                .isLessThanOrEqualTo(world.now() + Stamping.SKEW));
        Document document = new Document();
        entry.operations().forEach(o -> document.apply((Assignment) o));
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("late"));
        push(ada, ada.push(1, new Assignment(WIDGET, "title", Value.of("late"), new Stamp(hour, 5, 1)),
                new Assignment(WIDGET, "title", Value.of("early"), new Stamp(hour, 4, 1)),
                new Assignment(WIDGET, "unit", Value.of("percent"), new Stamp(world.now() + 1_000, 0, 1))));
        assertThat(failure(ada)).as("a resend is compared as it was received").isNull();
        world.pass(5_000);
        Guest bob = world.join(rooms, "bob", replica(2));
        push(bob, bob.title(1, "later", world.now()));
        bob.told(ServerMessage.Committed.class).getLast().entry().operations()
                .forEach(o -> document.apply((Assignment) o));
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("later"));
    }

    /// As after the server's clock was set back: what is lowered comes after all that the log holds.
    @Test
    void stamp_ROOM31_ofTheSecondEditIsAboveThatOfTheFirst() {
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(rooms, "bob", replica(2));
        long then = world.now();
        push(bob, bob.push(1, new Assignment(WIDGET, "unit", Value.of("percent"), new Stamp(then, 0, 2))));
        world.setBack(6_000);
        push(ada, ada.title(1, "first", then - 500));
        world.pass(6_000);
        push(ada, ada.title(2, "second", then - 400));
        Guest late = world.join(rooms, "late", replica(3));
        Assignment standing = standingTitle(late);
        assertThat(standing.value()).isEqualTo(Value.of("second"));
        push(bob, bob.push(2, new Assignment(WIDGET, "title", Value.of("theirs"),
                new Stamp(standing.stamp().wall(), standing.stamp().counter() + 10, 2))));
        push(ada, ada.title(3, "third", then - 300));
        assertThat(standingTitle(world.join(rooms, "later", replica(4))).value())
                .as("a colleague's later value is not passed by").isEqualTo(Value.of("theirs"));
    }

    private static Assignment standingTitle(Guest guest) {
        ServerMessage.Joined joined = guest.joined();
        Document document = joined.snapshot() == null ? new Document() : Document.of(joined.snapshot());
        joined.entries().forEach(entry -> entry.operations().forEach(o -> document.apply((Assignment) o)));
        return Objects.requireNonNull(document.find(WIDGET, "title"));
    }

    @Test
    void join_ROOM32_tellsWithASnapshotWhoMadeWhatStandsInIt() {
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(rooms, "bob", replica(2));
        push(ada, ada.title(1, "hers", 10));
        push(bob, bob.title(1, "his", 5));
        Guest eve = world.join(world.instance("another"), "eve", replica(3));
        assertThat(Objects.requireNonNull(eve.joined().snapshot()).revision()).isEqualTo(3);
        assertThat(eve.joined().authors()).as("bob's title does not stand")
                .contains(new ServerMessage.Author(ada.joined().replica(), "ada"))
                .doesNotContain(new ServerMessage.Author(bob.joined().replica(), "bob"));
        Guest back = world.join(rooms, "eve",
                new ClientMessage.Join(DASHBOARD, replica(3), eve.joined().epoch(), 2));
        assertThat(back.joined().entries()).extracting(Entry::author).containsExactly("bob");
        assertThat(back.joined().authors()).isEmpty();
    }

    @Test
    void right_ROOM10_isCheckedForEveryPush() {
        Guest ada = world.join(rooms, "ada", replica(1));
        world.grant("ada", Right.VIEW);
        rooms.recheckRights();
        world.settle();
        assertThat(ada.told(ServerMessage.Granted.class)).containsExactly(
                new ServerMessage.Granted(ada.joined().room(), Right.VIEW));
        push(ada, ada.title(1, "a", 10));
        assertThat(ada.told(ServerMessage.Rejected.class)).singleElement()
                .satisfies(r -> assertThat(r.code()).isEqualTo(ErrorCode.FORBIDDEN));
        world.grant("ada", Right.NONE);
        rooms.recheckRights();
        world.settle();
        assertThat(ada.ticks).isNull();
    }

    @Test
    void instances_ROOM11_seeEachOthersEditsInOneOrder() {
        Rooms other = world.instance("two");
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(other, "bob", replica(2));
        for (int i = 1; i <= 30; i++) {
            rooms.push(ada, ada.title(i, "a" + i, 10 + i));
            other.push(bob, bob.title(i, "b" + i, 10 + i));
            if (i % 7 == 0) {
                world.settle();
            }
        }
        world.settle();
        assertThat(ada.revisions()).isEqualTo(bob.revisions()).hasSize(60).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void instances_ROOM12_followByPollingWhereTheBusIsDead() {
        Rooms other = world.instance("two");
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(other, "bob", replica(2));
        world.busIsDead = true;
        push(ada, ada.title(1, "a", 10));
        assertThat(bob.revisions()).isEmpty();
        world.pass(1_000);
        assertThat(bob.revisions()).containsExactly(2L);
    }

    @Test
    void commit_ROOM13_thatMayHaveHappenedIsReadFromTheLog() {
        Guest ada = world.join(rooms, "ada", replica(1));
        world.store.losesAfter = 1;
        push(ada, ada.title(1, "a", 10));
        world.pass(1_000);
        assertThat(ada.revisions()).containsExactly(2L);
        world.store.losesBefore = 3;
        push(ada, ada.title(2, "b", 20));
        world.pass(3_000);
        assertThat(ada.revisions()).containsExactly(2L, 3L);
        assertThat(ada.closed).isNull();
    }

    @Test
    void commit_ROOM13_waitsOutADeadDatabaseAndLosesNothing() {
        Guest ada = world.join(rooms, "ada", replica(1));
        world.store.dead = true;
        for (int i = 1; i <= 10; i++) {
            rooms.push(ada, ada.title(i, "t" + i, 10 + i));
            world.pass(2_000);
        }
        assertThat(ada.revisions()).isEmpty();
        Guest late = world.join(rooms, "late", replica(3));
        assertThat(late.told(ServerMessage.NotJoined.class)).singleElement()
                .satisfies(n -> assertThat(n.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        world.store.dead = false;
        world.pass(6_000);
        assertThat(ada.revisions()).hasSize(10).isSorted();
    }

    @Test
    void room_ROOM14_isClosedWhenIdleAndOpenedAgain() {
        Guest ada = world.join(rooms, "ada", replica(1));
        push(ada, ada.title(1, "a", 10));
        rooms.leave(ada, ada.joined().room());
        world.pass(130_000);
        assertThat(rooms.size()).isZero();
        Guest back = world.join(rooms, "ada", replica(1));
        assertThat(contents(back)).isEqualTo(2);
        assertThat(back.joined().highWater()).isEqualTo(1);
    }

    @Test
    void room_ROOM15_ofADeletedDashboardEnds() {
        Guest ada = world.join(rooms, "ada", replica(1));
        world.store.delete(DASHBOARD);
        world.pass(1_000);
        assertThat(ada.told(ServerMessage.Granted.class)).extracting(ServerMessage.Granted::right)
                .containsExactly(Right.NONE);
        assertThat(rooms.size()).isZero();
    }

    @Test
    void beat_ROOM16_tellsHeadAndHash() {
        Guest ada = world.join(rooms, "ada", replica(1));
        push(ada, ada.title(1, "a", 10));
        world.pass(5_000);
        ServerMessage.Beat beat = ada.told(ServerMessage.Beat.class).getLast();
        Document document = Document.of(ada.joined().snapshot() == null
                ? io.watchfloor.document.Snapshot.EMPTY
                : ada.joined().snapshot());
        ada.joined().entries().forEach(e -> e.operations().forEach(o -> document.apply((Assignment) o)));
        ada.told(ServerMessage.Committed.class)
                .forEach(c -> c.entry().operations().forEach(o -> document.apply((Assignment) o)));
        assertThat(beat.revision()).isEqualTo(2);
        assertThat(beat.hash()).isEqualTo(document.stateHash());
    }

    @Test
    void people_ROOM17_areKnownAcrossInstancesAndForgottenWithADeadOne() {
        Rooms other = world.instance("two");
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest bob = world.join(other, "bob", replica(2));
        world.pass(5_000);
        assertThat(names(ada)).containsExactlyInAnyOrder("ada", "bob");
        assertThat(names(bob)).containsExactlyInAnyOrder("ada", "bob");
        world.busIsDead = true;
        world.pass(25_000);
        assertThat(names(ada)).containsExactly("ada");
    }

    private static List<String> names(Guest guest) {
        return guest.told(ServerMessage.People.class).getLast().people().stream().map(ServerMessage.Person::account)
                .toList();
    }

    /// Its answer was lost with the connection; the session came back on another instance before that knew of the commit.
    @Test
    void push_ROOM5_thatAnotherInstanceDecidedIsAnsweredAgainByThisOne() {
        Rooms other = world.instance("two");
        Guest there = world.join(other, "ada", replica(1));
        Guest here = world.join(rooms, "ada", replica(1));
        ClientMessage.Push accepted = there.title(1, "a", 10);
        other.push(there, accepted);
        other.push(there, there.push(2, stray(there)));
        other.push(there, there.title(3, "c", 30));
        world.settle();
        push(here, here.title(1, "a", 10));
        push(here, here.push(2, stray(here)));
        push(here, here.title(3, "c", 30));
        assertThat(here.told(ServerMessage.Failed.class)).isEmpty();
        assertThat(here.told(ServerMessage.Acked.class)).extracting(ServerMessage.Acked::clientSeq)
                .containsExactly(1L, 3L);
        assertThat(here.told(ServerMessage.Rejected.class)).singleElement()
                .satisfies(r -> assertThat(r.code()).isEqualTo(ErrorCode.UNKNOWN_ELEMENT));
        assertThat(here.revisions()).containsExactly(2L, 3L);
        push(here, here.title(1, "other", 10));
        assertThat(failure(here)).isEqualTo(ErrorCode.SEQUENCE_REUSED);
    }

    private static Assignment stray(Guest guest) {
        return new Assignment(new ElementId(99), Properties.TITLE, Value.of("x"),
                new Stamp(10, 0, guest.joined().replica()));
    }

    /// A refusal is in no log: the other instance learns of it only when it decides the same push.
    @Test
    void refusal_ROOM5_ofAnotherInstanceIsLearntWhenThePushComesAgain() {
        Rooms other = world.instance("two");
        Guest there = world.join(other, "ada", replica(1));
        Guest here = world.join(rooms, "ada", replica(1));
        other.push(there, there.push(1, stray(there)));
        world.settle();
        push(here, here.push(1, stray(here)));
        push(here, here.title(2, "b", 20));
        assertThat(here.told(ServerMessage.Rejected.class)).extracting(ServerMessage.Rejected::clientSeq)
                .containsExactly(1L);
        assertThat(here.revisions()).containsExactly(2L);
        assertThat(here.closed).isNull();
    }

    @Test
    void commit_ROOM13_ofUnknownOutcomeTellsItsRefusalsToo() {
        Guest ada = world.join(rooms, "ada", replica(1));
        world.store.losesAfter = 1;
        rooms.push(ada, ada.push(1, stray(ada)));
        world.pass(1_000);
        assertThat(ada.told(ServerMessage.Rejected.class)).hasSize(1);
        world.store.losesAfter = 1;
        rooms.push(ada, ada.title(2, "b", 20)); // is a group of its own
        rooms.push(ada, ada.push(3, stray(ada)));
        rooms.push(ada, ada.title(4, "d", 40));
        world.pass(1_000);
        world.store.losesAfter = 1;
        rooms.push(ada, ada.title(5, "e", 50));
        rooms.push(ada, ada.push(6, stray(ada)));
        rooms.push(ada, ada.title(7, "g", 70));
        world.settle();
        world.store.losesAfter = 1;
        world.pass(3_000);
        assertThat(ada.told(ServerMessage.Rejected.class)).extracting(ServerMessage.Rejected::clientSeq)
                .contains(1L, 3L, 6L);
        assertThat(ada.revisions()).containsExactly(2L, 3L, 4L, 5L);
    }

    /// The room had not heard yet of what the replica pushed elsewhere.
    @Test
    void join_ROOM1_givesWhatTheReplicaHasSeenOnAnotherInstance() {
        Rooms other = world.instance("two");
        Guest bob = world.join(rooms, "bob", replica(2));
        Guest there = world.join(other, "ada", replica(1));
        world.busIsDead = true;
        other.push(there, there.title(1, "a", 10));
        other.push(there, there.title(2, "b", 20));
        world.settle();
        assertThat(bob.revisions()).isEmpty();
        Guest here = world.join(rooms, "ada",
                new ClientMessage.Join(DASHBOARD, replica(1), there.joined().epoch(), 3));
        assertThat(here.joined().snapshot()).isNull();
        assertThat(here.joined().entries()).isEmpty();
        assertThat(bob.revisions()).containsExactly(2L, 3L);
        Guest liar = world.join(rooms, "ada",
                new ClientMessage.Join(DASHBOARD, replica(3), there.joined().epoch(), 1_000_000));
        assertThat(contents(liar)).isEqualTo(3);
    }

    @Test
    void join_ROOM18_ofAStormAsksNothingOfTheStore() {
        List<Guest> guests = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            guests.add(world.join(rooms, "p" + i, replica(i)));
        }
        push(guests.getFirst(), guests.getFirst().title(1, "a", 10));
        int before = world.store.registrations + world.store.reads + world.store.lookups;
        guests.forEach(guest -> rooms.leave(guest, guest.joined().room()));
        world.settle();
        for (int i = 1; i <= 200; i++) {
            Guest back = world.join(rooms, "p" + i,
                    new ClientMessage.Join(DASHBOARD, replica(i), guests.getFirst().joined().epoch(), 1));
            assertThat(back.joined().entries()).extracting(Entry::revision).containsExactly(2L);
            assertThat(back.joined().replica()).isEqualTo(guests.get(i - 1).joined().replica());
        }
        assertThat(world.store.registrations + world.store.reads + world.store.lookups).isEqualTo(before);
        Guest thief = world.join(rooms, "mallory", replica(7));
        assertThat(thief.told(ServerMessage.NotJoined.class)).singleElement()
                .satisfies(n -> assertThat(n.code()).isEqualTo(ErrorCode.FOREIGN_REPLICA));
    }

    /// Every desktop that starts is a new replica, and so is every change of the server's own.
    @Test
    void replicas_ROOM33_thatNobodySpeaksForAreLetGoAndFoundAgain() {
        Guest ada = world.join(rooms, "ada", replica(1));
        Guest eve = world.join(rooms, "eve", replica(2));
        for (long seq = 1; seq <= 3; seq++) {
            push(ada, ada.title(seq, "a" + seq, 10 * seq));
            push(eve, eve.title(seq, "e" + seq, 10 * seq + 5));
        }
        rooms.leave(eve, eve.joined().room());
        for (int i = 0; i < 2 * Replicas.KEPT; i++) {
            Guest guest = world.join(rooms, "guest", replica(10 + i));
            rooms.leave(guest, guest.joined().room());
            if (i % 50 == 0) {
                world.pass(5_000);
            }
        }
        world.pass(5_000);
        int before = world.store.registrations + world.store.lookups;
        push(ada, ada.title(4, "a4", 40));
        push(ada, ada.title(2, "a2", 20));
        assertThat(ada.told(ServerMessage.Acked.class)).extracting(ServerMessage.Acked::clientSeq)
                .containsExactly(2L);
        assertThat(world.store.registrations + world.store.lookups).as("who is here is known").isEqualTo(before);

        Guest back = world.join(rooms, "eve", replica(2));
        assertThat(world.store.registrations + world.store.lookups).as("who has left long ago is asked for")
                .isGreaterThan(before);
        assertThat(back.joined().replica()).isEqualTo(eve.joined().replica());
        assertThat(back.joined().highWater()).isEqualTo(3);
        push(back, back.title(3, "e3", 35));
        assertThat(back.told(ServerMessage.Acked.class)).extracting(ServerMessage.Acked::clientSeq)
                .containsExactly(3L);
        push(back, back.title(1, "something else", 15));
        assertThat(back.told(ServerMessage.Failed.class)).singleElement()
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.SEQUENCE_REUSED));
        push(back, back.title(4, "e4", 50));
        assertThat(back.told(ServerMessage.Committed.class).getLast().entry().clientSeq()).isEqualTo(4);
    }

    @Test
    void epoch_ROOM19_newOneSendsTheMembersToJoinAnew() {
        Guest ada = world.join(rooms, "ada", replica(1));
        push(ada, ada.title(1, "a", 10));
        world.store.seen(DASHBOARD, new LogPosition(ada.joined().epoch(), 99));
        world.pass(1_000);
        assertThat(ada.closed).isEqualTo(CloseCode.HISTORY_REPLACED);
        assertThat(rooms.size()).isZero();
        Guest back = world.join(rooms, "ada",
                new ClientMessage.Join(DASHBOARD, replica(1), ada.joined().epoch(), 2));
        assertThat(back.joined().epoch()).isNotEqualTo(ada.joined().epoch());
        assertThat(contents(back)).isEqualTo(2);
    }

    @Test
    void epoch_ROOM19_newOneIsSeenByAPushBeforeAnythingIsWritten() {
        Guest ada = world.join(rooms, "ada", replica(1));
        world.store.seen(DASHBOARD, new LogPosition(ada.joined().epoch(), 99));
        push(ada, ada.title(1, "a", 10));
        assertThat(ada.closed).isEqualTo(CloseCode.HISTORY_REPLACED);
        assertThat(ada.revisions()).isEmpty();
        Guest back = world.join(rooms, "ada", replica(2));
        assertThat(contents(back)).isEqualTo(1);
    }

    @Test
    void snapshot_ROOM26_isTakenAfterAThousandRevisionsOrAMebibyteOneAtATime() {
        Guest ada = world.join(rooms, "ada", replica(1));
        for (int i = 1; i <= 2_500; i++) {
            push(ada, ada.title(i, "t" + i, 10 + i));
        }
        assertThat(world.store.snapshots).isEqualTo(2);
        for (int i = 2_501; i <= 2_540; i++) {
            push(ada, ada.push(i, new Assignment(WIDGET, "note", Value.of("x".repeat(60_000)),
                    new Stamp(10 + i, 0, ada.joined().replica()))));
        }
        assertThat(world.store.snapshots).isEqualTo(4);
    }
}
