package io.watchfloor.client.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Presence.Editing;
import io.watchfloor.protocol.Presence.Ghost;
import io.watchfloor.protocol.Presence.Point;
import io.watchfloor.protocol.Presence.Viewport;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Point2D;
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
class PresenceFxTest {

    private static final Person ANNA = new Person("s1", "anna", 0);
    private static final Person BORIS = new Person("s2", "boris", 4);
    private static final Person CARLA = new Person("s3", "carla", 7);

    private DashboardPage page;
    private ElementId cpu;
    private ElementId load;

    @Start
    void start(Stage stage) {
        page = new DashboardPage(stage);
        page.server.colleague(ElementId.DASHBOARD, Properties.TITLE, Value.of("Wall"));
        cpu = widget(1, "CPU", new Bounds(0, 0, 6, 4));
        load = widget(3, "Load", new Bounds(12, 0, 6, 4));
        widget(5, "Far below", new Bounds(0, 60, 6, 4));
    }

    private ElementId widget(long id, String title, Bounds bounds) {
        return page.server.create(id, Properties.KIND_METRIC, ElementId.DASHBOARD,
                Map.of(Properties.TITLE, Value.of(title), Properties.BOUNDS, bounds.toValue()));
    }

    @AfterEach
    void close() {
        page.close();
    }

    private void open(Person... people) {
        page.open();
        page.onFx(() -> {
            page.server.people(people);
            return true;
        });
        page.until("they are shown", () -> page.texts("#people .wf-avatar").size() == people.length);
    }

    private void seen(Person who, Presence presence) {
        page.onFx(() -> {
            page.server.seen(who.session(), presence);
            return true;
        });
    }

    private static Presence at(double x, double y) {
        return new Presence(new Point(x, y), List.of(), List.of(), null, null, null);
    }

    private static Presence sees(double top, double rows) {
        return new Presence(null, List.of(), List.of(), null, new Viewport(top, rows), null);
    }

    @Test
    void avatars_PRE34_areOneForEachWindow_withTheirNumber() {
        open(ANNA, BORIS, new Person("s4", "boris", 9));
        assertThat(page.texts("#people .wf-avatar")).containsExactly("AN", "BO", "BO");
        assertThat(page.text("#people-count")).isEqualTo("3 here");
    }

    @Test
    void names_TXT26_ofColleagues_areOneLineInWhichNothingHides() {
        Person spoofed = new Person("s5", "bo\u202eris\nadmin\u200b", 4);
        open(ANNA, spoofed);
        seen(spoofed, new Presence(new Point(12, 4), List.of(cpu), List.of(), null, null, null));
        page.until("the pointer is shown", () -> page.place("#cursor-s5") != null);
        page.until("the selection is shown", () -> !page.texts("#presence .wf-colleague-tag").isEmpty());
        assertThat(page.texts(".wf-colleague-tag")).isNotEmpty().containsOnly("bo\uFFFDris admin\uFFFD");
    }

    @Test
    void cursor_PRE34_standsAtItsPlaceOnTheGrid_namedAndInItsColour_untilItsOwnerGoes() {
        open(ANNA, BORIS);
        double[] y = {4};
        page.until("the pointer is shown, with its name while it moves", () -> {
            y[0] += 1e-6;
            page.server.seen(BORIS.session(), at(12, y[0]));
            return page.place("#cursor-s2") != null
                    && page.texts("#cursor-s2 .wf-colleague-tag").equals(List.of("boris"));
        });
        Point2D at = Objects.requireNonNull(page.place("#cursor-s2"));
        Point2D widget = Objects.requireNonNull(page.place("#widget-" + load));
        assertThat(at.getX()).isCloseTo(widget.getX(), within(3.0));
        assertThat(page.styles("#cursor-s2")).contains("wf-person-5");
        page.until("the name fades", () -> page.texts("#cursor-s2 .wf-colleague-tag").isEmpty());
        page.onFx(() -> {
            page.server.people(ANNA);
            return true;
        });
        page.until("it is gone", () -> page.place("#cursor-s2") == null);
    }

    @Test
    void selectionsAndWork_PRE34_areOutlinedWithNames() {
        open(ANNA, BORIS, CARLA);
        seen(BORIS, new Presence(null, List.of(cpu, load), List.of(), null, null, null));
        page.until("both are outlined",
                () -> page.texts("#presence .wf-colleague-tag").equals(List.of("boris", "boris")));
        seen(BORIS, new Presence(null, List.of(cpu), List.of(new Ghost(load, 3, 6, 6, 4)), null, null, null));
        seen(CARLA, new Presence(null, List.of(cpu), List.of(), new Editing(cpu, Properties.TITLE, null), null, null));
        page.until("who works says so", () -> page.texts("#presence .wf-colleague-tag").contains("carla, editing"));
        assertThat(page.texts("#presence .wf-colleague-tag")).hasSize(3);
        seen(CARLA, Presence.NONE);
        seen(BORIS, Presence.NONE);
        page.until("nothing is left", () -> page.texts("#presence .wf-colleague-tag").isEmpty());
    }

