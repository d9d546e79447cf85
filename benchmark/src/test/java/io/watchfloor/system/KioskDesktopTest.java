package io.watchfloor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.client.app.Desktop;
import io.watchfloor.client.app.Options;
import io.watchfloor.protocol.rest.KioskRow;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.http.ListenAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// A desktop as a wall screen, with a whole server.
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class KioskDesktopTest {

    private static final Duration GUARD = Duration.ofMinutes(2);
    private static final String WIDGET = ".wf-widget";

    private final FxRobot robot = new FxRobot();

    @Test
    void wallScreen_ACC40_ACC41_ACC42_isEnrolledOnce_survivesRestarts_andGoesDarkWhenItIsTakenBack(
            @TempDir Path directory) throws Exception {
        FxToolkit.registerPrimaryStage();
        Path data = PreparedDatabase.in(directory.resolve("data"));
        Path code = directory.resolve("code");
        Path key = directory.resolve("device").resolve("kiosk.key");
        Path state = directory.resolve("state");
        Options enrolling;
        URI address;
        try (WatchfloorServer server = server(data, 0)) {
            address = server.address();
            command(data, "kiosk", "add", "lobby", "--dashboard", "This machine", "--code-file", code.toString());
            enrolling = new Options(address, null, null, state, null, null)
                    .as(new Options.Kiosk(key, code));
            Running first = new Running(enrolling);
            until("its dashboard is shown", () -> robot.lookup(WIDGET).queryAll().size() > 5);
            assertThat(onFx(() -> robot.lookup("#rail-theme").queryAll())).as("nothing leads elsewhere").isEmpty();
            assertThat(code).doesNotExist();
            assertThat(key).exists();
            first.quit();
            assertThat(holds(state, Files.readAllLines(key).get(1))).as("the key is in no other file").isFalse();
        }
        Options again = new Options(null, null, null, state, null, null)
                .as(new Options.Kiosk(key, null));
        try (WatchfloorServer server = server(data, address.getPort())) {
            Running second = new Running(again);
            until("it shows it again", () -> robot.lookup(WIDGET).queryAll().size() > 5);
            until("and is connected", () -> robot.lookup("#connection").queryAll().stream()
                    .anyMatch(node -> node instanceof Label label && label.getText().startsWith("Connected")));
            command(data, "kiosk", "remove", "lobby");
            until("it is dark", () -> robot.lookup("#waiting").queryAll().stream().anyMatch(Node::isVisible));
            until("and shows nothing", () -> robot.lookup(WIDGET).queryAll().isEmpty());
            second.quit();
            assertThat(server.address()).isEqualTo(address);
        }
    }

    @Test
    void wallScreen_ADM6_isSetUpChangedAndRemovedInAnAdministratorsWindow(@TempDir Path directory) throws Exception {
        FxToolkit.registerPrimaryStage();
        try (WatchfloorServer server = server(directory.resolve("data"), 0);
                Hands hands = new Hands(
                        new Options(server.address(), null, null, directory.resolve("admin"), null, null))) {
            hands.type("#name", "admin");
            hands.type("#password", "correct horse\n");
            hands.click("#rail-administration");
            hands.click("#part-walls");
            hands.type("#screen-name", "lobby");
            choose(hands, "This machine");
            hands.click("#make-screen");
            hands.until("the code is shown", () -> hands.sees("#secret"));
            Path code = Files.writeString(directory.resolve("kiosk.code"), hands.typed("#secret"));
            assertThat(hands.typed("#command")).contains("--server " + server.address());
            hands.click("#secret-done");
            hands.until("it is listed", () -> hands.sees("Waits for its machine"));

            Running wall = new Running(new Options(server.address(), null, null, directory.resolve("wall"), null, null)
                    .as(new Options.Kiosk(directory.resolve("kiosk.key"), code)));
            until("its dashboard is shown", () -> robot.lookup(WIDGET).queryAll().size() > 5);
            until("it is on", () -> hands.sees("On"));
            until("the row is there", () -> hands.sees("lobby"));
            onFx(() -> {
                robot.lookup("#screens-table").<TableView<KioskRow>>query().getSelectionModel().select(0);
                return true;
            });
            // the wall's window lies over this one
            fire(hands, "#remove-screen");
            fire(hands, "#remove-screen-now");
            until("it is dark", () -> robot.lookup(WIDGET).queryAll().isEmpty());
            until("it is listed no more", () -> !hands.sees("On"));
            wall.quit();
        }
    }

    private void fire(Hands hands, String query) {
        hands.until(query + " is there", () -> hands.sees(query));
        onFx(() -> {
            robot.lookup(query).queryButton().fire();
            return true;
        });
    }

    private void choose(Hands hands, String title) {
        hands.until("the dashboards are known", () -> hands.sees("#add-dashboard")
                && !robot.lookup("#add-dashboard").queryAs(MenuButton.class).getItems().isEmpty());
        onFx(() -> {
            robot.lookup("#add-dashboard").queryAs(MenuButton.class).getItems().stream()
                    .filter(item -> title.equals(item.getText())).findFirst().orElseThrow().fire();
            return true;
        });
    }

    private static boolean holds(Path folder, String text) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                        .contains(text.split(" ", -1)[0])) {
                    return true;
                }
            }
            return false;
        }
    }

    private static WatchfloorServer server(Path data, int port) throws Exception {
        return WatchfloorServer.start(new ServerConfig("wall", data,
                new Listening(new ListenAddress("127.0.0.1", port), null, false), new DatabaseChoice.Embedded(), null,
                Duration.ofDays(30), new AtStart("correct horse", Map.of(), null)));
    }

    private static void command(Path data, String... words) throws Exception {
        Path said = data.resolveSibling("said");
        String[] all = Stream.concat(Stream.of(words), Stream.of("--data-dir", data.toString()))
                .toArray(String[]::new);
        Process process = new ProcessBuilder(Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                        "io.watchfloor.server.Main"),
                Stream.of(all)).toList()).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", all) + "\n" + Files.readString(said)).isZero();
    }

    private static final class Running {

        private final CompletableFuture<Integer> ended = new CompletableFuture<>();
        private final Desktop desktop;

        Running(Options options) {
            desktop = onFx(() -> Desktop.open(options, ended::complete));
        }

        void quit() throws Exception {
            onFx(() -> {
                desktop.quit();
                return true;
            });
            assertThat(ended.get(GUARD.toSeconds(), TimeUnit.SECONDS)).isZero();
        }
    }

    private static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(GUARD.toMillis(), work);
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(GUARD).pollInterval(Duration.ofMillis(200)).until(() -> onFx(condition));
    }
}
