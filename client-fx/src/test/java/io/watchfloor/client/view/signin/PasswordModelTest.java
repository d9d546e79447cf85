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
        });
    }

    @Test
    void thePasswordJustSignedInWith_isNotAskedForAgain() {
        PasswordModel model = model("old");
        model.newPasswordProperty().set("new");
        model.againProperty().set("new");
        model.submit();

        assertThat(model.asksForOld()).isFalse();
        assertThat(asked).containsExactly("old -> new");
    }

    @Test
    void twoDifferentOnes_orTheOldOneAgain_areNotSent() {
        PasswordModel model = model("old");
        model.newPasswordProperty().set("new");
        model.againProperty().set("mew");
        model.submit();
        assertThat(model.againErrorProperty().get()).isEqualTo("The two are not the same.");

        model.newPasswordProperty().set("old");
        model.againProperty().set("old");
        model.submit();
        assertThat(model.newErrorProperty().get()).isEqualTo("Choose a password other than the one you have now.");
        assertThat(asked).isEmpty();
    }

    @Test
    void theServersReason_isToldAtTheNewPassword() {
        answer = new Outcome.Refused<>(400, "invalid", "A password has at least 12 characters.");
        PasswordModel model = model("old");
        model.newPasswordProperty().set("new");
        model.againProperty().set("new");
        model.submit();

        assertThat(model.newErrorProperty().get()).isEqualTo("A password has at least 12 characters.");
        assertThat(model.newPasswordProperty().get()).isEqualTo("new");
    }
}
