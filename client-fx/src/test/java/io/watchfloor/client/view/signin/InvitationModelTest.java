package io.watchfloor.client.view.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.client.sync.rest.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InvitationModelTest {

    private static final URI HERE = URI.create("http://127.0.0.1:7470");

    private final List<String> accepted = new ArrayList<>();
    private Outcome<String> answer = new Outcome.Ok<>("");
    private final InvitationModel model = new InvitationModel(HERE, (server, code, name, password) -> {
        accepted.add(server + " " + code + " " + name);
        return CompletableFuture.completedFuture(answer);
    }, new Pause(() -> 0));

    private void fill(String invitation, String name) {
        model.invitationProperty().set(invitation);
        model.nameProperty().set(name);
        model.passwordProperty().set("a fine long password");
        model.againProperty().set("a fine long password");
    }

    @Test
    void link_ADM5_saysTheServer_andTheCodeAloneIsForTheUsualOne() {
        assertThat(Invitation.parse(" https://wall.example:7470#invitation=aB_-9 "))
                .isEqualTo(new Invitation(URI.create("https://wall.example:7470"), "aB_-9"));
        assertThat(Invitation.parse("aB_-9")).isEqualTo(new Invitation(null, "aB_-9"));
        assertThatThrownBy(() -> Invitation.parse("https://wall.example:7470"))
                .hasMessage("This is neither the link of an invitation nor its code. Copy the whole of it.");
        assertThatThrownBy(() -> Invitation.parse("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Invitation.parse("https://wall.example#invitation=secret").toString()).doesNotContain("secret");
    }

    @Test
    void account_ADM5_isMadeAtTheServerOfTheLink_andItIsToldWhere() {
        fill("http://wall.example#invitation=abc", "");
        assertThat(model.whereProperty().get()).isEqualTo("Goes to http://wall.example."
                + " Not encrypted: others on the network could read the password.");
        model.submit();
        fill("abc", " ivy ");
        model.submit();
        assertThat(accepted).containsExactly("http://wall.example abc null", HERE + " abc ivy");
        assertThat(model.passwordProperty().get()).isEmpty();
    }

    @Test
    void refusal_isToldAtItsField_andWhatWasTypedStays() {
        answer = new Outcome.Refused<>(400, "invalid", "This invitation is for \"ivy\".", "name", 0);
        fill("abc", "joe");
        model.submit();
        assertThat(model.nameErrorProperty().get()).isEqualTo("This invitation is for \"ivy\".");
        answer = new Outcome.Refused<>(401, "wrong-credentials", "The invitation is wrong.");
        model.submit();
        assertThat(model.invitationErrorProperty().get()).isEqualTo("The invitation is wrong.");
        assertThat(model.invitationProperty().get()).isEqualTo("abc");
        model.againProperty().set("another");
        model.submit();
        assertThat(model.againErrorProperty().get()).isEqualTo("The two are not the same.");
        assertThat(accepted).hasSize(2);
    }
}
