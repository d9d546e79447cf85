package io.watchfloor.client.view.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.client.theme.Theme;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.protocol.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The page of wall screens.
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set by start, which the extension calls first
class WallScreensFxTest {

    private static final Duration GUARD = Duration.ofSeconds(60);

    private final FxRobot robot = new FxRobot();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Runnable> undo = new CopyOnWriteArrayList<>();
    private volatile long now = FakeWall.NOW;
    private FakeWall wall;
    private Section view;

    @Start
    void start(Stage stage) throws IOException {
        wall = new FakeWall();
        wall.screens.add(FakeWall.screen("lobby", true, FakeWall.NOW - 240_000, FakeWall.ROUTERS, FakeWall.POWER));
        wall.screens.add(FakeWall.screen("gate", true, FakeWall.NOW - 7_200_000, FakeWall.WEATHER));
        wall.screens.add(FakeWall.screen("roof", false, null, FakeWall.WEATHER));
        Notices notices = new Notices() {

            @Override
            public void show(String sentence) {
                told.add(sentence);
            }

            @Override
            public void show(String sentence, String action, Runnable run) {
                told.add(sentence);
                undo.add(run);
            }
        };
        RestClient rest = new RestClient(wall.address(), http, Platform::runLater);
        Account account = rest.resumeLater("kept", "root", Role.ADMIN);
        Administration administration = new Administration(account, wall.address());
        view = new WallScreensView(new WallScreensModel(administration, notices), () -> now).section();
        Scene scene = new Scene((Parent) view.node(), 1200, 800);
        Theme.apply(scene, Theme.DARK);
        stage.setScene(scene);
        stage.show();
    }

    @AfterEach
    void close() {
        onFx(() -> {
            view.dispose();
            return true;
        });
        wall.close();
        http.shutdownNow();
    }

    @Test
    void screens_ADM6_areListedWithWhatTheyShow_andHowTheyAre() {
        untilListed("lobby");
        until("what they show and when they were heard of is told", () -> texts(".wf-admin-table .table-cell")
                .containsAll(List.of("Core routers, Power and cooling", "4\u202Fmin ago", "2\u202Fh ago", "Never")));
        until("how they are is told", () -> texts(".wf-admin-table .table-cell .label")
                .equals(List.of("On", "Not heard of", "Waits for its machine")));
    }

    @Test
    void screenThatFallsSilent_ADM6_isShownSo_whereNothingElseChanges() {
        untilListed("lobby");
        now = FakeWall.NOW + 3_600_000;
        onFx(() -> {
            view.refresh();
            return true;
        });
        until("it is told", () -> texts(".wf-admin-table .table-cell .label")
                .equals(List.of("Not heard of", "Not heard of", "Waits for its machine")));
        until("with its age", () -> texts(".wf-admin-table .table-cell")
                .containsAll(List.of("1\u202Fh ago", "3\u202Fh ago")));
    }

    @Test
    void new_ADM6_isMadeOfANameAndDashboards_andItsCodeIsShownOnceWithWhatToDo() {
        untilListed("lobby");
        assertThat(onFx(() -> robot.lookup("#make-screen").query().isDisabled())).isTrue();
        press("#screen-name");
        robot.write("hall");
        add("Weather");
        add("Power and cooling");
        press("Show Power and cooling at its start");
        press("#make-screen");
        until("the code is shown", () -> isThere("#secret"));
        assertThat(wall.screens.getLast().dashboards()).containsExactly(FakeWall.POWER, FakeWall.WEATHER);
        assertThat(typed("#secret")).isEqualTo(FakeWall.CODE);
        assertThat(typed("#command")).isEqualTo(
                "watchfloor --kiosk kiosk.key --kiosk-code-file kiosk.code --server " + wall.address());
        press("#copy-secret");
        assertThat(onFx(() -> Clipboard.getSystemClipboard().getString())).isEqualTo(FakeWall.CODE);
        assertThat(typed("#screen-name")).isEmpty();
        press("#secret-done");
        until("the code is gone", () -> !isThere("#secret"));
        untilListed("hall");
    }

    @Test
    void nameThatIsTaken_ADM6_isRefusedInTheServersWords_andWhatWasTypedStays() {
        untilListed("lobby");
        press("#screen-name");
        robot.write("lobby");
        add("Weather");
        press("#make-screen");
        until("it is told", () -> texts(".wf-alarm-text").contains("There is a wall screen of this name already."));
        assertThat(typed("#screen-name")).isEqualTo("lobby");
    }

