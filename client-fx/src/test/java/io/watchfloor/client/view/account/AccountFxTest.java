package io.watchfloor.client.view.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.sync.rest.Account.Done;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.SignIns;
import io.watchfloor.client.theme.Theme;
import io.watchfloor.client.view.factor.FakeFactor;
import io.watchfloor.client.view.signin.Pause;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.FactorState;
import io.watchfloor.protocol.rest.SessionList;
import io.watchfloor.protocol.rest.SessionRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/// The account's page, without a server.
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set by start, which the extension calls first
class AccountFxTest {

    private static final String OFFER = "Your second factor has changed. End all other sign-ins too? Each has to sign in"
            + " again.";
    private static final Duration GUARD = Duration.ofSeconds(60);
    private static final long NOW = 1_794_700_226_450L;
    private static final SessionRow HERE = new SessionRow("1", "desk-4", "10.1.2.3", NOW - 600_000, NOW - 60_000, true);
    private static final SessionRow WALL = new SessionRow("2", "wall-left", "10.1.2.9", NOW - 86_400_000, NOW - 240_000,
            false);
    private static final SessionRow NIGHT = new SessionRow("3", "", "127.0.0.1", NOW - 86_400_000, NOW - 7_200_000,
            false);

    private final FxRobot robot = new FxRobot();
    private final FakeFactor factor = new FakeFactor();
    private final List<String> told = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private List<SessionRow> rows = List.of(WALL, HERE, NIGHT);
    private boolean offline;
    private Outcome<String> changed = new Outcome.Ok<>("done");
    private Optional<Path> place = Optional.empty();
    private AccountModel model;
    private AccountView view;

    @Start
    void start(Stage stage) {
        SignIns signIns = new SignIns() {

            private <T> CompletableFuture<Outcome<T>> answer(T value) {
                return CompletableFuture.completedFuture(offline
                        ? new Outcome.Unreachable<>("No server answers at wall.")
                        : new Outcome.Ok<>(value));
            }

            @Override
            public CompletableFuture<Outcome<SessionList>> list() {
                return answer(new SessionList(rows));
            }

            @Override
            public CompletableFuture<Outcome<Done>> end(String id) {
                if (!offline) {
                    rows = rows.stream().filter(row -> !row.id().equals(id)).toList();
                }
                return answer(new Done());
            }

            @Override
            public CompletableFuture<Outcome<Done>> endOthers() {
                rows = rows.stream().filter(SessionRow::current).toList();
                return answer(new Done());
            }
        };
        model = new AccountModel(new AccountModel.Who("anna", Role.ADMIN, "https://wall.example"),
                (before, after) -> {
                    changes.add(before + " -> " + after);
                    return CompletableFuture.completedFuture(changed);
                }, new FactorModel(factor, () -> new Pause(() -> 0), told::add),
                new SignInsModel(signIns, () -> NOW, ZoneOffset.UTC, told::add), told::add, () -> told.add("out"));
        view = new AccountView(model, _ -> place);
        Scene scene = new Scene((javafx.scene.Parent) view.node(), 900, 900);
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
    }

    @Test
    void signIns_areToldInPlainWords_theOwnOneFirst() {
        assertThat(texts(".wf-sign-in-row .wf-strong")).containsExactly("desk-4", "wall-left",
                "A program that told no name");
        assertThat(texts(".wf-sign-in-row .wf-caption")).containsExactly(
                "From 10.1.2.3, since 14 Nov, 23:40, in use now",
                "From 10.1.2.9, since 13 Nov, 23:50, last seen 4\u202Fmin ago",
                "On the server's own machine, since 13 Nov, 23:50, last seen 2\u202Fh ago");
        assertThat(texts(".wf-sign-in-row .wf-badge")).containsExactly("This desktop");
    }

    @Test
    void oneSignIn_isEnded_onceThatWasAskedFor_andEscapeTakesTheQuestionBack() {
        press(".wf-end-sign-in");
        until("the question is asked", () -> isThere(".wf-end-sign-in-yes"));
        robot.push(KeyCode.ESCAPE);
        until("it is taken back", () -> !isThere(".wf-end-sign-in-yes"));
        press(".wf-end-sign-in");
        press(".wf-end-sign-in-yes");
        until("it is gone", () -> !texts(".wf-sign-in-row .wf-strong").contains("wall-left"));
        assertThat(told).containsExactly("The sign-in on 'wall-left' has ended.");
    }

