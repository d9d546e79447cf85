package io.watchfloor.server.room;

import static io.watchfloor.server.room.World.WIDGET;
import static io.watchfloor.server.room.World.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.FractionalIndex;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.room.World.Guest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Pushes that are wrong, huge or hostile: each is refused with the place of the mistake, changes nothing, and the session
/// goes on; what is only odd is handled as the rules say.
class BadInputTest {

    private final World world = new World();
    private final Rooms rooms = world.instance("one");
    private final Guest ada = world.join(rooms, "ada", replica(1));
    private final Guest bob = world.join(rooms, "bob", replica(2));
    private final int me = ada.joined().replica();
    private long clientSeq;
    private long revision = 1;
    private int strangers;
    private StateHash expected = stateHash();

    @Test
    void elementNeverCreated_ROOM7_isRefused() {
        refused(ErrorCode.UNKNOWN_ELEMENT, "operations[0].element", "was never created",
                set(new ElementId(99), Properties.TITLE, Value.of("x")));
        refused(ErrorCode.UNKNOWN_ELEMENT, "operations[1].element", "was never created",
                set(WIDGET, Properties.TITLE, Value.of("x")), set(new ElementId(99), "anything", Value.NULL));
    }

    @Test
    void childOfAParentNeverCreated_ROOM7_isRefused() {
        ElementId child = new ElementId(50);
        refused(ErrorCode.UNKNOWN_ELEMENT, "operations[0].element", "parent was never created",
                set(child, Properties.EXISTS, Value.of(true)), set(child, Properties.KIND, Value.of("series")),
                set(child, Properties.PARENT, Value.of(new ElementId(51).toString())));
    }

    @Test
    void valueOverALimit_ROOM7_isRefusedWithTheLimit() {
        refused(ErrorCode.INVALID, "operations[0].value", "larger than 64 KiB",
                set(WIDGET, "note", Value.of("x".repeat(Limits.VALUE_BYTES + 1))));
        Value deep = Value.NULL;
        for (int i = 0; i < Limits.VALUE_DEPTH; i++) {
            deep = new Value.Items(List.of(deep));
        }
        refused(ErrorCode.INVALID, "operations[0].value", "nested more than 4 deep", set(WIDGET, "note", deep));
        refused(ErrorCode.INVALID, "operations[0].property", "longer than 64 characters",
                set(WIDGET, "p".repeat(65), Value.NULL));
    }

    @Test
    void illFormedText_ROOM7_isRefused() {
        refused(ErrorCode.INVALID, "operations[0].value", "half of a surrogate pair",
                set(WIDGET, "note", Value.of("a\ud83d")));
        refused(ErrorCode.INVALID, "operations[0].value", "half of a surrogate pair",
                set(WIDGET, "note", Value.of("\ude00a")));
        refused(ErrorCode.INVALID, "operations[0].value", "U+0000", set(WIDGET, "note", Value.of("a\u0000b")));
    }

    @Test
    void tooManyOperations_ROOM7_areRefused() {
        Operation[] many = new Operation[Limits.OPERATIONS_PER_PUSH + 1];
        java.util.Arrays.fill(many, set(WIDGET, Properties.TITLE, Value.of("x")));
        refused(ErrorCode.LIMIT, "operations", "1 to 1000", many);
        refused(ErrorCode.INVALID, "operations", "1 to 1000");
    }

    @Test
    void tooManyProperties_ROOM7_areRefused() {
        List<Operation> properties = new ArrayList<>();
        for (int i = 0; i < Limits.PROPERTIES_PER_ELEMENT - 4; i++) {
            properties.add(set(WIDGET, "p" + i, Value.of(i)));
        }
        taken(properties.toArray(Operation[]::new));
        refused(ErrorCode.LIMIT, "operations[0].property", "at most 100 properties",
                set(WIDGET, "one.more", Value.of(1)));
        taken(set(WIDGET, "p0", Value.of(7)));
    }

