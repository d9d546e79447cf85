package io.watchfloor.client.view.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.rest.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PasswordModelTest {

    private final List<String> asked = new ArrayList<>();
    private Outcome<String> answer = new Outcome.Ok<>("done");

    private PasswordModel model(String known) {
        return new PasswordModel(known, (before, after) -> {
            asked.add(before + " -> " + after);
            return CompletableFuture.completedFuture(answer);
        }, new Pause(() -> 0));
    }

    @Test
    void thePasswordJustSignedInWith_isNotAskedForAgain() {
        PasswordModel model = model("old password");
        model.newPasswordProperty().set("new password");
        model.againProperty().set("new password");
        model.submit();

        assertThat(model.asksForOld()).isFalse();
        assertThat(asked).containsExactly("old password -> new password");
    }

    @Test
    void twoDifferentOnes_orTheOldOneAgain_areNotSent() {
        PasswordModel model = model("old password");
        model.newPasswordProperty().set("new password");
        model.againProperty().set("mew password");
        model.submit();
        assertThat(model.againErrorProperty().get()).isEqualTo("The two are not the same.");

        model.newPasswordProperty().set("old password");
        model.againProperty().set("old password");
        model.submit();
        assertThat(model.newErrorProperty().get()).isEqualTo("Choose a password other than the one you have now.");
        assertThat(asked).isEmpty();
    }

    @Test
    void theServersReason_isToldAtTheNewPassword() {
        answer = new Outcome.Refused<>(400, "invalid", "A password has at least 12 characters.");
        PasswordModel model = model("old password");
        model.newPasswordProperty().set("new password");
        model.againProperty().set("new password");
        model.submit();

        assertThat(model.newErrorProperty().get()).isEqualTo("A password has at least 12 characters.");
        assertThat(model.newPasswordProperty().get()).isEqualTo("new password");
    }

    @Test
    void length_isCountedInCharacters_beforeItIsSent() {
        PasswordModel model = model("old password");
        model.newPasswordProperty().set("seven 7");
        model.againProperty().set("seven 7");
        model.submit();
        assertThat(model.newErrorProperty().get())
                .isEqualTo("The new password must have 8 to 128 characters; this has 7.");
        assertThat(asked).isEmpty();

        String eight = "\uD83D\uDE00".repeat(8);
        model.newPasswordProperty().set(eight);
        model.againProperty().set(eight);
        model.submit();
        assertThat(asked).hasSize(1);
    }

    @Test
    void aWrongOldPassword_isToldThere_andLostAnswersAreSaidToBeUnknown() {
        PasswordModel model = model("");
        model.oldPasswordProperty().set("not it at all");
        model.newPasswordProperty().set("new password");
        model.againProperty().set("new password");
        answer = new Outcome.Refused<>(401, "wrong-credentials", "The old password is wrong.");
        model.submit();
        assertThat(model.oldErrorProperty().get()).isEqualTo("The old password is wrong.");

        answer = new Outcome.Unreachable<>("No server answers at wall.");
        model.submit();
        assertThat(model.newErrorProperty().get()).startsWith("No server answers at wall. Whether the password was");
    }
}
