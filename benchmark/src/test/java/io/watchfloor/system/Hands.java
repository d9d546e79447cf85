package io.watchfloor.system;

import static org.awaitility.Awaitility.await;

import io.watchfloor.client.app.Desktop;
import io.watchfloor.client.app.Options;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.awaitility.core.ConditionTimeoutException;
import org.testfx.api.FxRobot;
import org.testfx.api.FxRobotInterface;
import org.testfx.util.WaitForAsyncUtils;

/// Somebody at a desktop: sees what is on the screen, clicks and types. Test thread only.
final class Hands implements AutoCloseable {

    private static final Duration GUARD = Duration.ofMinutes(2);

    private final FxRobot robot = new FxRobot();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final Desktop desktop;

    Hands(Options options) {
        desktop = onFx(() -> Desktop.open(options, ended::complete));
    }

    void click(String query) {
        until(query + " is there", () -> sees(query));
        click(robot, query);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Clicks into the middle of what is seen of a node. A robot that looks for it by itself asks for its bounds on the test's
    /// thread, while the FX thread may be computing them: either then gets them wrong, or fails.
    static FxRobotInterface click(FxRobot robot, String query) {
        return robot.clickOn(onFx(() -> {
            Node node = robot.lookup(query).queryAll().stream().filter(Node::isVisible).findFirst().orElseThrow();
            Scene scene = node.getScene();
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            Bounds bounds = node.localToScene(node.getLayoutBounds());
            double x = (Math.max(0, bounds.getMinX()) + Math.min(scene.getWidth(), bounds.getMaxX())) / 2;
            double y = (Math.max(0, bounds.getMinY()) + Math.min(scene.getHeight(), bounds.getMaxY())) / 2;
            return scene.getRoot().localToScreen(scene.getRoot().sceneToLocal(x, y));
        }));
    }

    /// Puts a text in place of what is in a field, as who pastes it, and presses Enter where it ends with a line break.
    void type(String query, String text) {
        until(query + " is there", () -> sees(query) && !robot.lookup(query).query().isDisabled());
        onFx(() -> {
            TextInputControl field = robot.lookup(query).query();
            // a button takes the Enter key from when it is first laid out, which no person is quick enough to come before
            field.getScene().getRoot().applyCss();
            field.getScene().getRoot().layout();
            field.requestFocus();
            field.selectAll();
            field.replaceSelection(text.stripTrailing());
            return true;
        });
        if (text.endsWith("\n")) {
            robot.push(KeyCode.ENTER);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// A key, with the focus on a node.
    void press(String query, KeyCode key) {
        onFx(() -> {
            robot.lookup(query).query().requestFocus();
            return true;
        });
        robot.push(key);
    }

    boolean sees(String query) {
        return robot.lookup(query).queryAll().stream().anyMatch(Node::isVisible);
    }

    /// Of all labels in sight that match.
    List<String> texts(String query) {
        return onFx(() -> robot.lookup(query).queryAll().stream().filter(Node::isVisible).map(Labeled.class::cast)
                .map(Labeled::getText).toList());
    }

    /// Of a field.
    String typed(String query) {
        return onFx(() -> ((TextInputControl) robot.lookup(query).query()).getText());
    }

    String id(String query) {
        return onFx(() -> robot.lookup(query).query().getId());
    }

    void until(String what, Callable<Boolean> condition) {
        try {
            await(what).atMost(GUARD).until(() -> onFx(condition));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": " + e.getMessage() + "\n" + onFx(this::sight), e);
        }
    }

    /// What is on the screen, for whoever has waited for something else.
    private String sight() {
        StringBuilder sight = new StringBuilder();
        for (Window window : Window.getWindows()) {
            sight.append(window.getClass().getSimpleName()).append(window.isFocused() ? " with the focus" : "")
                    .append(", at ").append(window.getScene().getFocusOwner()).append('\n');
        }
        for (Node node : robot.lookup(Node::isVisible).queryAll()) {
            switch (node) {
                case Labeled label when !label.getText().isBlank() -> sight.append(label.getText()).append('\n');
                case TextField field -> sight.append(field.getId()).append(field.isDisabled() ? " (locked)" : "")
                        .append(": ").append(field.getText()).append('\n');
                default -> {}
            }
        }
        return sight.toString();
    }

    /// Until a sentence of a kind is in sight.
    void untilTold(String query, String begin) {
        until(begin, () -> texts(query).stream().anyMatch(text -> text.startsWith(begin)));
    }

    private static <T> T onFx(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(GUARD.toMillis(), action);
    }

    @Override
    public void close() {
        onFx(() -> {
            desktop.quit();
            return true;
        });
        try {
            ended.get(GUARD.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
