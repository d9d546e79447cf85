package io.watchfloor.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.benchmark.desktop.Route;
import io.watchfloor.client.app.Options;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.client.sync.rest.SignIns;
import io.watchfloor.protocol.rest.SessionRow;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

/// One's own account, from the sign-in screen to the account's page, against a real server.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AccountSystemTest {

    private static final String TITLE = "This machine";
    private static final String NEXT_PASSWORD = "yet another";

    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static Options options(URI server, Path state) {
        return new Options(server, null, null, state, null, null);
    }

    @Test
    void administrator_CLI90_CLI91_isLedToASecondFactor_andSignsInWithACodeAndARecoveryCode(@TempDir Path directory)
            throws Exception {
        try (RunningServer server = RunningServer.wantingSecondFactors(directory);
                Hands hands = new Hands(options(server.address(), directory.resolve("state")))) {
            signIn(hands, "admin", RunningServer.PASSWORD);

            hands.until("the picture for the authenticator is there", () -> hands.sees("#factor-qr"));
            Authenticator phone = new Authenticator(hands.typed("#factor-secret"));
            hands.type("#factor-code", wrong(phone) + "\n");
            hands.untilTold(".wf-field-error", "The code is not the one that the authenticator should show now");
            String used = phone.code(0);
            hands.type("#factor-code", used + "\n");
            hands.until("the recovery codes are shown", () -> hands.sees("#recovery-codes"));
            String recovery = hands.typed("#recovery-codes").lines().findFirst().orElseThrow();
            hands.click("#codes-kept");
            hands.until("it lets in", () -> hands.sees(TITLE));

            signOut(hands);
            signIn(hands, "admin", RunningServer.PASSWORD);
            hands.type("#code", used + "\n");
            hands.untilTold(".wf-field-error", "The code is wrong, or was used before");
            hands.type("#code", phone.code(1) + "\n");
            hands.until("the next code lets in", () -> hands.sees(TITLE));

            signOut(hands);
            signIn(hands, "admin", RunningServer.PASSWORD);
            hands.type("#code", recovery + "\n");
            hands.until("a recovery code lets in", () -> hands.sees(TITLE));
            hands.click("#rail-account");
            hands.untilTold("#factor-state",
                    "On: signing in with the password asks for a code of your authenticator too. 9 recovery codes");

            hands.click("#sign-out");
            signIn(hands, "admin", RunningServer.PASSWORD);
            hands.type("#code", recovery + "\n");
            hands.untilTold(".wf-field-error", "The code is wrong, or was used before");
        }
    }

    @Test
    void password_CLI92_CLI93_CLI94_isChanged_andThisDesktopGoesOn_untilItsSignInIsEndedFromElsewhere(
            @TempDir Path directory)
            throws Exception {
        try (RunningServer server = new RunningServer(directory);
                HttpClient http = HttpClient.newHttpClient();
                Hands hands = new Hands(options(server.address(), directory.resolve("state")))) {
            signIn(hands, "admin", RunningServer.PASSWORD);
            hands.until("it lets in", () -> hands.sees(TITLE));
            Account other = signIn(new RestClient(server.address(), http, Runnable::run), RunningServer.PASSWORD);

            hands.click("#rail-account");
            hands.until("both sign-ins are listed", () -> hands.texts(".wf-sign-in-row .wf-strong").size() == 2);
            hands.click("#account-password");
            hands.type("#old-password", "not my password at all");
            hands.type("#new-password", NEXT_PASSWORD);
            hands.type("#new-password-again", NEXT_PASSWORD + "\n");
            hands.untilTold(".wf-field-error", "The old password is wrong.");
            hands.type("#new-password", "password123");
            hands.type("#new-password-again", "password123");
            hands.type("#old-password", RunningServer.PASSWORD + "\n");
            hands.untilTold(".wf-field-error", "The new password is one of those that are tried first");
            hands.type("#new-password", NEXT_PASSWORD);
            hands.type("#new-password-again", NEXT_PASSWORD + "\n");
            hands.untilTold(".wf-toast .label", "The password is changed.");

            hands.until("this sign-in alone is left", () -> hands.texts(".wf-sign-in-row .wf-strong").size() == 1);
            assertThat(hands.texts(".wf-sign-in-row .wf-strong")).as("CLI-94").doesNotContain(
                    "A program that told no name");
            assertThat(hands.texts(".wf-sign-in-row .wf-badge")).containsExactly("This desktop");
            hands.until("it is connected", () -> hands.texts("#connection").contains("Connected"));
            assertThat(done(SignIns.of(other).list())).isInstanceOf(Outcome.Refused.class);
            assertThat(
                    done(new RestClient(server.address(), http, Runnable::run).signIn("admin", RunningServer.PASSWORD)))
                    .isInstanceOf(Outcome.Refused.class);

            Account third = signIn(new RestClient(server.address(), http, Runnable::run), NEXT_PASSWORD);
            SessionRow first = ok(SignIns.of(third).list()).sessions().stream().filter(row -> !row.current())
                    .findFirst().orElseThrow();
            ok(SignIns.of(third).end(first.id()));
            hands.untilTold(".wf-entry-why", "This sign-in was ended.");
        }
    }

    @Test
    void signIn_CLI93_endedFromAnotherDesktop_isToldOnTheFirst_whoseUnsentEditsAreSentAfterTheNextSignIn(
            @TempDir Path directory) throws Exception {
        try (RunningServer server = new RunningServer(directory);
                Route route = new Route(server.address());
                HttpClient http = HttpClient.newHttpClient();
                Hands hands = new Hands(options(route.address(), directory.resolve("state")))) {
            signIn(hands, "admin", RunningServer.PASSWORD);
            hands.click(TITLE);
            hands.until("its widgets are there", () -> hands.sees(".wf-widget"));
            hands.until("it is connected", () -> hands.texts("#connection").contains("Connected"));

            route.cut();
            hands.press("#" + hands.id(".wf-widget"), KeyCode.DOWN);
            hands.until("the edit is kept", () -> hands.texts("#connection").getFirst().endsWith("1 edit kept here."));
            Account other = signIn(new RestClient(server.address(), http, Runnable::run), RunningServer.PASSWORD);
            endAllOthers(other);
            route.mend();

            hands.untilTold(".wf-entry-why", "The sign-in has ended");
            assertThat(hands.texts(".wf-entry-why").getFirst()).contains("1 edit has not reached the server");
            hands.type("#password", RunningServer.PASSWORD + "\n");
            hands.until("it lets in", () -> hands.sees(TITLE));
            hands.until("the edit was sent", () -> hands.texts("#unsent").contains("All edits saved"));
        }
    }

    private static void endAllOthers(Account account) throws Exception {
        ok(SignIns.of(account).endOthers());
    }

    private static Account signIn(RestClient rest, String password) throws Exception {
        return ok(rest.signIn("admin", password));
    }

    private static <T> T ok(CompletableFuture<Outcome<T>> asked) throws Exception {
        return switch (done(asked)) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new AssertionError(refused.sentence());
            case Outcome.Unreachable<T> unreachable -> throw new AssertionError(unreachable.sentence());
        };
    }

    private static <T> T done(CompletableFuture<T> asked) throws Exception {
        return asked.get(60, TimeUnit.SECONDS);
    }

    private static void signIn(Hands hands, String name, String password) {
        hands.type("#name", name);
        hands.type("#password", password + "\n");
    }

    private static void signOut(Hands hands) {
        hands.click("#rail-account");
        hands.click("#sign-out");
    }

    private static String wrong(Authenticator phone) {
        String right = phone.code(0);
        return String.valueOf((char) ('0' + (right.charAt(0) - '0' + 5) % 10)) + right.substring(1);
    }
}