    @Test
    void tooManyProperties_ROOM7_areRefusedAlsoWhereTheyComeAtOnce() {
        List<Operation> atOnce = new ArrayList<>();
        for (int i = 0; i < Limits.PROPERTIES_PER_ELEMENT - 3; i++) {
            atOnce.add(set(WIDGET, "p" + i, Value.of(i)));
        }
        refused(ErrorCode.LIMIT, "operations[96].property", "at most 100 properties",
                atOnce.toArray(Operation[]::new));
        ElementId fresh = new ElementId(8);
        List<Operation> creation = new ArrayList<>(World.created(fresh, me));
        for (int i = 0; i < Limits.PROPERTIES_PER_ELEMENT - 3; i++) {
            creation.add(set(fresh, "p" + i, Value.of(i)));
        }
        refused(ErrorCode.LIMIT, "operations[100].property", "at most 100 properties",
                creation.toArray(Operation[]::new));
        taken(creation.subList(0, Limits.PROPERTIES_PER_ELEMENT).toArray(Operation[]::new));
    }

    @Test
    void elementsBeyondTheLimit_ROOM7_areRefusedAndDeletingMakesNoRoom() {
        long made = 1;
        while (made < Limits.ELEMENTS) {
            List<Operation> batch = new ArrayList<>();
            for (int i = 0; i < 250 && made < Limits.ELEMENTS; i++) {
                made++;
                batch.addAll(World.created(new ElementId(1_000 + made), me));
            }
            taken(batch.toArray(Operation[]::new));
        }
        Operation[] oneMore = World.created(new ElementId(5), me).toArray(Operation[]::new);
        refused(ErrorCode.LIMIT, "operations", "10000 elements, counting deleted ones", oneMore);
        taken(set(WIDGET, Properties.EXISTS, Value.of(false)));
        refused(ErrorCode.LIMIT, "operations", "10000 elements", oneMore);
        taken(set(new ElementId(1_002), Properties.TITLE, Value.of("still there")));
    }

    @Test
    void stampOfAnotherReplica_ROOM7_isRefused() {
        int other = bob.joined().replica();
        refused(ErrorCode.INVALID_STAMP, "operations[0].stamp", "this is replica " + me,
                new Assignment(WIDGET, Properties.TITLE, Value.of("x"), new Stamp(10, 0, other)));
        refused(ErrorCode.INVALID_STAMP, "operations[0].stamp", "replica 0",
                new Assignment(WIDGET, Properties.TITLE, Value.of("x"), new Stamp(10, 0, 0)));
    }

    @Test
    void counterNearItsEnd_ROOM9_isTakenAndTheNextStampIsLater() {
        taken(new Assignment(WIDGET, Properties.TITLE, Value.of("last"),
                new Stamp(world.now(), Integer.MAX_VALUE, me)));
        Stamp far = new Stamp(Stamp.MAX_WALL, Integer.MAX_VALUE, me);
        taken(new Assignment(WIDGET, Properties.TITLE, Value.of("later"), far));
        Assignment logged = (Assignment) last().entry().operations().getFirst();
        assertThat(logged.stamp()).isGreaterThan(new Stamp(world.now(), Integer.MAX_VALUE, me)).isLessThan(far);
        assertThat(logged.stamp().wall()).isLessThanOrEqualTo(world.now() + Stamping.SKEW);
    }

    /// Whoever edits last is in force, the one whose clock is an hour ahead or his colleague, for a whole shift.
    @Test
    void stamp_ROOM9_anHourAheadNeitherWinsForEverNorLosesItsWork() {
        SplittableRandom random = new SplittableRandom(9);
        Document document = new Document();
        int mine = 0;
        for (int i = 1; i <= 500; i++) {
            Value title = Value.of("title " + i);
            boolean ahead = random.nextBoolean();
            mine += ahead ? 1 : 0;
            Guest author = ahead ? ada : bob;
            long clock = world.now() + (ahead ? 3_600_000 : 0);
            rooms.push(author, author.push(ahead ? mine : i - mine, new Assignment(WIDGET, Properties.TITLE, title,
                    new Stamp(clock, 0, author.joined().replica()))));
            world.settle();
            Entry logged = last().entry();
            logged.operations().forEach(operation -> document.apply((Assignment) operation));
            assertThat(document.get(WIDGET, Properties.TITLE)).as("edit %d", i).isEqualTo(title);
            assertThat(((Assignment) logged.operations().getFirst()).stamp().wall())
                    .isLessThanOrEqualTo(world.now() + Stamping.SKEW);
            world.pass(random.nextInt(2_500, 60_000));
        }
        assertThat(ada.told(ServerMessage.Rejected.class)).isEmpty();
    }

