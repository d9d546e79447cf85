package io.watchfloor.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.Connection;
import io.watchfloor.client.sync.Credentials;
import io.watchfloor.client.sync.LogServer;
import io.watchfloor.client.sync.World;
import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
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

class DashboardEditorTest {

    private final World world = new World();
    private final LogServer server = new LogServer(world);
    private final Connection connection = new Connection(URI.create("http://wall.example"), server.transport(),
            _ -> CompletableFuture.completedFuture(new Credentials.Answer.Token("t", server.time() + 3_600_000)),
            new InMemoryOutbox(new InMemoryOutbox.Disk(), new ReplicaId(new UUID(1, 1)), world),
            world.surroundings());
    private final DashboardModel model = DashboardModel.open(connection, LogServer.DASHBOARD, new SplittableRandom(5));
    private final DashboardEditor editor = model.editor();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void join() {
        model.listen(new ModelListener() {

            @Override
            public void widgetAdded(Widget widget) {
                told.add("added " + widget.title());
            }

            @Override
            public void widgetRemoved(ElementId id) {
                told.add("removed");
            }

            @Override
            public void widgetChanged(Widget before, Widget after) {
                told.add("changed " + after.title());
            }

            @Override
            public void dashboardChanged() {
                told.add("dashboard " + model.title());
            }
        });
        connection.start();
        world.settle();
    }

    private ElementId chart(String title, Bounds bounds) {
        ElementId id = Objects.requireNonNull(editor.add(new WidgetDraft(Properties.KIND_CHART, title, bounds, null,
                "percent", List.of(new WidgetDraft.SeriesDraft(Query.promql("cpu"), "{{core}}"),
                        new WidgetDraft.SeriesDraft(Query.promql("load"), "")))));
        world.advance(50);
        return id;
    }

    private Widget widget(ElementId id) {
        return Objects.requireNonNull(model.widget(id));
    }

    private void others(ElementId element, String property, Value value) {
        server.commit(new Assignment(element, property, value, new Stamp(server.time(), 0, 1)));
        world.advance(50);
    }

    private void place(ElementId id, Bounds bounds) {
        editor.place(id, bounds);
        world.advance(50);
    }

    @Test
    void add_CLI70_isOnePushWithItsSeriesInOrder() {
        ElementId id = chart("CPU", new Bounds(0, 0, 8, 6));
        assertThat(server.log).hasSize(1);
        assertThat(widget(id).series()).extracting(SeriesEntry::query).containsExactly(Query.promql("cpu"),
                Query.promql("load"));
        assertThat(widget(id).unit()).isEqualTo("percent");
        assertThat(told).containsExactly("added CPU");
        assertThat(model.unsent()).isZero();
    }

    @Test
    void add_CLI70_goesToTheNearestFreePlaceAboveTheOthers() {
        chart("A", new Bounds(0, 0, 8, 6));
        ElementId second = chart("B", new Bounds(0, 0, 8, 6));
        assertThat(widget(second).bounds()).isEqualTo(new Bounds(0, 6, 8, 6));
        assertThat(model.widgets()).extracting(Widget::title).containsExactly("A", "B");
    }

    @Test
    void model_CLI71_tellsOnlyOfWhatHasChanged() {
        ElementId a = chart("A", new Bounds(0, 0, 8, 6));
        chart("B", new Bounds(8, 0, 8, 6));
        told.clear();
        others(a, Properties.TITLE, Value.of("A2"));
        others(ElementId.DASHBOARD, Properties.TITLE, Value.of("Wall"));
        others(a, Properties.TITLE, Value.of("A2"));
        others(widget(a).series().getFirst().id(), Properties.LEGEND, Value.of("x"));
        assertThat(told).containsExactly("changed A2", "dashboard Wall", "changed A2");
        told.clear();
        others(a, Properties.EXISTS, Value.of(false));
        assertThat(told).containsExactly("removed");
    }

    @Test
    void model_CLI71_aValueOfAnUnknownFormReadsAsAbsent() {
        ElementId a = chart("A", new Bounds(0, 0, 8, 6));
        others(a, Properties.THRESHOLDS, Value.of("soon"));
        others(a, Properties.UNIT, Value.NULL);
        assertThat(widget(a).thresholds()).isEqualTo(Thresholds.NONE);
        assertThat(widget(a).unit()).isEqualTo("none");
    }

