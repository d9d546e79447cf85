package io.watchfloor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.client.app.Desktop;
import io.watchfloor.client.app.Options;
import io.watchfloor.client.model.Widget;
import io.watchfloor.document.Properties;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DesktopSystemTest {

    private static final Duration GUARD = Duration.ofMinutes(2);
    private static final String TITLE = "This machine";
    private static final String OWN_PASSWORD = "a password of my own choice";

    private final FxRobot robot = new FxRobot();

    @Test
    void signIn_dragAWidget_andASecondClientSeesIt_andItOpensWithoutAServer_OFF2_OFF5_OFF6(@TempDir Path directory)
            throws Exception {
        FxToolkit.registerPrimaryStage();
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        URI address;
        try (RunningServer server = new RunningServer(directory)) {
            address = server.address();
            Options options = new Options(address, null, null, directory.resolve("state"), null, null);
            Desktop desktop = onFx(() -> Desktop.open(options, ended::complete));

            signIn();
            until("the first dashboard is listed", () -> isThere(TITLE));
            Hands.click(robot, TITLE);
            until("its widgets are there", () -> robot.lookup(".wf-widget").queryAll().size() > 5);

            try (SecondClient colleague = new SecondClient(server.address(), server.codeFile(), TITLE)) {
                await().atMost(GUARD).until(() -> colleague.widget(Properties.KIND_METRIC, "Memory").isPresent());
                Widget before = colleague.widget(Properties.KIND_METRIC, "Memory").orElseThrow();
                until("both are told as present", () -> robot.lookup(".wf-avatar").queryAll().size() == 2);

                Widget neighbour = colleague.widget(Properties.KIND_METRIC, "Processor").orElseThrow();
                assertThat(colleague.<Boolean>ask(dashboard -> dashboard.editor().remove(List.of(neighbour.id()))))
                        .isTrue();
                until("the neighbour is gone", () -> !isThere("#widget-" + neighbour.id()));

                dragToTheLeft("#widget-" + before.id());

                await("the second client sees the drag").atMost(GUARD)
                        .until(() -> colleague.widget(Properties.KIND_METRIC, "Memory").orElseThrow().bounds()
                                .equals(neighbour.bounds()));
                until("it is told as saved", () -> text("#unsent").equals("All edits saved"));

                assertThat(colleague.<Boolean>ask(dashboard -> dashboard.editor().rename(before.id(), "Room for more")))
                        .isTrue();
                until("the desktop shows the colleague's new title", () -> isThere("Room for more"));
            }
            desktopFresh();
            onFx(() -> {
                desktop.quit();
                return true;
            });
            assertThat(ended.get(GUARD.toSeconds(), TimeUnit.SECONDS)).isZero();
        }
        assertThat(Files.readString(directory.resolve("state").resolve("settings"))).contains("account=admin");
        openWithoutServer(new Options(address, null, null, directory.resolve("state"), null, null));
    }

    /// The server is gone: the kept sign-in lets in, the list and the dashboard are as they were, and can be edited.
    private void openWithoutServer(Options options) throws Exception {
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Desktop desktop = onFx(() -> Desktop.open(options, ended::complete));
        until("the kept list is shown as an old one", () -> isThere(TITLE) && isThere("#list-offline"));
        Hands.click(robot, TITLE);
        until("its widgets are there as they were last", () -> isThere("Room for more") && isThere("#as-of"));
        String widget = "#" + onFx(() -> robot.lookup(".wf-widget").query().getId());
        onFx(() -> {
            robot.lookup(widget).query().requestFocus();
            return true;
        });
        robot.push(KeyCode.DOWN);
        until("the edit is kept", () -> text("#connection").endsWith("1 edit kept here."));
        onFx(() -> {
            desktop.quit();
            return true;
        });
        assertThat(ended.get(GUARD.toSeconds(), TimeUnit.SECONDS)).isZero();
    }

    private void signIn() {
        until("it asks to sign in", () -> isThere("#name"));
        Hands.click(robot, "#name").write("admin");
        Hands.click(robot, "#password").write("not the password").push(KeyCode.ENTER);
        until("a wrong password is told", () -> isThere(".wf-field-error"));
        Hands.click(robot, "#password").push(KeyCode.CONTROL, KeyCode.A).write(RunningServer.PASSWORD)
                .push(KeyCode.ENTER);
        until("it lets in", () -> isThere("#new-password") || isThere(TITLE));
        if (onFx(() -> isThere("#new-password"))) {
            Hands.click(robot, "#new-password").write(OWN_PASSWORD);
            Hands.click(robot, "#new-password-again").write(OWN_PASSWORD).push(KeyCode.ENTER);
        }
    }

    /// Into the place that has become free.
    private void dragToTheLeft(String widget) {
        Node header = onFx(() -> robot.lookup(widget).lookup(".wf-widget-header").<Node>query());
        Point2D at = onFx(() -> header.localToScreen(30, 12));
        double width = onFx(() -> header.getLayoutBounds().getWidth());
        robot.moveTo(at).press(MouseButton.PRIMARY);
        robot.moveBy(-width / 2, 4).moveBy(-width / 2, 4);
        robot.release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Every widget in sight shows data and is neither stale nor failed.
    private void desktopFresh() {
        until("no widget waits for data", () -> robot.lookup(".wf-widget-empty").queryAll().stream()
                .noneMatch(Node::isVisible));
    }

    private boolean isThere(String query) {
        return robot.lookup(query).queryAll().stream().anyMatch(Node::isVisible);
    }

    private String text(String query) {
        return ((Label) robot.lookup(query).query()).getText();
    }

    private static <T> T onFx(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(GUARD.toMillis(), action);
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(GUARD).until(() -> onFx(condition));
    }
}
