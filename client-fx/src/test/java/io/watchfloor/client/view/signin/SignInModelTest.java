package io.watchfloor.client.view.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.rest.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SignInModelTest {

    private final List<String> asked = new ArrayList<>();
    private CompletableFuture<Outcome<String>> answer = new CompletableFuture<>();
    private long now;
    private final SignInModel model = new SignInModel((server, name, password, code) -> {
        asked.add(server + " " + name + " " + password + (code == null ? "" : " " + code));
        return answer;
    }, new Pause(() -> now));

    private void fill() {
        model.serverProperty().set("wall.example:7470/");
        model.nameProperty().set(" anna ");
        model.passwordProperty().set(" pass word ");
    }

    @Test
    void submit_asksOnce_whileAnAnswerIsAwaited() {
        fill();
        model.submit();
        model.submit();

        assertThat(asked).containsExactly("http://wall.example:7470 anna  pass word ");
        assertThat(model.busyProperty().get()).isTrue();
    }

    @Test
    void whatIsMissing_isToldAtItsField_andNothingIsSent() {
        model.serverProperty().set("not an address");
        model.submit();

        assertThat(asked).isEmpty();
        assertThat(model.nameErrorProperty().get()).isEqualTo("Enter your name.");
        assertThat(model.passwordErrorProperty().get()).isEqualTo("Enter your password.");
        assertThat(model.serverErrorProperty().get()).contains("'not an address' is not the address of a server");
    }

    @Test
    void refusal_isToldAtThePassword_andLeavesWhenItIsTypedAnew() {
        fill();
        answer.complete(new Outcome.Refused<>(401, "wrong-credentials", "Name or password is wrong."));
        model.submit();

        assertThat(model.passwordErrorProperty().get()).isEqualTo("Name or password is wrong.");
        assertThat(model.busyProperty().get()).isFalse();
        model.passwordProperty().set("other");
        assertThat(model.passwordErrorProperty().get()).isEmpty();
    }

    @Test
    void silence_isToldAtTheServer_andThePasswordStays() {
        fill();
        answer.complete(new Outcome.Unreachable<>("wall.example does not answer."));
        model.submit();

        assertThat(model.serverErrorProperty().get()).isEqualTo("wall.example does not answer.");
        assertThat(model.passwordProperty().get()).isEqualTo(" pass word ");
    }

    @Test
    void success_forgetsThePassword() {
        fill();
        answer.complete(new Outcome.Ok<>("in"));
        model.submit();

        assertThat(model.passwordProperty().get()).isEmpty();
    }

    @Test
    void anOpenLine_isWarnedOf_butNotOnTheOwnMachine() {
        model.serverProperty().set("http://wall.example");
        assertThat(model.warningProperty().get()).startsWith("Not encrypted");
        model.serverProperty().set("https://wall.example");
        assertThat(model.warningProperty().get()).isEmpty();
        model.serverProperty().set("127.0.0.1:7470");
        assertThat(model.warningProperty().get()).isEmpty();
    }

    @Test
    void address_isReadAsPeopleWriteIt() {
        assertThat(ServerAddress.parse(" wall:80// ")).isEqualTo(URI.create("http://wall:80"));
        assertThat(ServerAddress.parse("https://wall/base")).isEqualTo(URI.create("https://wall/base"));
    }

    private void answer(Outcome<String> next) {
        answer = CompletableFuture.completedFuture(next);
        model.submit();
    }

    private void reachTheCode() {
        fill();
        answer(new Outcome.Refused<>(401, "second-factor-needed", "Enter the code.", "code", 0));
    }

    @Test
    void aRightPassword_ofAnAccountWithASecondFactor_leadsToTheCode() {
        reachTheCode();
        assertThat(model.codeAskedProperty().get()).isTrue();
        assertThat(model.codeErrorProperty().get()).isEmpty();

        model.submit();
        assertThat(model.codeErrorProperty().get()).isEqualTo("Enter the code.");
        assertThat(asked).hasSize(1);

        model.codeProperty().set(" 123 456 ");
        answer(new Outcome.Ok<>("in"));
        assertThat(asked).last().isEqualTo("http://wall.example:7470 anna  pass word  123456");
        assertThat(model.codeProperty().get()).isEmpty();
        assertThat(model.passwordProperty().get()).isEmpty();
    }

    @Test
    void aWrongOrUsedCode_isToldThere_andThePasswordNeedNotBeTypedAgain() {
        reachTheCode();
        model.codeProperty().set("111111");
        answer(new Outcome.Refused<>(401, "wrong-credentials", "The code is wrong, or was used before.", "code", 0));

        assertThat(model.codeAskedProperty().get()).isTrue();
        assertThat(model.codeErrorProperty().get()).isEqualTo("The code is wrong, or was used before.");
        model.codeProperty().set("222222");
        assertThat(model.codeErrorProperty().get()).isEmpty();
    }

    @Test
    void aPasswordThatIsNoLongerRight_leadsBackToIt() {
        reachTheCode();
        model.codeProperty().set("111111");
        answer(new Outcome.Refused<>(401, "wrong-credentials", "The name or the password is wrong."));

        assertThat(model.codeAskedProperty().get()).isFalse();
        assertThat(model.passwordErrorProperty().get()).isEqualTo("The name or the password is wrong.");
    }

    @Test
    void tooManyAttempts_areCountedDown_andNothingIsSentMeanwhile() {
        reachTheCode();
        model.codeProperty().set("111111");
        answer(new Outcome.Refused<>(429, "too-many-requests", "Later.", "", 30));
        assertThat(model.codeErrorProperty().get()).isEqualTo("Too many attempts have failed. Try again in 30 s.");

        now = 28_500;
        model.pause().tick();
        model.codeProperty().set("222222");
        assertThat(model.codeErrorProperty().get()).isEqualTo("Too many attempts have failed. Try again in 2 s.");
        model.submit();
        assertThat(asked).hasSize(2);

        now = 30_000;
        model.pause().tick();
        assertThat(model.codeErrorProperty().get()).isEmpty();
        answer(new Outcome.Ok<>("in"));
        assertThat(asked).hasSize(3);
    }

    @Test
    void goingBack_forgetsPasswordAndCode() {
        reachTheCode();
        model.codeProperty().set("111111");
        model.back();

        assertThat(model.codeAskedProperty().get()).isFalse();
        assertThat(model.passwordProperty().get()).isEmpty();
        assertThat(model.codeProperty().get()).isEmpty();
    }
}