    private ElementId table() {
        ElementId id = Objects.requireNonNull(editor.add(new WidgetDraft(Properties.KIND_TABLE, "Processes",
                new Bounds(0, 0, 8, 6), Query.hostTable("processes"), "none", List.of())));
        world.advance(50);
        return id;
    }

    private int columns(ElementId table, String... names) {
        int before = server.log.stream().mapToInt(entry -> entry.operations().size()).sum();
        editor.showColumns(widget(table), List.of(names));
        world.advance(50);
        assertThat(widget(table).shownColumns()).containsExactly(names);
        return server.log.stream().mapToInt(entry -> entry.operations().size()).sum() - before;
    }

    @Test
    void columns_CLI73_areChosenTakenOutAndBroughtBackInOneStepEach() {
        ElementId table = table();
        assertThat(widget(table).shownColumns()).isEmpty();
        columns(table, "PID", "CPU", "Memory");
        assertThat(editor.undoLabel()).contains("Choose the columns of 'Processes'");
        assertThat(columns(table, "PID", "Memory")).isOne();
        assertThat(columns(table, "PID", "CPU", "Memory")).as("the same element exists again, where it stood").isOne();
        columns(table);
        editor.undo();
        assertThat(widget(table).shownColumns()).containsExactly("PID", "CPU", "Memory");
        editor.undo();
        editor.undo();
        editor.undo();
        assertThat(widget(table).shownColumns()).isEmpty();
    }

    @Test
    void columns_CLI73_areMovedByAsFewEditsAsCanBe() {
        ElementId table = table();
        columns(table, "a", "b", "c", "d", "e");
        assertThat(columns(table, "e", "a", "b", "c", "d")).isOne();
        assertThat(columns(table, "a", "b", "c", "d", "e")).isOne();
        assertThat(columns(table, "a", "c", "b", "d", "e")).isOne();
        assertThat(columns(table, "e", "d", "b", "c", "a")).isEqualTo(4);
        for (int i = 0; i < 400; i++) { // always between the same two: keys grow until all are spaced anew
            columns(table, i % 2 == 0 ? new String[]{"e", "b", "d", "c", "a"} : new String[]{"e", "d", "b", "c", "a"});
        }
    }

    @Test
    void columns_CLI73_chosenByTwoAtOnceBothCount() {
        ElementId table = table();
        columns(table, "a", "b", "c", "d");
        ColumnEntry a = widget(table).columns().getFirst();
        server.mute = ServerMessage.Committed.class::isInstance;
        server.commit(new Assignment(a.id(), Properties.EXISTS, Value.of(false), new Stamp(server.time(), 0, 1)));
        server.mute = _ -> false;
        editor.showColumns(widget(table), List.of("a", "b", "d", "c"));
        world.advance(20_000);
        assertThat(widget(table).shownColumns()).containsExactly("b", "d", "c");
    }

    @Test
    void undo_UN1_revertsTheLatestStepAndRedoMakesItAgain() {
        ElementId a = chart("A", new Bounds(0, 0, 8, 6));
        place(a, new Bounds(4, 4, 8, 6));
        place(a, new Bounds(6, 6, 8, 6));
        assertThat(editor.undoLabel()).contains("Move 'A'");
        editor.undo();
        assertThat(widget(a).bounds()).isEqualTo(new Bounds(4, 4, 8, 6));
        editor.undo();
        assertThat(widget(a).bounds()).isEqualTo(new Bounds(0, 0, 8, 6));
        editor.redo();
        editor.redo();
        assertThat(widget(a).bounds()).isEqualTo(new Bounds(6, 6, 8, 6));
        assertThat(editor.redoLabel()).isEmpty();
    }

    @Test
    void undo_UN2_aColleaguesLaterValueStands() {
        ElementId a = chart("A", new Bounds(0, 0, 8, 6));
        place(a, new Bounds(4, 4, 8, 6));
        world.advance(10);
        others(a, Properties.BOUNDS, new Bounds(10, 10, 8, 6).toValue());
        assertThat(editor.undo()).hasValueSatisfying(text -> assertThat(text).contains("changed since"));
        assertThat(widget(a).bounds()).isEqualTo(new Bounds(10, 10, 8, 6));
    }