    @Test
    void numbersOutOfOrder_ROOM6_changeNothing() {
        for (long odd : new long[]{2, 64, 65, Long.MAX_VALUE, 0, -1, Long.MIN_VALUE}) {
            push(new ClientMessage.Push(ada.joined().room(), odd,
                    List.of(set(WIDGET, Properties.TITLE, Value.of("x")))));
            assertThat(ada.told(ServerMessage.Failed.class).getLast().code())
                    .isIn(ErrorCode.SEQUENCE_GAP, ErrorCode.SEQUENCE_REUSED);
        }
        nothingHappened();
        taken(set(WIDGET, Properties.TITLE, Value.of("x")));
    }

    @Test
    void pushWithoutRight_ROOM10_isRefusedAndTheNextIsJudgedAnew() {
        world.grant("ada", Right.VIEW);
        refused(ErrorCode.FORBIDDEN, null, "may look", set(WIDGET, Properties.TITLE, Value.of("x")));
        world.grant("ada", Right.EDIT);
        taken(set(WIDGET, Properties.TITLE, Value.of("x")));
    }

    @Test
    void pushIntoARoomOneIsNotIn_ROOM6_changesNothing() {
        rooms.leave(bob, bob.joined().room());
        world.settle();
        rooms.push(bob, bob.title(1, "x", 10));
        world.settle();
        assertThat(bob.told(ServerMessage.Failed.class)).singleElement()
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.NOT_FOUND));
        nothingHappened();
        assertThat(rooms.push(ada, new ClientMessage.Push(77, 1, List.of()))).isFalse();
    }

    @Test
    void crowdedIndex_ROOM7_isTakenUpToItsLimitAndRefusedBeyond() {
        String crowded = "a".repeat(FractionalIndex.MAX_LENGTH - 1) + "b";
        taken(set(WIDGET, Properties.Z, Value.of(crowded)));
        refused(ErrorCode.INVALID, "operations[0].value", "at most 64 characters",
                set(WIDGET, Properties.Z, Value.of("a" + crowded)));
    }

    @Test
    void unknownKindsAndProperties_ROOM8_areKeptAndRelayed() {
        ElementId future = new ElementId(60);
        Operation[] creation = {set(future, Properties.EXISTS, Value.of(true)),
                set(future, Properties.KIND, Value.of("hologram")),
                set(future, Properties.PARENT, Value.of(ElementId.DASHBOARD.toString())),
                set(future, "depth", Value.of(3.5))};
        taken(creation);
        assertThat(bob.told(ServerMessage.Committed.class).getLast().entry().operations()).containsExactly(creation);
    }

    private Assignment set(ElementId element, String property, Value value) {
        return new Assignment(element, property, value, new Stamp(10, 0, me));
    }

    private void push(ClientMessage.Push push) {
        rooms.push(ada, push);
        world.settle();
    }

    private void taken(Operation... operations) {
        clientSeq++;
        push(ada.push(clientSeq, operations));
        revision++;
        assertThat(last().entry().revision()).isEqualTo(revision);
        expected = stateHash();
    }

    /// Of the document as somebody gets it who comes now.
    private StateHash stateHash() {
        strangers++;
        Guest stranger = world.join(rooms, "eve", replica(900 + strangers));
        ServerMessage.Joined joined = stranger.joined();
        rooms.leave(stranger, joined.room());
        world.settle();
        return Document.of(Objects.requireNonNull(joined.snapshot())).stateHash();
    }

    private ServerMessage.Committed last() {
        return ada.told(ServerMessage.Committed.class).getLast();
    }

    private void refused(ErrorCode code, @Nullable String field, String words, Operation... operations) {
        clientSeq++;
        push(ada.push(clientSeq, operations));
        ServerMessage.Rejected rejected = ada.told(ServerMessage.Rejected.class).getLast();
        assertThat(rejected.clientSeq()).isEqualTo(clientSeq);
        assertThat(rejected.code()).as(rejected.text()).isEqualTo(code);
        assertThat(rejected.field()).isEqualTo(field);
        assertThat(rejected.text()).contains(words);
        nothingHappened();
    }

    /// The document is as it was, no revision was taken, nobody was told of any, and the session goes on.
    private void nothingHappened() {
        assertThat(stateHash()).isEqualTo(expected);
        assertThat(bob.revisions().isEmpty() ? 1L : bob.revisions().getLast()).isEqualTo(revision);
        assertThat(ada.closed).isNull();
        assertThat(ada.ticks).isNotNull();
    }
}
