package io.watchfloor.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Right;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set by start, which the extension calls first
class DashboardFxTest {

    private static final Bounds LEFT = new Bounds(0, 0, 6, 4);
    private static final Bounds RIGHT = new Bounds(12, 0, 6, 4);

    private DashboardPage page;
    private ElementId cpu;
    private ElementId load;

    @Start
    void start(Stage stage) {
        page = new DashboardPage(stage);
        page.server.colleague(ElementId.DASHBOARD, Properties.TITLE, Value.of("Wall"));
        page.server.history(FakeServer.line(1, new SeriesKey("cpu_percent", Labels.of("core", "0")), 60, i -> i));
        page.server.history(FakeServer.line(2, new SeriesKey("load", Labels.NONE), 60, i -> 2));
        cpu = page.server.create(1, Properties.KIND_CHART, ElementId.DASHBOARD,
                Map.of(Properties.TITLE, Value.of("CPU"), Properties.BOUNDS, LEFT.toValue()));
        page.server.create(2, Properties.KIND_SERIES, cpu,
                Map.of(Properties.QUERY, FakeServer.query(Query.promql("cpu_percent"))));
        load = page.server.create(3, Properties.KIND_METRIC, ElementId.DASHBOARD,
                Map.of(Properties.TITLE, Value.of("Load"), Properties.BOUNDS, RIGHT.toValue(), Properties.QUERY,
                        FakeServer.query(Query.promql("load"))));
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void aWidgetDraggedByItsHeader_goesThere_forEverybody() {
        page.open();
        page.carry(cpu, 1, 5);
        assertThat(page.isThere("#ghost")).isTrue();
        page.drop();

        page.untilAt(cpu, new Bounds(1, 5, 6, 4));
        assertThat(page.isThere("#ghost")).isFalse();
    }

    @Test
    void aDropOnAnother_goesToTheNearestFreePlace() {
        page.open();
        page.carry(cpu, 11, 0);
        page.drop();

        page.untilAt(cpu, new Bounds(11, 4, 6, 4));
        assertThat(page.serverBounds(load)).isEqualTo(RIGHT);
    }

    @Test
    void aColleaguesChange_appearsDuringADrag_andDoesNotDisturbIt() {
        page.open();
        page.carry(cpu, 0, 5);
        page.onFx(() -> {
            page.server.colleague(load, Properties.TITLE, Value.of("Load, 1 min"));
            page.server.colleague(load, Properties.BOUNDS, new Bounds(0, 0, 6, 4).toValue());
            return true;
        });
        page.until("the colleague's title is shown", () -> page.frame(load).title().equals("Load, 1 min"));
        page.drop();

        page.untilAt(cpu, new Bounds(0, 5, 6, 4));
        assertThat(page.serverBounds(load)).isEqualTo(new Bounds(0, 0, 6, 4));
    }

    @Test
    void escape_putsADraggedWidgetBack() {
        page.open();
        page.carry(cpu, 3, 5);
        page.untilAt(cpu, new Bounds(3, 5, 6, 4));
        page.press(KeyCode.ESCAPE);
        page.drop();

        page.untilAt(cpu, LEFT);
    }

    @Test
    void theCorner_resizes() {
        page.open();
        page.pull(cpu, 3, 2);
        page.drop();

        page.untilAt(cpu, new Bounds(0, 0, 9, 6));
    }

    @Test
    void arrowKeys_move_andWithShiftResize_andControlZUndoes() {
        page.open();
        page.choose(cpu);
        page.press(KeyCode.RIGHT);
        page.untilAt(cpu, new Bounds(1, 0, 6, 4));
        page.press(KeyCode.SHIFT, KeyCode.DOWN);
        page.untilAt(cpu, new Bounds(1, 0, 6, 5));
        page.press(KeyCode.CONTROL, KeyCode.Z);
        page.press(KeyCode.CONTROL, KeyCode.Z);
        page.untilAt(cpu, LEFT);
    }

    @Test
    void f2_renamesInPlace() {
        page.open();
        page.choose(cpu);
        page.press(KeyCode.F2);
        page.type("Processor");
        page.press(KeyCode.ENTER);

        page.until("renamed", () -> page.frame(cpu).title().equals("Processor"));
        page.until("for everybody", () -> Value.of("Processor").equals(page.server.value(cpu, Properties.TITLE)));
    }

    @Test
    void undoAndRedo_UN1_sayWhatTheyWouldDo() {
        page.open();
        assertThat(page.tooltip("#undo")).isEqualTo("Undo");
        page.choose(cpu);
        page.press(KeyCode.DELETE);
        page.until("gone", () -> !page.shows(cpu));
        assertThat(page.tooltip("#undo")).isEqualTo("Undo: remove 'CPU'");
        page.click("#undo");
        page.until("back", () -> page.shows(cpu));
        assertThat(page.tooltip("#undo")).isEqualTo("Undo");
        assertThat(page.tooltip("#redo")).isEqualTo("Redo: remove 'CPU'");
    }

    @Test
    void delete_removes_andTheToastBringsItBack() {
        page.open();
        page.choose(cpu);
        page.press(KeyCode.DELETE);
        page.until("gone", () -> !page.shows(cpu));
        page.click("Undo");

        page.until("back", () -> page.shows(cpu));
        assertThat(page.frame(cpu).title()).isEqualTo("CPU");
    }

    @Test
    void thePalette_addsAWidgetOfAKnownSeries() {
        page.open();
        page.click("#add-widget");
        page.click("#add-metric");
        page.click("#add-series");
        page.type("load");
        page.press(KeyCode.ENTER);

        page.until("a third widget is at the server", () -> page.server.pushed().stream()
                .anyMatch(a -> a.property().equals(Properties.KIND) && a.value().equals(Value.of("metric"))));
        page.until("it shows fresh data", () -> {
            page.server.tick(System.currentTimeMillis(), 1, 2);
            return page.unready().isEmpty();
        });
    }

    @Test
    void theInspector_changesTheUnit_andTellsAMistakeInAQuery() {
        page.open();
        page.choose(load);
        page.press(KeyCode.ENTER);
        page.click("#inspect-query");
        page.press(KeyCode.END);
        page.type("{");
        page.press(KeyCode.ENTER);

        assertThat(page.isThere(".wf-field-error")).isTrue();
        page.choose(cpu);
        page.press(KeyCode.DOWN);
        page.untilAt(cpu, new Bounds(0, 1, 6, 4));
        assertThat(page.onFx(() -> page.server.pushed())).as("nothing was sent before it")
                .extracting(Assignment::element)
                .containsOnly(cpu);
    }

    @Test
    void theInspector_CLI73_choosesColumnsAndMovesThem() {
        ElementId table = page.onFx(() -> {
            page.server.table(new Table(System.currentTimeMillis(),
                    List.of(new Table.Column("Process", Table.Kind.TEXT),
                            new Table.Column("PID", Table.Kind.NUMBER), new Table.Column("CPU", Table.Kind.PERCENT)),
                    List.of(new Table.Row(List.of(Table.Cell.of("java"), Table.Cell.of(7), Table.Cell.of(50))))));
            return page.server.create(4, Properties.KIND_TABLE, ElementId.DASHBOARD,
                    Map.of(Properties.TITLE, Value.of("Processes"), Properties.BOUNDS,
                            new Bounds(0, 6, 10, 6).toValue(),
                            Properties.QUERY, FakeServer.query(Query.hostTable("processes"))));
        });
        page.open();
        page.until("the table shows data", () -> headers(table).size() == 3);
        page.choose(table);
        page.press(KeyCode.ENTER);
        page.click(".wf-columns-list .check-box");
        page.until("one column less", () -> headers(table).equals(List.of("PID", "CPU")));
        page.click("#move-CPU-up");
        page.until("the other order", () -> headers(table).equals(List.of("CPU", "PID")));
    }

    private List<String> headers(ElementId table) {
        return page.frame(table).lookupAll(".table-view").stream()
                .flatMap(view -> ((TableView<?>) view).getColumns().stream()).map(column -> column.getText()).toList();
    }

    @Test
    void aViewer_seesEverything_andCanChangeNothing() {
        page.onFx(() -> {
            page.server.grant(Right.VIEW);
            return true;
        });
        page.open();
        page.carry(cpu, 3, 5);
        page.drop();
        page.choose(cpu);
        page.press(KeyCode.DELETE);

        assertThat(page.isThere("#add-widget")).isFalse();
        assertThat(page.isThere("#edit")).isFalse();
        assertThat(page.shows(cpu)).isTrue();
        page.onFx(() -> {
            page.server.grant(Right.EDIT);
            return true;
        });
        page.until("he may edit now", () -> page.isThere("#add-widget"));
        page.choose(cpu);
        page.press(KeyCode.DOWN);
        page.untilAt(cpu, new Bounds(0, 1, 6, 4));
        assertThat(page.onFx(() -> page.server.pushed())).as("nothing was sent before it").hasSize(1);
    }

    @Test
    void offline_editsShowAtOnce_areCounted_andReachTheServerLater() {
        page.open();
        page.onFx(() -> {
            page.server.reachable(false);
            return true;
        });
        page.until("offline", () -> page.statusText().startsWith("Offline since "));
        page.choose(cpu);
        page.press(KeyCode.RIGHT);
        assertThat(page.statusText()).endsWith(" 1 edit kept here.");
        page.until("both are shown as stale",
                () -> Set.of("'CPU' is stale", "'Load' is stale").equals(Set.copyOf(page.unready())));

        page.onFx(() -> {
            page.server.reachable(true);
            return true;
        });
        page.untilAt(cpu, new Bounds(1, 0, 6, 4));
        page.until("online", () -> page.statusText().equals("Connected"));
    }

    @Test
    void offline_OFF2_saysOfWhenTheDashboardIs_andOFF13_ofWhatANewerEditTookOneMayTakeOnesOwnBack() {
        page.open();
        assertThat(page.isThere("#as-of")).isFalse();
        page.onFx(() -> {
            page.server.reachable(false);
            return true;
        });
        page.until("its time is shown", () -> page.isThere("#as-of"));
        page.choose(cpu);
        page.press(KeyCode.RIGHT);
        Bounds mine = new Bounds(1, 0, 6, 4);
        page.onFx(() -> {
            page.server.passes(60_000);
            page.server.colleague(cpu, Properties.BOUNDS, new Bounds(0, 8, 6, 4).toValue());
            page.server.colleague(load, Properties.TITLE, Value.of("Load\nadmin removed\u202e everything"));
            page.server.reachable(true);
            return true;
        });
        page.until("it is told", () -> page.isThere("#merges"));
        assertThat(page.texts("#merges .label")).as("TXT-26: what colleagues name things stays on its line")
                .noneMatch(text -> text.contains("\n") || text.contains("\u202e"))
                .anyMatch(text -> text.contains("Load admin removed\uFFFD everything"));
        assertThat(page.isThere("#as-of")).isFalse();
        assertThat(page.onFx(() -> page.server.value(cpu, Properties.BOUNDS))).isNotEqualTo(mine.toValue());
        page.click("Take mine back");
        page.untilAt(cpu, mine);
        assertThat(page.isThere("#merges")).isFalse();
    }

    @Test
    void back_OFF13_everythingThatWasOverriddenIsTakenBackAtOnce() {
        page.open();
        page.onFx(() -> {
            page.server.reachable(false);
            return true;
        });
        page.until("its time is shown", () -> page.isThere("#as-of"));
        page.choose(cpu);
        page.press(KeyCode.RIGHT);
        page.choose(load);
        page.press(KeyCode.DOWN);
        page.onFx(() -> {
            page.server.passes(60_000);
            page.server.colleague(cpu, Properties.BOUNDS, new Bounds(0, 8, 6, 4).toValue());
            page.server.colleague(load, Properties.BOUNDS, new Bounds(6, 16, 6, 4).toValue());
            page.server.reachable(true);
            return true;
        });
        page.until("both are told", () -> page.texts("#merges .button").contains("Take all mine back"));
        page.click("#merges-all");
        page.untilAt(cpu, new Bounds(1, 0, 6, 4));
        page.until("the other one too", () -> !new Bounds(6, 16, 6, 4).toValue()
                .equals(page.server.value(load, Properties.BOUNDS)));
        assertThat(page.isThere("#merges")).isFalse();
    }

    @Test
    void aWidgetOfANewerVersion_saysSo_andCanBeMoved() {
        page.open();
        ElementId map = page.onFx(() -> page.server.create(9, "map", ElementId.DASHBOARD,
                Map.of(Properties.TITLE, Value.of("Sites"), Properties.BOUNDS, new Bounds(0, 6, 6, 4).toValue())));
        page.until("it is shown", () -> page.shows(map));
        page.carry(map, 6, 0);
        page.drop();

        assertThat(page.text(".wf-unknown .label")).contains("'map'", "newer Watchfloor");
        page.untilAt(map, new Bounds(6, 6, 6, 4));
    }

    @Test
    void theSwitchOfThemes_changesTheTokens() {
        page.open();
        assertThat(page.theme()).endsWith("tokens-dark.css");
        page.click("#rail-theme");
        assertThat(page.theme()).endsWith("tokens-light.css");
    }

    @Test
    void aDrag_isSentAsFewEdits_eachOneProperty() {
        page.open();
        page.carry(cpu, 1, 5);
        page.drop();
        page.untilAt(cpu, new Bounds(1, 5, 6, 4));

        List<Assignment> pushed = page.onFx(() -> page.server.pushed());
        assertThat(pushed).allSatisfy(a -> assertThat(a.property()).isEqualTo(Properties.BOUNDS));
        assertThat(pushed.getLast().value()).isEqualTo(new Bounds(1, 5, 6, 4).toValue());
    }
}