    @Test
    void undo_UN3_aDragIsOneStep() {
        ElementId a = chart("A", new Bounds(0, 0, 8, 6));
        Gesture gesture = editor.begin(List.of(a));
        for (int x = 1; x <= 10; x++) {
            gesture.place(Map.of(a, new Bounds(x, x, 8, 6)));
            world.advance(16);
        }
        gesture.end();
        world.advance(50);
        assertThat(widget(a).bounds()).isEqualTo(new Bounds(10, 10, 8, 6));
        editor.undo();
        assertThat(widget(a).bounds()).isEqualTo(new Bounds(0, 0, 8, 6));
    }

    @Test
    void undo_UN3_aDragThatIsGivenUpLeavesNothing() {
        ElementId a = chart("A", new Bounds(0, 0, 8, 6));
        Gesture gesture = editor.begin(List.of(a));
        gesture.place(Map.of(a, new Bounds(3, 3, 8, 6)));
        gesture.cancel();
        assertThat(widget(a).bounds()).isEqualTo(new Bounds(0, 0, 8, 6));
        assertThat(editor.undoLabel()).contains("Add 'A'");
        assertThat(editor.redoLabel()).isEmpty();
    }

    @Test
    void undo_UN4_aStepIsRevertedWhereItIsStillInForce() {
        ElementId a = chart("A", new Bounds(0, 0, 4, 4));
        ElementId b = chart("B", new Bounds(4, 0, 4, 4));
        editor.place(Map.of(a, new Bounds(0, 8, 4, 4), b, new Bounds(4, 8, 4, 4)));
        world.advance(50);
        others(a, Properties.BOUNDS, new Bounds(12, 8, 4, 4).toValue());
        assertThat(editor.undo()).hasValueSatisfying(text -> assertThat(text).contains("in part"));
        assertThat(widget(a).bounds()).isEqualTo(new Bounds(12, 8, 4, 4));
        assertThat(widget(b).bounds()).isEqualTo(new Bounds(4, 0, 4, 4));
    }

    @Test
    void undo_UN5_ofACreationIsSkippedWhereAColleagueHasWorkedInIt() {
        ElementId a = chart("A", new Bounds(0, 0, 8, 6));
        others(a, Properties.TITLE, Value.of("Ours"));
        editor.undo();
        assertThat(model.widget(a)).isNotNull();
    }

    @Test
    void undo_UN6_undoALotRedoAllChangesNothing() {
        List<ElementId> ids = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 30; i++) {
            if (ids.size() < 3 || random.nextInt(4) == 0) {
                ids.add(chart("W" + i, new Bounds(random.nextInt(16), random.nextInt(10), 4, 4)));
            } else if (random.nextInt(3) == 0) {
                editor.remove(List.of(ids.get(random.nextInt(ids.size()))));
            } else {
                place(ids.get(random.nextInt(ids.size())), new Bounds(random.nextInt(16), random.nextInt(10), 4, 4));
            }
            world.advance(random.nextInt(60));
        }
        world.advance(100);
        List<Widget> before = model.widgets();
        while (editor.undoLabel().isPresent()) {
            assertThat(editor.undo()).isEmpty();
            world.advance(random.nextInt(60));
        }
        assertThat(model.widgets()).isEmpty();
        while (editor.redoLabel().isPresent()) {
            assertThat(editor.redo()).isEmpty();
            world.advance(random.nextInt(60));
        }
        assertThat(model.widgets()).isEqualTo(before);
    }

    @Test
    void undo_UN7_whatWasRefusedCannotBeUndone() {
        ElementId a = chart("A", new Bounds(0, 0, 8, 6));
        server.refuses = _ -> true;
        place(a, new Bounds(4, 4, 8, 6));
        assertThat(widget(a).bounds()).isEqualTo(new Bounds(0, 0, 8, 6));
        assertThat(editor.undoLabel()).contains("Add 'A'");
    }

    @Test
    void raise_CLI72_isAboveAllAndSpacesACrowdedListAnew() {
        ElementId a = chart("A", new Bounds(0, 0, 4, 4));
        ElementId b = chart("B", new Bounds(4, 0, 4, 4));
        for (int i = 0; i < 400; i++) {
            editor.raise(i % 2 == 0 ? a : b);
            world.advance(40);
            assertThat(model.widgets().getLast().id()).isEqualTo(i % 2 == 0 ? a : b);
        }
        assertThat(model.widgets()).allSatisfy(widget -> assertThat(widget.z().length()).isLessThanOrEqualTo(48));
    }
}
