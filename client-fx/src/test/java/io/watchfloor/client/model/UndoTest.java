package io.watchfloor.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.Connection;
import io.watchfloor.client.sync.Credentials;
import io.watchfloor.client.sync.LogServer;
import io.watchfloor.client.sync.World;
import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.HybridClock;
import io.watchfloor.document.Properties;
import io.watchfloor.document.PropertyTypes;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.sample.Query;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UndoTest {

    private static final int BROKEN = 1006;

    private final World world = new World();
    private final LogServer server = new LogServer(world);
    private final Connection connection = new Connection(URI.create("http://wall.example"), server.transport(),
            _ -> CompletableFuture.completedFuture(new Credentials.Answer.Token("t", server.time() + 3_600_000)),
            new InMemoryOutbox(new InMemoryOutbox.Disk(), new ReplicaId(new UUID(1, 1)), world),
            world.surroundings());
    private final DashboardModel model = DashboardModel.open(connection, LogServer.DASHBOARD, new SplittableRandom(5));
    private final DashboardEditor editor = model.editor();

    @BeforeEach
    void join() {
        connection.start();
        world.settle();
    }

    private ElementId note(String title, int x) {
        ElementId id = Objects.requireNonNull(editor.add(new WidgetDraft(Properties.KIND_TEXT, title,
                new Bounds(x, 0, 4, 4), Query.promql("load"), "none", List.of())));
        world.advance(50);
        return id;
    }

    private void type(ElementId note, int offset, String text) {
        assertThat(editor.type(note, Properties.TEXT, Delta.insert(offset, text))).isTrue();
        world.advance(100);
    }

    private void othersType(ElementId note, Delta delta) {
        server.type(new TextId(note, Properties.TEXT), delta);
        world.advance(50);
    }

    private void others(ElementId element, String property, Value value) {
        server.commit(new Assignment(element, property, value, new Stamp(server.time(), 0, 1)));
        world.advance(50);
    }

    private void pause() {
        world.advance(Typing.PAUSE_MILLIS + 1);
    }

    private String text(ElementId note) {
        return model.text(note, Properties.TEXT);
    }

    private Bounds bounds(ElementId id) {
        return Objects.requireNonNull(model.widget(id)).bounds();
    }

    @Test
    void typing_UN8_withoutAPauseAtOnePlaceIsOneStep() {
        ElementId note = note("Notes", 0);
        for (int i = 0; i < 5; i++) {
            type(note, i, "abcde".substring(i, i + 1));
        }
        assertThat(editor.undoLabel()).contains("Type in 'Notes'");
        pause();
        type(note, 5, "f");
        type(note, 0, "0");
        editor.type(note, Properties.TEXT, Delta.delete(6, 1));
        editor.type(note, Properties.TEXT, Delta.delete(5, 1));
        assertThat(text(note)).isEqualTo("0abcd");
        editor.undo();
        assertThat(text(note)).isEqualTo("0abcdef");
        editor.undo();
        assertThat(text(note)).isEqualTo("abcdef");
        editor.undo();
        assertThat(text(note)).isEqualTo("abcde");
        editor.undo();
        assertThat(text(note)).isEmpty();
        for (int i = 0; i < 4; i++) {
            editor.redo();
        }
        assertThat(text(note)).isEqualTo("0abcd");
        world.advance(1_000);
        assertThat(server.document().text(new TextId(note, Properties.TEXT))).isEqualTo("0abcd");
    }

    @Test
    void typing_UN8_isAStepOfItsOwnAfterAnotherOneAlsoWhileOthersType() {
        ElementId note = note("Notes", 0);
        type(note, 0, "ab");
        editor.place(note, new Bounds(8, 0, 4, 4));
        othersType(note, Delta.insert(0, "> "));
        type(note, 4, "c");
        editor.undo();
        assertThat(text(note)).isEqualTo("> ab");
        assertThat(bounds(note)).isEqualTo(new Bounds(8, 0, 4, 4));
        editor.undo();
        assertThat(bounds(note)).isEqualTo(new Bounds(0, 0, 4, 4));
        editor.undo();
        assertThat(text(note)).isEqualTo("> ");
    }

    @Test
    void typing_UN9_isTakenBackAroundWhatOthersType() {
        ElementId note = note("Notes", 0);
        type(note, 0, "one two");
        pause();
        type(note, 3, " and a half");
        othersType(note, Delta.insert(0, "> "));
        othersType(note, Delta.replace(10, 1, "THE"));
        assertThat(text(note)).isEqualTo("> one and THE half two");
        assertThat(editor.undo()).isEmpty();
        assertThat(text(note)).isEqualTo("> oneTHE two");
        editor.undo();
        assertThat(text(note)).isEqualTo("> THE");
        editor.redo();
        editor.redo();
        assertThat(text(note)).contains("one", "THE", "and ", " half", "two", "> ");
    }

    @Test
    void typing_UN9_thatOthersTookAwayIsSkipped() {
        ElementId note = note("Notes", 0);
        type(note, 0, "mine");
        othersType(note, Delta.replace(0, 4, "theirs"));
        // the creation stands too, for a colleague has worked in it
        assertThat(editor.undoLabel()).isEmpty();
        editor.undo();
        assertThat(text(note)).isEqualTo("theirs");
        assertThat(model.widget(note)).isNotNull();
    }

    @Test
    void typing_UN7_thatWasRefusedCannotBeUndone() {
        ElementId note = note("Notes", 0);
        type(note, 0, "kept");
        pause();
        server.refuses = _ -> true;
        type(note, 4, " refused");
        assertThat(text(note)).isEqualTo("kept");
        server.refuses = _ -> false;
        editor.undo();
        world.advance(50);
        assertThat(text(note)).isEmpty();
    }

    @Test
    void undo_UN10_holdsAtLeast200StepsAndIsBounded() {
        ElementId a = note("A", 0);
        for (int i = 1; i <= 600; i++) {
            editor.place(a, new Bounds(i % 20, i % 7, 4, 4));
            world.advance(40);
        }
        int undone = 0;
        while (editor.undoLabel().isPresent()) {
            assertThat(editor.undo()).isEmpty();
            undone++;
        }
        assertThat(undone).isBetween(200, StepStack.MOST);
    }

    @Test
    void redo_UN11_survivesWhatOthersEdit() {
        ElementId a = note("A", 0);
        ElementId b = note("B", 4);
        editor.place(a, new Bounds(0, 8, 4, 4));
        editor.rename(a, "A2");
        type(a, 0, "text");
        editor.undo();
        editor.undo();
        editor.undo();
        others(b, Properties.TITLE, Value.of("Theirs"));
        othersType(b, Delta.insert(0, "theirs"));
        assertThat(editor.redoLabel()).contains("Move 'A'");
        editor.redo();
        others(b, Properties.TITLE, Value.of("Theirs again"));
        editor.redo();
        editor.redo();
        assertThat(bounds(a)).isEqualTo(new Bounds(0, 8, 4, 4));
        assertThat(Objects.requireNonNull(model.widget(a)).title()).isEqualTo("A2");
        assertThat(text(a)).isEqualTo("text");
        assertThat(Objects.requireNonNull(model.widget(b)).title()).isEqualTo("Theirs again");
    }

    @Test
    void redo_UN11_isSkippedWhereAColleagueHasSetTheSameSince() {
        ElementId a = note("A", 0);
        editor.place(a, new Bounds(0, 8, 4, 4));
        world.advance(50);
        editor.undo();
        world.advance(50);
        others(a, Properties.BOUNDS, new Bounds(12, 12, 4, 4).toValue());
        assertThat(editor.redoLabel()).isEmpty();
        editor.redo();
        assertThat(bounds(a)).isEqualTo(new Bounds(12, 12, 4, 4));
    }

    @Test
    void undo_UN12_isSkippedWhereAColleagueHasRemovedTheTarget() {
        ElementId a = note("A", 0);
        ElementId b = note("B", 4);
        editor.rename(b, "B2");
        editor.place(a, new Bounds(0, 8, 4, 4));
        world.advance(50);
        others(a, Properties.EXISTS, Value.of(false));
        assertThat(editor.undoLabel()).contains("Rename 'B'");
        assertThat(editor.undo()).isPresent();
        assertThat(Objects.requireNonNull(model.widget(b)).title()).isEqualTo("B");
    }

    @Test
    void undo_UN12_ofTypingBelowAStepThatWasSkippedTakesOutItsOwnWords() {
        ElementId note = note("Notes", 0);
        ElementId other = note("Other", 4);
        type(note, 0, "first ");
        pause();
        type(other, 0, "elsewhere");
        pause();
        type(note, 0, "second ");
        world.advance(50);
        others(note, Properties.EXISTS, Value.of(false));
        editor.undo();
        assertThat(text(other)).isEmpty();
        others(note, Properties.EXISTS, Value.of(true));
        editor.undo();
        assertThat(text(note)).isEqualTo("second ");
        editor.redo();
        assertThat(text(note)).isEqualTo("second first ");
    }

    /// As a restore of an earlier revision does, after somebody has deleted it.
    @Test
    void undo_UN15_ofACreationIsSkippedWhereAColleagueHasDecidedSinceWhetherItExists() {
        ElementId a = note("A", 0);
        others(a, Properties.EXISTS, Value.of(false));
        others(a, Properties.EXISTS, Value.of(true));
        int logged = server.log.size();
        assertThat(editor.undoLabel()).isEmpty();
        editor.undo();
        world.advance(50);
        assertThat(server.log).hasSize(logged);
        assertThat(Objects.requireNonNull(model.widget(a)).title()).isEqualTo("A");
    }

    @Test
    void undo_UN16_leavesNoValueWhereNoneWasBefore() {
        ElementId chart = new ElementId(77);
        Stamp stamp = new Stamp(server.time(), 0, 1);
        server.commit(new Assignment(chart, Properties.EXISTS, Value.of(true), stamp),
                new Assignment(chart, Properties.KIND, Value.of(Properties.KIND_CHART), stamp),
                new Assignment(chart, Properties.PARENT, Value.of(ElementId.DASHBOARD.toString()), stamp),
                new Assignment(chart, Properties.BOUNDS, new Bounds(0, 0, 4, 4).toValue(), stamp));
        world.advance(50);
        note("above it", 4);
        editor.raise(chart);
        world.advance(50);
        editor.undo();
        editor.setUnit(chart, "bytes");
        world.advance(50);
        editor.undo();
        world.advance(50);
        for (String property : List.of(Properties.Z, Properties.UNIT)) {
            Value value = Objects.requireNonNull(server.document().get(chart, property));
            assertThat(value).isEqualTo(Value.NULL);
            assertThat(PropertyTypes.problemOf(property, value)).as("what the server says of it").isNull();
        }
    }

    @Test
    void label_UN4_saysHowManyOfThemAreStillInForce() {
        ElementId a = note("A", 0);
        ElementId b = note("B", 4);
        ElementId c = note("C", 8);
        editor.place(Map.of(a, new Bounds(0, 8, 4, 4), b, new Bounds(4, 8, 4, 4), c, new Bounds(8, 8, 4, 4)));
        world.advance(50);
        List<String> told = new ArrayList<>();
        model.listen(new ModelListener() {

            @Override
            public void stepsChanged() {
                told.add(editor.undoLabel().orElse(""));
            }
        });
        others(b, Properties.BOUNDS, new Bounds(12, 8, 4, 4).toValue());
        assertThat(told).containsExactly("Move 2 of 3 widgets");
    }

    @Test
    void gesture_UN13_followsTheStampsOfItsEdits() {
        ElementId a = note("A", 0);
        server.ahead = 0;
        Gesture gesture = editor.begin(List.of(a));
        gesture.place(Map.of(a, new Bounds(3, 3, 4, 4)));
        // the room logs it under another stamp
        server.restamps = stamp -> new Stamp(stamp.wall() - 1, stamp.counter() + 7, stamp.replica());
        world.advance(100);
        gesture.end();
        assertThat(editor.undoLabel()).contains("Move 'A'");
        assertThat(editor.undo()).isEmpty();
        assertThat(bounds(a)).isEqualTo(new Bounds(0, 0, 4, 4));
    }

    /// As the room stamps whose clock is behind that of the desktop.
    @Test
    void edits_UN17_stayTwoStepsWhereTheFirstIsStampedAnewWhileTheSecondWaits() {
        ElementId a = note("A", 0);
        HybridClock room = HybridClock.ofRoom();
        List<String> later = new ArrayList<>(List.of("A3"));
        server.restamps = stamp -> {
            room.observe(stamp);
            later.forEach(title -> editor.rename(a, title));
            later.clear();
            return room.next(server.time(), stamp.replica());
        };
        editor.rename(a, "A2");
        world.advance(100);
        assertThat(title(a)).isEqualTo("A3");
        editor.rename(a, "A4");
        world.advance(100);
        for (String earlier : List.of("A3", "A2")) {
            editor.undo();
            assertThat(title(a)).isEqualTo(earlier);
        }
        for (String next : List.of("A3", "A4")) {
            editor.redo();
            assertThat(title(a)).isEqualTo(next);
        }
    }

    private String title(ElementId widget) {
        return Objects.requireNonNull(model.widget(widget)).title();
    }

    @Test
    void gesture_UN3_thatIsGivenUpLeavesOtherStepsAlone() {
        ElementId a = note("A", 0);
        editor.rename(a, "A2");
        editor.rename(a, "A3");
        editor.undo();
        world.advance(50);
        Gesture gesture = editor.begin(List.of(a));
        gesture.place(Map.of(a, new Bounds(3, 3, 4, 4)));
        world.advance(50);
        others(a, Properties.BOUNDS, new Bounds(9, 9, 4, 4).toValue());
        gesture.cancel();
        assertThat(bounds(a)).isEqualTo(new Bounds(9, 9, 4, 4));
        assertThat(editor.undoLabel()).contains("Rename 'A'");
        assertThat(editor.redoLabel()).contains("Rename 'A2'");
        assertThat(Objects.requireNonNull(model.widget(a)).title()).isEqualTo("A2");
    }

    @Test
    void undo_UN14_worksOfflineAndAfterTheReturn() {
        ElementId a = note("A", 0);
        server.accepting = false;
        server.hangUp(BROKEN);
        world.settle();
        editor.place(a, new Bounds(0, 8, 4, 4));
        type(a, 0, "offline");
        pause();
        type(a, 7, "!");
        editor.undo();
        assertThat(text(a)).isEqualTo("offline");
        server.type(new TextId(a, Properties.TEXT), Delta.insert(0, "theirs "));
        server.accepting = true;
        world.advance(60_000);
        assertThat(text(a)).isEqualTo("theirs offline");
        editor.undo();
        world.advance(50);
        assertThat(text(a)).isEqualTo("theirs ");
        editor.undo();
        world.advance(50);
        assertThat(bounds(a)).isEqualTo(new Bounds(0, 0, 4, 4));
        editor.redo();
        editor.redo();
        editor.redo();
        world.advance(1_000);
        assertThat(text(a)).isEqualTo("theirs offline!");
        assertThat(server.document().text(new TextId(a, Properties.TEXT))).isEqualTo("theirs offline!");
    }

    @Test
    void undo_UN6_alsoOfTypingUndoALotRedoAllChangesNothing() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ElementId note = note("N" + seed, 0);
            for (int i = 0; i < 60; i++) {
                int length = text(note).length();
                int at = random.nextInt(length + 1);
                Delta delta = length > 0 && random.nextInt(3) == 0
                        ? Delta.delete(Math.min(at, length - 1), 1)
                        : Delta.insert(at, "w" + i);
                if (random.nextInt(4) == 0) {
                    editor.place(note, new Bounds(random.nextInt(20), random.nextInt(9), 4, 4));
                } else {
                    editor.type(note, Properties.TEXT, delta);
                }
                world.advance(random.nextInt(1_500));
            }
            world.advance(200);
            String before = text(note);
            Bounds where = bounds(note);
            int steps = 0;
            while (editor.undoLabel().filter(label -> !label.startsWith("Add")).isPresent()) {
                assertThat(editor.undo()).isEmpty();
                world.advance(random.nextInt(60));
                steps++;
            }
            assertThat(text(note)).isEmpty();
            for (int i = 0; i < steps; i++) {
                assertThat(editor.redo()).isEmpty();
                world.advance(random.nextInt(60));
            }
            assertThat(text(note)).isEqualTo(before);
            assertThat(bounds(note)).isEqualTo(where);
            assertThat(editor.redoLabel()).isEmpty();
        }
    }

    @Test
    void undo_UN9_afterAnotherReplicaTypesAllEndEqual() {
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ElementId note = note("N", 0);
            TextId id = new TextId(note, Properties.TEXT);
            for (int i = 0; i < 80; i++) {
                int length = text(note).length();
                switch (random.nextInt(6)) {
                    case 0, 1 -> editor.type(note, Properties.TEXT, Delta.insert(random.nextInt(length + 1), "m" + i));
                    case 2 -> {
                        int logged = server.document().text(id).length();
                        server.type(id, logged > 2 && random.nextBoolean()
                                ? Delta.delete(random.nextInt(logged - 1), 1)
                                : Delta.insert(random.nextInt(logged + 1), "o" + i));
                    }
                    case 3 -> editor.undo();
                    case 4 -> editor.redo();
                    default -> world.advance(random.nextInt(300));
                }
            }
            server.say(new ServerMessage.Beat(LogServer.ROOM, server.log.size(), server.document().stateHash()));
            world.advance(10_000);
            assertThat(text(note)).as("seed %d", seed).isEqualTo(server.document().text(id));
            assertThat(model.unsent()).isZero();
        }
    }
}
