package io.watchfloor.client.view.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.view.FakeSharing;
import io.watchfloor.client.view.sharing.SharingModel.Candidate;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.AccessRow;
import io.watchfloor.protocol.rest.GrantRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharingModelTest {

    private final FakeSharing server = new FakeSharing();
    private final List<String> told = new ArrayList<>();
    private final List<Runnable> undo = new ArrayList<>();
    private final SharingModel model = new SharingModel(server, new Notices() {

        @Override
        public void show(String sentence) {
            told.add(sentence);
        }

        @Override
        public void show(String sentence, String action, Runnable run) {
            told.add(sentence + " [" + action + "]");
            undo.add(run);
        }
    }, () -> {});

    private String why(String account) {
        return model.people().stream().filter(row -> row.account().equals(account)).findFirst().map(model::why)
                .orElse("is not listed");
    }

    private Right right(String account) {
        return model.people().stream().filter(row -> row.account().equals(account)).findFirst().map(AccessRow::right)
                .orElse(Right.NONE);
    }

    @Test
    void people_ADM10_areTold_withTheReasonForTheirRight() {
        model.refresh();
        model.add(new Candidate.Members("Night shift"), Right.EDIT);
        assertThat(why("anna")).isEqualTo("Made it");
        assertThat(why("root")).isEqualTo("Is an administrator");
        assertThat(why("bob")).isEqualTo("Is in 'Night shift'");
        assertThat(right("carl")).isEqualTo(Right.VIEW);
        assertThat(why("carl")).isEqualTo("Is in 'Night shift'. Can view only (role viewer)");
        assertThat(why("dora")).isEqualTo("is not listed");
        assertThat(model.everyone()).isEqualTo(Right.NONE);
    }

    @Test
    void moreThanARoleAllows_ADM10_isToldAsWhatItComesTo() {
        model.refresh();
        model.add(new Candidate.Person("carl"), Right.EDIT);
        assertThat(right("carl")).isEqualTo(Right.VIEW);
        assertThat(why("carl")).isEqualTo("Was given it. Can view only (role viewer)");
        model.add(new Candidate.Members("Night shift"), Right.OWN);
        model.changeEveryone(Right.EDIT);
        model.changePerson("carl", Right.VIEW);
        assertThat(told).containsExactly(
                "carl can look at the dashboard. The role viewer allows no more. [Undo]",
                "The group 'Night shift' can edit, share and delete the dashboard. Who has the role viewer can only look"
                        + " at it. [Undo]",
                "Everyone can edit the dashboard. Who has the role viewer can only look at it. [Undo]",
                "carl can look at the dashboard. [Undo]");
    }

    @Test
    void change_ADM11_countsAtOnce_andIsUndone() {
        model.refresh();
        model.add(new Candidate.Person("bob"), Right.EDIT);
        assertThat(right("bob")).isEqualTo(Right.EDIT);
        model.changePerson("bob", Right.VIEW);
        assertThat(right("bob")).isEqualTo(Right.VIEW);
        assertThat(told).containsExactly("bob can edit the dashboard. [Undo]", "bob can look at the dashboard. [Undo]");
        undo.getLast().run();
        assertThat(right("bob")).isEqualTo(Right.EDIT);
        undo.getFirst().run();
        assertThat(right("bob")).isEqualTo(Right.NONE);
        assertThat(server.asked.getLast()).isEqualTo(new GrantRow("bob", null, Right.NONE));
    }

    @Test
    void sameRight_ADM11_asksForNothing() {
        model.refresh();
        model.changeEveryone(Right.NONE);
        model.changeGroup("Visitors", Right.NONE);
        assertThat(server.asked).isEmpty();
        model.changeEveryone(Right.VIEW);
        assertThat(model.everyone()).isEqualTo(Right.VIEW);
    }

    @Test
    void candidates_areGroupsFirst_andNobodyWhoIsListedOrOwnsItAnyway() {
        model.refresh();
        assertThat(model.candidates("")).containsExactly(new Candidate.Members("Night shift"),
                new Candidate.Members("Visitors"), new Candidate.Person("bob"), new Candidate.Person("carl"),
                new Candidate.Person("dora"));
        model.add(new Candidate.Person("bob"), Right.VIEW);
        assertThat(model.candidates("B")).isEmpty();
        assertThat(model.candidates("NIGHT")).containsExactly(new Candidate.Members("Night shift"));
    }

    @Test
    void refusal_ADM12_isTold_andChangesNothing() {
        model.refresh();
        model.add(new Candidate.Person("bob"), Right.EDIT);
        server.refuse("Only its owners and administrators share a dashboard.");
        model.changePerson("bob", Right.OWN);
        assertThat(model.problem()).isEqualTo("Only its owners and administrators share a dashboard.");
        assertThat(right("bob")).isEqualTo(Right.EDIT);
        model.close();
        undo.getFirst().run();
        assertThat(told).last().isEqualTo("Only its owners and administrators share a dashboard.");
    }
}