    @Test
    void whatIDo_PRE35_isShownToTheOthers() {
        open(ANNA, BORIS);
        page.point(cpu);
        page.until("the pointer is over it", () -> {
            Point at = page.server.shown().cursor();
            return at != null && at.x() <= 6 && at.y() <= 4;
        });
        page.click("#dashboard-title");
        page.until("the pointer is elsewhere", () -> page.server.shown().cursor() == null);
        page.press(cpu);
        page.until("it is selected", () -> page.server.shown().selection().equals(List.of(cpu)));
        page.carry(cpu, 2, 5);
        page.until("it is held", () -> page.server.shown().dragging().stream()
                .anyMatch(ghost -> ghost.element().equals(cpu) && Math.abs(ghost.x() - 2) < 0.2
                        && Math.abs(ghost.y() - 5) < 0.2 && Math.abs(ghost.w() - 6) < 0.1));
        page.until("the pointer goes along", () -> {
            Point at = page.server.shown().cursor();
            return at != null && at.y() > 4.5;
        });
        page.drop();
        page.until("it is let go", () -> page.server.shown().dragging().isEmpty());
        assertThat(Objects.requireNonNull(page.server.shown().viewport()).rows()).isBetween(10.0, 25.0);
        page.choose(load);
        page.press(KeyCode.F2);
        page.until("its title is typed",
                () -> new Editing(load, Properties.TITLE, null).equals(page.server.shown().editing()));
        page.press(KeyCode.ESCAPE);
        page.until("no more", () -> page.server.shown().editing() == null);
    }

    @Test
    void whatAViewerDoes_PRE35_isShownToo() {
        open(ANNA, BORIS);
        page.onFx(() -> {
            page.server.grant(Right.VIEW);
            return true;
        });
        page.press(load);
        page.until("it is selected", () -> page.server.shown().selection().equals(List.of(load)));
    }

    @Test
    void shift_PRE36_addsToTheSelectionAndTakesOut_andDeleteRemovesAllOfIt() {
        open(ANNA, BORIS);
        page.press(cpu);
        page.pressWithShift(load);
        page.until("both are selected", () -> page.server.shown().selection().size() == 2);
        page.pressWithShift(load);
        page.until("one is selected", () -> page.server.shown().selection().equals(List.of(cpu)));
        page.pressWithShift(load);
        page.until("both are selected", () -> page.server.shown().selection().size() == 2);
        page.press(KeyCode.DELETE);
        page.until("both are gone", () -> !page.shows(cpu) && !page.shows(load));
        page.until("nothing is selected", () -> page.server.shown().selection().isEmpty());
    }

    @Test
    void follow_PRE37_scrollsAsTheOtherDoes_untilAKeyIsPressed() {
        open(ANNA, BORIS);
        seen(BORIS, sees(20, 18));
        page.click("#people .button-follow");
        page.until("the frame says so", () -> page.isThere("#follow-frame"));
        assertThat(page.text("#follow-text")).isEqualTo("Following boris – Esc to stop");
        page.until("it is there", () -> Math.abs(page.scrolled() - 20 * 44) < 2);
        page.until("the others know", () -> "s2".equals(page.server.shown().following()));
        seen(BORIS, sees(8.5, 18));
        page.until("it goes along", () -> Math.abs(page.scrolled() - 8.5 * 44) < 2);
        page.press(KeyCode.ESCAPE);
        page.until("it has ended", () -> !page.isThere("#follow-frame"));
        page.until("the others know", () -> page.server.shown().following() == null);
        seen(BORIS, sees(30, 18));
        page.settle();
        assertThat(page.scrolled()).isCloseTo(8.5 * 44, within(2.0));
    }

    @Test
    void follow_PRE37_endsWithTheWheel_APress_AndTheOthersLeaving() {
        open(ANNA, BORIS);
        seen(BORIS, sees(3, 18));
        page.click("#people .button-follow");
        page.until("it follows", () -> page.isThere("#follow-frame") && page.scrolled() > 100);
        page.wheel(load);
        page.until("the wheel ends it", () -> !page.isThere("#follow-frame"));
        page.click("#people .button-follow");
        page.until("it follows", () -> page.isThere("#follow-frame"));
        page.click(".wf-grid");
        page.until("a press ends it", () -> !page.isThere("#follow-frame"));
        page.click("#people .button-follow");
        page.until("it follows", () -> page.isThere("#follow-frame"));
        page.click("#people .button-follow");
        page.until("pressing him again ends it", () -> !page.isThere("#follow-frame"));
        page.click("#people .button-follow");
        page.until("it follows", () -> page.isThere("#follow-frame"));
        page.onFx(() -> {
            page.server.people(ANNA);
            return true;
        });
        page.until("his leaving ends it", () -> !page.isThere("#follow-frame"));
        page.until("and is told", () -> page.texts(".wf-toast .label").contains("boris has left the dashboard."));
    }

    @Test
    void lostConnection_PRE22_leavesNobody() {
        open(ANNA, BORIS);
        seen(BORIS, at(12, 4));
        page.until("the pointer is shown", () -> page.place("#cursor-s2") != null);
        page.onFx(() -> {
            page.server.reachable(false);
            return true;
        });
        page.until("it is gone", () -> page.place("#cursor-s2") == null);
        page.until("and nobody is named", () -> page.texts("#people .wf-avatar").isEmpty());
    }
}