    @Test
    void questionAboutAllOthers_isTakenBack_whereTheyHaveEndedMeanwhile() {
        press("#end-others");
        until("the question is asked", () -> isThere(".wf-end-sign-in-yes"));
        rows = List.of(HERE);
        onFx(() -> {
            model.signIns().refresh();
            return true;
        });
        until("it is taken back", () -> !isThere(".wf-end-sign-in-yes"));
        assertThat(isThere("#end-others")).isFalse();
    }

    @Test
    void allOthers_areEnded_andThenThereIsNothingLeftToEnd() {
        press("#end-others");
        press(".wf-end-sign-in-yes");
        until("one is left", () -> texts(".wf-sign-in-row .wf-strong").equals(List.of("desk-4")));
        assertThat(isThere("#end-others")).isFalse();
    }

    @Test
    void withoutAServer_thePageSaysThatItNeedsOne_andKeepsWhatItKnows() {
        offline = true;
        press(".wf-end-sign-in");
        press(".wf-end-sign-in-yes");
        until("it is told", () -> texts("#sign-ins-error").equals(List.of("No server answers at wall. Your account is"
                + " kept there: this works again once it can be reached.")));
        assertThat(texts(".wf-sign-in-row .wf-strong")).hasSize(3);
    }

    @Test
    void password_isChangedByKeyboard_andTheFieldsCloseAfterwards() {
        onFx(() -> {
            robot.lookup("#account-password").query().requestFocus();
            return true;
        });
        robot.push(KeyCode.SPACE);
        until("the fields are there", () -> isThere("#old-password"));
        robot.write("my old one").push(KeyCode.TAB).write("my new one").push(KeyCode.TAB).write("my new one")
                .push(KeyCode.ENTER);
        until("the fields are closed", () -> !isThere("#old-password"));
        assertThat(changes).containsExactly("my old one -> my new one");
        assertThat(told).containsExactly("The password is changed. Your sign-ins everywhere else have ended.");
        assertThat(onFx(() -> robot.lookup("#account-password").query().isFocused())).isTrue();
    }

    @Test
    void password_isChangedWithEnter_alsoWhileThePasswordOfTheFactorIsAskedForBelow() {
        press("#account-password");
        press("#factor-add");
        until("both ask", () -> isThere("#old-password") && isThere("#factor-password"));
        press("#old-password");
        robot.write("my old one").push(KeyCode.TAB).write("my new one").push(KeyCode.TAB).write("my new one")
                .push(KeyCode.ENTER);
        until("it is changed", () -> changes.equals(List.of("my old one -> my new one")));
        press("#factor-password");
        robot.write(FakeFactor.PASSWORD).push(KeyCode.ENTER);
        until("the picture is there", () -> isThere("#factor-qr"));
    }

    @Test
    void refusedPassword_isToldInTheServersWords() {
        changed = new Outcome.Refused<>(400, "invalid", "The new password is one of those that are tried first.",
                "newPassword", 0);
        press("#account-password");
        press("#old-password");
        robot.write("my old one");
        press("#new-password");
        robot.write("password1");
        press("#new-password-again");
        robot.write("password1").push(KeyCode.ENTER);
        until("it is told", () -> texts(".wf-field-error").contains(
                "The new password is one of those that are tried first."));
        robot.push(KeyCode.ESCAPE);
        until("the fields are closed", () -> !isThere("#old-password"));
    }

    @Test
    void factor_isAdded_withThePictureTheKeyAndACode_andItsRecoveryCodesAreSaved(@TempDir Path directory)
            throws Exception {
        place = Optional.of(directory.resolve("codes.txt"));
        press("#factor-add");
        robot.write(FakeFactor.PASSWORD).push(KeyCode.ENTER);
        until("the picture is there", () -> isThere("#factor-qr"));
        assertThat(onFx(() -> robot.lookup("#factor-qr").query().getAccessibleText())).startsWith("QR code");
        press("#copy-secret");
        assertThat(onFx(() -> Clipboard.getSystemClipboard().getString())).isEqualTo(FakeFactor.ENROLMENT.secret());
        press("#factor-code");
        robot.write("000000").push(KeyCode.ENTER);
        until("a wrong code is told", () -> texts(".wf-field-error").contains("The code is not the one."));
        press("#factor-code");
        robot.push(KeyCode.CONTROL, KeyCode.A).write(FakeFactor.CODE).push(KeyCode.ENTER);
        until("the recovery codes are there", () -> isThere("#recovery-codes"));
        robot.push(KeyCode.ESCAPE);
        assertThat(isThere("#recovery-codes")).as("a key does not lose them").isTrue();
        press("#save-codes");
        assertThat(Files.readString(directory.resolve("codes.txt"))).contains(FakeFactor.CODES);
        press("#codes-kept");
        until("it is on", () -> texts("#factor-state").getFirst().startsWith("On: "));
        assertThat(told).containsExactly("The second factor is on.");
    }

