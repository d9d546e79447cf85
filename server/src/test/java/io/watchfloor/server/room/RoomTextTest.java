package io.watchfloor.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.DeltaBuilder;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.room.World.Guest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoomTextTest {

    private static final TextId NOTE = new TextId(World.WIDGET, Properties.DESCRIPTION);

    private final World world = new World();
    private final Rooms rooms = world.instance("one");
    private final Guest ada = world.join(rooms, "ada", World.replica(1));
    private final Guest bob = world.join(rooms, "bob", World.replica(2));

    private static TextEdit typed(long base, Delta delta) {
        return new TextEdit(NOTE.element(), NOTE.property(), base, delta);
    }

    private void push(Guest guest, long clientSeq, Operation... operations) {
        assertThat(rooms.push(guest, guest.push(clientSeq, operations))).isTrue();
        world.settle();
    }

    private static Entry last(Guest guest) {
        return guest.told(ServerMessage.Committed.class).getLast().entry();
    }

    /// The text as a newcomer gets it.
    private String text() {
        Guest reader = world.join(rooms, "eve", World.replica(99));
        ServerMessage.Joined joined = reader.joined();
        Document document = joined.snapshot() == null ? new Document() : Document.of(joined.snapshot());
        joined.entries().forEach(entry -> apply(entry, document));
        return document.text(NOTE);
    }

    private static void apply(Entry entry, Document document) {
        for (Operation operation : entry.operations()) {
            switch (operation) {
                case Assignment assignment -> document.apply(assignment);
                case TextEdit edit -> {
                    assertThat(edit.base()).isEqualTo(entry.revision() - 1);
                    document.apply(edit);
                }
            }
        }
    }

    @Test
    void edit_TXT10_isTransformedPastWhatWasLoggedSinceItsBase() {
        push(ada, 1, typed(1, Delta.insert(0, "disk full")));
        push(ada, 2, typed(2, Delta.insert(0, "14:02 ")));
        push(bob, 1, typed(2, Delta.insert(9, " on db-1")));
        assertThat(last(bob).operations()).containsExactly(typed(3, Delta.insert(15, " on db-1")));
        assertThat(text()).isEqualTo("14:02 disk full on db-1");
    }

    @Test
    void edit_TXT10_isTransformedPastThoseBeforeItInItsGroup() {
        push(ada, 1, typed(1, Delta.insert(0, "disk")));
        rooms.push(ada, ada.title(2, "Alerts", 10)); // goes alone, so that the next ones are a group
        rooms.push(ada, ada.push(3, typed(2, Delta.insert(4, "!"))));
        rooms.push(bob, bob.push(1, typed(2, Delta.insert(4, "?"))));
        rooms.push(bob, bob.push(2, typed(2, Delta.delete(99, 1))));
        rooms.push(ada, ada.push(4, typed(2, Delta.insert(0, "the "))));
        world.settle();
        assertThat(text()).isEqualTo("the disk!?");
        assertThat(bob.told(ServerMessage.Rejected.class)).singleElement()
                .satisfies(refusal -> assertThat(refusal.clientSeq()).isEqualTo(2));
        assertThat(last(ada).operations()).containsExactly(typed(5, Delta.insert(0, "the ")));
    }

    @Test
    void edit_TXT10_mayBePartOfTheCreationOfItsElement() {
        ElementId note = new ElementId(55);
        List<Operation> operations = new ArrayList<>(World.created(note, ada.joined().replica()));
        operations.add(new TextEdit(note, Properties.TEXT, 1, Delta.insert(0, "hello")));
        push(ada, 1, operations.toArray(Operation[]::new));
        assertThat(ada.told(ServerMessage.Rejected.class)).isEmpty();
        assertThat(last(ada).operations()).hasSize(5);
    }

    @Test
    void edit_TXT11_onARevisionOfTheFutureIsRefused() {
        refused(1, ErrorCode.INVALID, "operations[0].base", typed(2, Delta.insert(0, "x")));
        refused(2, ErrorCode.INVALID, "operations[0].base", typed(Long.MAX_VALUE, Delta.insert(0, "x")));
        refused(3, ErrorCode.INVALID, "operations[0].base", typed(-1, Delta.insert(0, "x")));
        push(ada, 4, typed(1, Delta.insert(0, "goes on")));
        assertThat(text()).isEqualTo("goes on");
    }

    private void refused(long clientSeq, ErrorCode code, String field, Operation... operations) {
        push(ada, clientSeq, operations);
        ServerMessage.Rejected rejected = ada.told(ServerMessage.Rejected.class).getLast();
        assertThat(rejected.clientSeq()).isEqualTo(clientSeq);
        assertThat(rejected.code()).as(rejected.text()).isEqualTo(code);
        assertThat(rejected.field()).isEqualTo(field);
        assertThat(ada.closed).isNull();
        assertThat(ada.revisions()).isEmpty();
    }

    @Test
    void edit_TXT12_onARevisionTooOldIsToBeMadeAnew() {
        for (int i = 1; i <= 1_001; i++) {
            rooms.push(bob, bob.title(i, "t" + i, 10 + i));
            if (i % 50 == 0) {
                world.settle();
            }
        }
        push(ada, 1, typed(1, Delta.insert(0, "late")));
        assertThat(ada.told(ServerMessage.Rejected.class)).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.TEXT_BASE_GONE);
            assertThat(refusal.field()).isEqualTo("operations[0].base");
        });
        push(ada, 2, typed(2, Delta.insert(0, "just in time")));
        assertThat(text()).isEqualTo("just in time");
    }

    @Test
    void edit_TXT13_thatDoesNotFitIsRefusedAndChangesNothing() {
        String place = "operations[0].delta";
        refused(1, ErrorCode.INVALID, place, typed(1, Delta.insert(1, "x")));
        refused(2, ErrorCode.INVALID, place, typed(1, Delta.delete(0, 1)));
        refused(3, ErrorCode.INVALID, place, typed(1, Delta.insert(0, "\ud83d")));
        refused(4, ErrorCode.INVALID, place, typed(1, Delta.insert(0, "a\u0000")));
        refused(5, ErrorCode.INVALID, place, typed(1, Delta.delete(Integer.MAX_VALUE, Integer.MAX_VALUE)));
        refused(6, ErrorCode.INVALID, place, typed(1, Delta.insert(0, "x".repeat(Limits.TEXT_LENGTH + 1))));
        DeltaBuilder many = new DeltaBuilder();
        for (int i = 0; i <= Limits.DELTA_COMPONENTS; i++) {
            many.insert("x").retain(1);
        }
        refused(7, ErrorCode.INVALID, place, typed(1, many.build()));
        refused(8, ErrorCode.INVALID, "operations[1]", typed(1, Delta.insert(0, "x")), typed(1, Delta.insert(0, "y")));
        push(bob, 1, typed(1, Delta.insert(0, "😀")));
        push(ada, 9, typed(2, Delta.insert(1, "x")));
        assertThat(ada.told(ServerMessage.Rejected.class).getLast().text()).contains("cuts a surrogate pair at 1");
        push(ada, 10, typed(2, Delta.delete(0, 1)));
        assertThat(ada.told(ServerMessage.Rejected.class)).hasSize(10);
        assertThat(text()).isEqualTo("😀");
    }

    /// A delta longer than the text it was made on is found out whatever happened to the text since.
    @Test
    void edit_TXT13_longerThanItsTextIsRefusedAfterOthersTypedToo() {
        push(bob, 1, typed(1, Delta.insert(0, "four")));
        push(bob, 2, typed(2, Delta.insert(4, " and more")));
        push(bob, 3, typed(3, Delta.delete(0, 4)));
        push(ada, 1, typed(2, Delta.insert(5, "x")));
        assertThat(ada.told(ServerMessage.Rejected.class)).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(refusal.field()).isEqualTo("operations[0].delta");
        });
    }

    @Test
    void edit_TXT13_ofARegisterOrAnUnknownElementIsRefused() {
        String place = "operations[0].property";
        Stamp stamp = new Stamp(5, 0, ada.joined().replica());
        refused(1, ErrorCode.INVALID, place, new TextEdit(World.WIDGET, "title", 1, Delta.insert(0, "x")));
        refused(2, ErrorCode.INVALID, place, new TextEdit(World.WIDGET, "no name", 1, Delta.insert(0, "x")));
        refused(3, ErrorCode.UNKNOWN_ELEMENT, "operations[0].element",
                new TextEdit(new ElementId(77), "text", 1, Delta.insert(0, "x")));
        refused(4, ErrorCode.INVALID, "operations[0].value",
                new Assignment(World.WIDGET, "description", Value.of("x"), stamp));
        refused(5, ErrorCode.INVALID, "operations[1].property",
                new Assignment(World.WIDGET, "my.x", Value.of(1), stamp),
                new TextEdit(World.WIDGET, "my.x", 1, Delta.insert(0, "x")));
        refused(6, ErrorCode.INVALID, "operations[1].property",
                new TextEdit(World.WIDGET, "my.x", 1, Delta.insert(0, "x")),
                new Assignment(World.WIDGET, "my.x", Value.of(1), stamp));
        push(ada, 7, new TextEdit(World.WIDGET, "my.text", 1, Delta.insert(0, "x")));
        push(ada, 8, new Assignment(World.WIDGET, "my.text", Value.of(1), stamp));
        push(ada, 9, new Assignment(World.WIDGET, "my.value", Value.of(1), stamp));
        push(ada, 10, new TextEdit(World.WIDGET, "my.value", 1, Delta.insert(0, "x")));
        assertThat(ada.told(ServerMessage.Rejected.class).stream().map(ServerMessage.Rejected::clientSeq))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 8L, 10L);
    }

    @Test
    void edit_TXT13_overTheLimitOfTheTextOrOfAllTextsIsRefused() {
        String full = "x".repeat(Limits.TEXT_LENGTH);
        push(ada, 1, typed(1, Delta.insert(0, full)));
        push(ada, 2, typed(2, Delta.insert(0, "x")));
        push(ada, 3, typed(2, Delta.replace(0, 1, "y")));
        assertThat(ada.told(ServerMessage.Rejected.class)).singleElement()
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT));
        int more = Limits.TEXTS_LENGTH / Limits.TEXT_LENGTH - 1;
        for (int i = 1; i <= more + 1; i++) {
            push(bob, i, new TextEdit(World.WIDGET, "text." + i, 1, Delta.insert(0, full)));
        }
        assertThat(bob.told(ServerMessage.Rejected.class)).singleElement().satisfies(refusal -> {
            assertThat(refusal.clientSeq()).isEqualTo(more + 1);
            assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT);
        });
    }

    @Test
    void edit_TXT13_ofOnePropertyTooManyIsRefused() {
        for (int i = 1; i <= Limits.PROPERTIES_PER_ELEMENT; i++) {
            push(ada, i, new TextEdit(World.WIDGET, "text." + i, 1, Delta.insert(0, "x")));
        }
        assertThat(ada.told(ServerMessage.Rejected.class)).isNotEmpty()
                .allSatisfy(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT));
    }

    @Test
    void edit_TXT14_thatComesAgainIsAppliedOnce() {
        push(ada, 1, typed(1, Delta.insert(0, "once")));
        push(bob, 1, typed(1, Delta.insert(0, "more than ")));
        push(bob, 1, typed(1, Delta.insert(0, "more than ")));
        assertThat(bob.told(ServerMessage.Acked.class)).hasSize(1);
        assertThat(text()).isEqualTo("oncemore than ");
        push(bob, 1, typed(1, Delta.insert(0, "less than ")));
        assertThat(bob.told(ServerMessage.Failed.class)).singleElement()
                .satisfies(failed -> assertThat(failed.code()).isEqualTo(ErrorCode.SEQUENCE_REUSED));
        assertThat(text()).isEqualTo("oncemore than ");
    }

    @Test
    void edit_TXT14_whoseCommitIsUnknownIsAppliedOnce() {
        push(ada, 1, typed(1, Delta.insert(0, "one")));
        world.store.losesAfter = 1;
        push(ada, 2, typed(2, Delta.insert(3, " two")));
        world.store.losesBefore = 1;
        push(bob, 1, typed(2, Delta.insert(0, "zero ")));
        world.pass(1_000);
        assertThat(text()).isEqualTo("zero one two");
        assertThat(ada.revisions()).containsExactly(2L, 3L, 4L);
    }

    /// Where another instance was first, a group is transformed again.
    @Test
    void instances_TXT15_mergeWhatIsTypedOnBoth() {
        Rooms other = world.instance("two");
        Guest carl = world.join(other, "carl", World.replica(3));
        push(ada, 1, typed(1, Delta.insert(0, "ab")));
        rooms.push(ada, ada.push(2, typed(2, Delta.insert(1, "1"))));
        other.push(carl, carl.push(1, typed(2, Delta.insert(1, "2"))));
        other.push(carl, carl.push(2, typed(2, Delta.delete(0, 1))));
        rooms.push(ada, ada.push(3, typed(2, Delta.insert(2, "3"))));
        world.settle();
        world.pass(2_000);
        assertThat(text()).hasSize(4).contains("1", "2", "b3");
        assertThat(ada.revisions()).isEqualTo(carl.revisions()).hasSize(5);
    }

    /// Typists on two instances, with a dead bus now and then and answers of the store lost: one text for all.
    @Test
    void typists_TXT16_endWithOneText() {
        for (int seed = 1; seed <= 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            World here = new World();
            List<Rooms> instances = List.of(here.instance("one"), here.instance("two"));
            List<Typist> typists = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Rooms at = instances.get(i % 2);
                typists.add(new Typist(at, here.join(at, "typist " + i, World.replica(10 + i)), NOTE));
            }
            for (int step = 0; step < 150; step++) {
                Typist typist = typists.get(random.nextInt(4));
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> typist.type(random);
                    case 3 -> here.settle();
                    case 4 -> here.pass(random.nextInt(300));
                    default -> {
                        here.busIsDead = random.nextBoolean();
                        here.store.losesAfter = random.nextInt(2);
                        here.store.losesBefore = random.nextInt(2);
                    }
                }
                typist.listen();
            }
            here.busIsDead = false;
            for (int i = 0; i < 20; i++) {
                here.pass(6_000);
                typists.forEach(Typist::listen);
            }
            assertThat(typists.getFirst().shown()).as("seed %d", seed).isNotEmpty();
            for (Typist typist : typists) {
                assertThat(typist.document.pendingTexts()).as("seed %d", seed).isEmpty();
                assertThat(typist.shown()).as("seed %d", seed).isEqualTo(typists.getFirst().shown());
                assertThat(typist.document.confirmed().stateHash()).as("seed %d", seed).isEqualTo(
                        typist.guest.told(ServerMessage.Beat.class).getLast().hash());
            }
        }
    }
}