    @Test
    void shown_ADM6_isChanged_andUndone_andTheLastDashboardStays() {
        untilListed("lobby");
        choose("gate");
        until("its panel is open", () -> isThere("#renew-code"));
        assertThat(onFx(() -> named("Do not show Weather").isDisabled())).isTrue();
        add("Core routers");
        until("it is told", () -> told.contains("'gate' shows Weather, Core routers now."));
        until("it is shown", () -> isThere("Do not show Core routers"));
        onFx(() -> {
            undo.getLast().run();
            return true;
        });
        until("it is as before", () -> wall.screens.get(1).dashboards().equals(List.of(FakeWall.WEATHER)));
    }

    @Test
    void screen_ADM6_isRemovedOrMoved_onlyAfterAQuestion() {
        untilListed("lobby");
        choose("lobby");
        until("its panel is open", () -> isThere("#remove-screen"));
        press("#renew-code");
        until("the question is asked", () -> isThere("#keep-screen"));
        press("#keep-screen");
        until("it is taken back", () -> !isThere("#keep-screen"));
        press("#renew-code");
        press("#renew-code-now");
        until("the code is shown", () -> isThere("#secret"));
        until("it waits for another machine", () -> !wall.screens.getFirst().enrolled());
        press("#remove-screen");
        assertThat(wall.screens).hasSize(3);
        press("#remove-screen-now");
        until("it is gone", () -> wall.screens.size() == 2 && !isThere("#remove-screen"));
        assertThat(isThere("#secret")).as("its code too").isFalse();
        assertThat(told).contains("The wall screen 'lobby' is removed, and dark from now on.");
        robot.push(KeyCode.ESCAPE);
    }

    @Test
    void names_TXT26_areOneLineInWhichNothingHides_inTablesAndBesideThem() {
        String spoofed = "lob\u202eby\nadmin\u200b";
        wall.screens.add(FakeWall.screen(spoofed, true, null, FakeWall.POWER));
        onFx(() -> {
            view.refresh();
            return true;
        });
        String plain = "lob\uFFFDby admin\uFFFD";
        untilListed(plain);
        choose(plain);
        until("its panel is open", () -> isThere("#renew-code"));
        assertThat(texts(".wf-section-title")).containsExactly(plain);
    }

    private void untilListed(String name) {
        until(name + " is listed", () -> texts(".wf-admin-table .table-cell").contains(name)
                && texts(".wf-admin-table .table-cell").contains("Weather"));
    }

    /// Chooses from the menu of dashboards.
    private void add(String title) {
        onFx(() -> {
            MenuButton menu = (MenuButton) robot.lookup("#add-dashboard").queryAll().stream().filter(Node::isVisible)
                    .findFirst().orElseThrow();
            menu.getItems().stream().filter(item -> title.equals(item.getText())).findFirst()
                    .ifPresentOrElse(MenuItem::fire, () -> {
                        throw new AssertionError(title);
                    });
            return true;
        });
        FxThread.settle();
    }

    /// Looks at the screen of a name.
    private void choose(String name) {
        FxThread.settle();
        robot.clickOn(FxThread.middle(() -> robot.lookup(name).query()));
        FxThread.settle();
    }

    private void press(String query) {
        FxThread.settle();
        robot.clickOn(FxThread.middle(() -> query.startsWith("#")
                ? robot.lookup(query).queryAll().stream().filter(Node::isVisible).findFirst().orElseThrow()
                : named(query)));
        FxThread.settle();
    }

    /// What has this name for who cannot see it.
    private Node named(String name) {
        return robot.lookup((Node node) -> name.equals(node.getAccessibleText())).query();
    }

    private boolean isThere(String query) {
        return onFx(() -> query.startsWith("#")
                ? robot.lookup(query).queryAll().stream().anyMatch(Node::isVisible)
                : robot.lookup((Node node) -> query.equals(node.getAccessibleText())).tryQuery().isPresent());
    }

    private String typed(String query) {
        return onFx(() -> ((TextField) robot.lookup(query).query()).getText());
    }

    /// From top to bottom, which is not the order in which a table holds its rows.
    private List<String> texts(String query) {
        return onFx(() -> robot.lookup(query).queryAll().stream().filter(Node::isVisible)
                .sorted(Comparator.comparingDouble(node -> node.localToScene(0, 0).getY())).map(Labeled.class::cast)
                .map(Labeled::getText).filter(text -> text != null).toList());
    }

    private static <T> T onFx(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(GUARD.toMillis(), action);
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(GUARD).until(condition);
    }
}