    /// ASVS 7.4.3: whoever changes a factor because it may be known to somebody else is asked about that one's sign-ins.
    @Test
    void otherSignIns_areOfferedToBeEnded_afterAFactorWasAddedOrMadeAnewOrRemoved() {
        press("#factor-add");
        robot.write(FakeFactor.PASSWORD).push(KeyCode.ENTER);
        until("the picture is there", () -> isThere("#factor-qr"));
        press("#factor-code");
        robot.write(FakeFactor.CODE).push(KeyCode.ENTER);
        press("#codes-kept");
        until("it is offered", () -> texts(".wf-sign-in-row .label").contains(OFFER));
        robot.push(KeyCode.ESCAPE);
        until("it is taken back", () -> !texts(".wf-sign-in-row .label").contains(OFFER));
        assertThat(texts(".wf-sign-in-row .wf-strong")).hasSize(3);

        press("#factor-codes");
        robot.write(FakeFactor.PASSWORD).push(KeyCode.ENTER);
        press("#codes-kept");
        until("it is offered after new codes too", () -> texts(".wf-sign-in-row .label").contains(OFFER));

        rows = List.of(HERE);
        onFx(() -> {
            model.signIns().refresh();
            return true;
        });
        until("it is taken back where there is no other", () -> !texts(".wf-sign-in-row .label").contains(OFFER));
        rows = List.of(WALL, HERE, NIGHT);

        turn(new FactorState(true, false, 9));
        press("#factor-remove");
        robot.write(FakeFactor.PASSWORD).push(KeyCode.ENTER);
        until("it is offered after a removal too", () -> texts("#factor-state").getFirst().startsWith("Off.")
                && texts(".wf-sign-in-row .label").contains(OFFER));
        press(".wf-end-sign-in-yes");
        until("one is left", () -> texts(".wf-sign-in-row .wf-strong").equals(List.of("desk-4")));
        assertThat(told).endsWith("All other sign-ins have ended.");
    }

    @Test
    void factor_thatTheRoleNeedNotHave_isRemovedWithThePassword_andOneThatItMustHaveIsNot() {
        turn(new FactorState(true, true, 2));
        assertThat(isThere("#factor-remove")).isFalse();
        assertThat(texts(".wf-warn-text")).contains("Make new recovery codes before the last one is used.");

        turn(new FactorState(true, false, 2));
        press("#factor-remove");
        robot.write("wrong").push(KeyCode.ENTER);
        until("a wrong password is told", () -> texts(".wf-field-error").contains("The password is wrong."));
        robot.push(KeyCode.CONTROL, KeyCode.A).write(FakeFactor.PASSWORD).push(KeyCode.ENTER);
        until("it is off", () -> texts("#factor-state").getFirst().startsWith("Off."));
    }

    @Test
    void recoveryCodes_areMadeAnewWithThePassword() {
        turn(new FactorState(true, true, 1));
        press("#factor-codes");
        robot.write(FakeFactor.PASSWORD).push(KeyCode.ENTER);
        until("they are shown", () -> isThere("#recovery-codes"));
        press("#codes-kept");
        until("they are gone", () -> !isThere("#recovery-codes"));
        assertThat(told).containsExactly("Your earlier recovery codes are void.");
    }

    private void turn(FactorState state) {
        onFx(() -> {
            factor.state = state;
            model.refresh();
            return true;
        });
        FxThread.settle();
    }

    private void press(String query) {
        FxThread.settle();
        robot.clickOn(FxThread.middle(() -> robot.lookup(query).queryAll().stream().filter(Node::isVisible).findFirst()
                .orElseThrow()));
        FxThread.settle();
    }

    private boolean isThere(String query) {
        return onFx(() -> robot.lookup(query).queryAll().stream().anyMatch(Node::isVisible));
    }

    private List<String> texts(String query) {
        return onFx(() -> robot.lookup(query).queryAll().stream().filter(Node::isVisible).map(Labeled.class::cast)
                .map(Labeled::getText).toList());
    }

    private static <T> T onFx(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(GUARD.toMillis(), action);
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(GUARD).until(condition);
    }
}
