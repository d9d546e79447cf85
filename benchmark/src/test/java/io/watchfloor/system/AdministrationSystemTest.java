package io.watchfloor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.client.app.Desktop;
import io.watchfloor.client.app.Options;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.sync.rest.AuditQuestion;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.client.sync.rest.Sharing;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.GrantRow;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// An administrator, somebody he invites, and what the one may do with what the other has made, in real windows.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AdministrationSystemTest {

    private static final Duration GUARD = Duration.ofMinutes(2);
    private static final String PASSWORD = "a phrase that only ivy knows";

    private final FxRobot robot = new FxRobot();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void invited_ADM5_ADM13_getsEditorByAGroup_losesItInTheOpenWindow_andIsRefusedWhatIsForAdministrators(
            @TempDir Path directory, TestReporter report) throws Exception {
        FxToolkit.registerPrimaryStage();
        try (RunningServer server = new RunningServer(directory); http) {
            URI address = server.address();
            String link = invite(address, directory.resolve("admin"));

            RestClient rest = new RestClient(address, http, Runnable::run);
            Account boss = ok(rest.signIn("admin", RunningServer.PASSWORD));
            Administration administration = new Administration(boss, address);
            DashboardRow wall = ok(boss.createDashboard("Core routers"));
            ok(administration.addGroup("Night shift"));
            ok(Sharing.of(boss, wall.id()).grant(new GrantRow(null, "Night shift", Right.EDIT)));
            ok(Sharing.of(boss, wall.id()).grant(new GrantRow(null, null, Right.VIEW)));

            Desktop desktop = onFx(() -> Desktop.open(options(address, directory.resolve("ivy")), _ -> {}));
            press("#have-invitation");
            fill("#invitation", link);
            fill("#invited-name", "ivy");
            fill("#invited-password", PASSWORD);
            fill("#invited-password-again", PASSWORD);
            press("#accept-invitation");
            until("she is in", () -> isThere("#rail-account"));
            assertThat(onFx(() -> isThere("#rail-administration"))).as("the page of administrators is not hers")
                    .isFalse();

            until("the dashboard is listed", () -> isThere("Core routers"));
            Hands.click(robot, "Core routers");
            until("she may look at it", () -> isThere("#read-only") && !isThere("#edit"));
            ok(administration.addMember("Night shift", "ivy"));
            until("she may edit it", () -> isThere("#edit") && !isThere("#read-only"));

            ok(administration.removeMember("Night shift", "ivy"));
            long lost = System.nanoTime();
            until("the open window is read-only", () -> isThere("#read-only") && !isThere("#edit"));
            report.publishEntry("milliseconds until the window is read-only",
                    Long.toString(Duration.ofNanos(System.nanoTime() - lost).toMillis()));
            until("she is told", () -> told().stream()
                    .anyMatch(text -> text.startsWith("You cannot edit this dashboard any more.")));

            Account ivy = ok(rest.signIn("ivy", PASSWORD));
            assertThat(new Administration(ivy, address).users().join()).isInstanceOf(Outcome.Refused.class);
            AuditQuestion question = new AuditQuestion("ivy", Set.of(), AuditOutcome.REFUSED, null, null);
            assertThat(ok(administration.audit(null, question, 10)).events())
                    .anyMatch(event -> event.action().equals("request") && "ivy".equals(event.actor())
                            && "GET /api/v1/users".equals(event.subject()));
            quit(desktop);
        }
    }

    /// In the administrator's window; the link that he would hand on.
    private String invite(URI address, Path state) throws Exception {
        Desktop desktop = onFx(() -> Desktop.open(options(address, state), _ -> {}));
        until("it asks to sign in", () -> isThere("#name"));
        fill("#name", "admin");
        fill("#password", RunningServer.PASSWORD);
        Hands.click(robot, "#password").push(KeyCode.ENTER);
        press("#rail-administration");
        until("the people are listed", () -> isThere("#people-table") && isThere("admin"));
        press("#part-invitations");
        press("#make-invitation");
        until("the link is shown", () -> isThere("#secret"));
        String link = onFx(() -> ((TextField) robot.lookup("#secret").query()).getText());
        press("#part-audit");
        until("what was done is told", () -> isThere("Invitation made"));
        quit(desktop);
        return link;
    }

    private static Options options(URI address, Path state) {
        return new Options(address, null, null, state, null, null);
    }

    private static void quit(Desktop desktop) {
        onFx(() -> {
            desktop.quit();
            return true;
        });
    }

    private void press(String query) {
        until(query + " is there", () -> isThere(query));
        onFx(() -> {
            ((ButtonBase) shown(query)).fire();
            return true;
        });
    }

    private void fill(String query, String text) {
        until(query + " is there", () -> isThere(query));
        onFx(() -> {
            ((TextField) shown(query)).setText(text);
            return true;
        });
    }

    private List<String> told() {
        return onFx(() -> robot.lookup(".wf-toasts .label").queryAll().stream().map(node -> ((Labeled) node).getText())
                .toList());
    }

    private Node shown(String query) {
        return robot.lookup(query).queryAll().stream().filter(Node::isVisible).findFirst().orElseThrow();
    }

    private boolean isThere(String query) {
        List<Node> found = List.copyOf(robot.lookup(query).queryAll());
        return found.stream().anyMatch(node -> node.isVisible()
                && !(node instanceof Labeled label && label.getText() == null));
    }

    private static <T> T ok(CompletableFuture<Outcome<T>> asked) {
        return switch (asked.orTimeout(GUARD.toSeconds(), TimeUnit.SECONDS).join()) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new AssertionError(refused.sentence());
            case Outcome.Unreachable<T> unreachable -> throw new AssertionError(unreachable.sentence());
        };
    }

    private static <T> T onFx(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(GUARD.toMillis(), action);
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(GUARD).pollInterval(Duration.ofMillis(50)).until(() -> onFx(condition));
    }
}
