package io.watchfloor.client.view.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.sync.trust.UnknownServer;
import io.watchfloor.client.theme.Theme;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// What is asked where nobody vouches for a server.
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set by start, which the extension calls first
class TrustQuestionFxTest {

    private static final URI SERVER = URI.create("https://wall.example");
    private static final String FIRST = "0A:1B:2C:3D:4E:5F:60:71:82:93:A4:B5:C6:D7:E8:F9";
    private static final String SECOND = "F0:E1:D2:C3:B4:A5:96:87:78:69:5A:4B:3C:2D:1E:0F";

    private final FxRobot robot = new FxRobot();
    private final List<Boolean> answers = new ArrayList<>();
    private StackPane root;

    @Start
    void start(Stage stage) {
        root = new StackPane();
        Scene scene = new Scene(root, 900, 700);
        Theme.apply(scene, Theme.DARK);
        stage.setScene(scene);
        stage.show();
    }

    private void ask(String subject, boolean changed) {
        onFx(() -> {
            new TrustQuestion(SERVER, new UnknownServer(FIRST + ":" + SECOND, subject,
                    Instant.parse("2027-01-02T03:04:05Z"), changed)).show(root, answers::add);
            return true;
        });
    }

    @Test
    void firstUse_LIM20_showsTheFingerprintWhole_andEnterDoesNotConnect() {
        ask("CN=wall.example", false);
        assertThat(texts()).contains("Trust this server?");
        assertThat(text()).startsWith("Nobody vouches for the certificate of wall.example.")
                .contains("\n" + FIRST + ":\n" + SECOND + "\n").endsWith("For CN=wall.example, until 2027-01-02.");
        assertThat(onFx(() -> robot.lookup("#answer-no").query().isFocused())).isTrue();
        robot.push(KeyCode.ENTER);
        assertThat(answers).containsExactly(false);
        assertThat(onFx(() -> root.getChildren().isEmpty())).isTrue();
    }

    @Test
    void firstUse_LIM20_isTrustedOnlyByThePersonsOwnAct() {
        ask("CN=wall.example", false);
        robot.push(KeyCode.ESCAPE);
        ask("CN=wall.example", false);
        robot.clickOn(FxThread.middle(() -> robot.lookup("#answer-yes").query()));
        assertThat(answers).containsExactly(false, true);
    }

    @Test
    void changedFingerprint_LIM20_isRefusedUnlessThePersonDecidesOtherwise_andIsToldWhatItMayMean() {
        ask("CN=wall.example", true);
        assertThat(texts()).contains("Another certificate");
        assertThat(text())
                .startsWith("The certificate of wall.example is not the one that you trusted before. Either it"
                        + " was renewed, or somebody stands between you and the server: ask its administrator.")
                .contains(SECOND);
        robot.push(KeyCode.ENTER);
        ask("CN=wall.example", true);
        robot.push(KeyCode.ESCAPE);
        assertThat(answers).containsExactly(false, false);
    }

    @Test
    void subject_TXT26_cannotPassForAFingerprint() {
        ask("CN=wall\n\nSHA-256 fingerprint:\n" + SECOND + "\u202e" + "x".repeat(500), false);
        assertThat(text().lines().filter(line -> line.startsWith("SHA-256"))).hasSize(1);
        assertThat(text()).doesNotContain("\u202e");
        assertThat(text().lines().toList().getLast()).startsWith("For CN=wall").hasSizeLessThan(200);
    }

    /// The question had a default button of its own.
    @Test
    void refused_LIM20_leavesTheFormBelowToBeSentWithEnter() {
        List<URI> asked = new ArrayList<>();
        SignInModel model = new SignInModel((server, _, _, _) -> {
            asked.add(server);
            return new CompletableFuture<>();
        }, new Pause(() -> 0));
        model.nameProperty().set("anna");
        model.passwordProperty().set("secret");
        SignInView view = new SignInView(model, () -> {});
        onFx(() -> root.getChildren().add(view.node()));
        ask("CN=wall.example", false);
        robot.push(KeyCode.ESCAPE);
        onFx(() -> {
            model.serverProperty().set("http://other.example");
            view.focus();
            return true;
        });
        robot.push(KeyCode.ENTER);
        assertThat(asked).containsExactly(URI.create("http://other.example"));
    }

    private List<String> texts() {
        return onFx(() -> robot.lookup(".label").queryAll().stream().filter(Node::isVisible).map(Labeled.class::cast)
                .map(Labeled::getText).toList());
    }

    /// Of the question.
    private String text() {
        return texts().stream().filter(text -> text.contains("fingerprint")).findFirst().orElseThrow();
    }

    private static <T> T onFx(Callable<T> action) {
        T result = WaitForAsyncUtils.waitForAsyncFx(60_000, action);
        FxThread.settle();
        return result;
    }
}
