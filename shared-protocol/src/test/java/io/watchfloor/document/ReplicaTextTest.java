package io.watchfloor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.ReplicaDocument.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReplicaTextTest {

    private static final ElementId NOTE = new ElementId(1);
    private static final TextId TEXT = new TextId(NOTE, "text");
    private static final Change CHANGE = new Change(NOTE, "text");

    private final List<String> heard = new ArrayList<>();
    private final ReplicaDocument document = new ReplicaDocument(
            (text, delta, typed) -> heard.add(text.property() + (typed ? " typed " : " told ") + delta));

    private static Entry entry(long revision, int replica, Delta delta) {
        return new Entry(revision, replica, revision, "ada", 0,
                List.of(new TextEdit(NOTE, "text", revision - 1, delta)));
    }

    @Test
    void typing_REP5_isShownOverWhatIsInFlightOverWhatIsConfirmed() {
        document.confirm(entry(1, 2, Delta.insert(0, "note")), null);
        assertThat(document.edit(TEXT, Delta.insert(4, "s"))).containsExactly(CHANGE);
        assertThat(document.ready()).containsExactly(TEXT);
        assertThat(document.send(7, TEXT)).isEqualTo(new TextEdit(NOTE, "text", 1, Delta.insert(4, "s")));
        document.edit(TEXT, Delta.insert(5, "!"));
        assertThat(document.ready()).isEmpty();
        assertThat(document.confirm(entry(2, 2, Delta.insert(0, "my ")), null)).containsExactly(CHANGE);
        assertThat(document.text(TEXT)).isEqualTo("my notes!");
        assertThat(document.confirmed().text(TEXT)).isEqualTo("my note");
        assertThat(document.confirm(entry(3, 1, Delta.insert(7, "s")), 7L)).isEmpty();
        assertThat(document.confirmed().text(TEXT)).isEqualTo("my notes");
        assertThat(document.ready()).containsExactly(TEXT);
        assertThat(heard).containsExactly("text told [\"note\"]", "text typed [4, \"s\"]", "text typed [5, \"!\"]",
                "text told [\"my \"]");
    }

    @Test
    void rejection_REP5_takesOutWhatWasInFlight() {
        document.edit(TEXT, Delta.insert(0, "one"));
        document.send(1, TEXT);
        document.edit(TEXT, Delta.insert(3, " two"));
        assertThat(document.drop(1)).containsExactly(CHANGE);
        assertThat(document.text(TEXT)).isEqualTo(" two");
        assertThat(document.drop(1)).isEmpty();
    }

    @Test
    void goneBase_REP5_losesNothingTyped() {
        document.edit(TEXT, Delta.insert(0, "one"));
        document.send(1, TEXT);
        document.edit(TEXT, Delta.insert(3, " two"));
        document.takeBack(1);
        assertThat(document.text(TEXT)).isEqualTo("one two");
        assertThat(document.send(2, TEXT).delta()).isEqualTo(Delta.insert(0, "one two"));
    }

    @Test
    void snapshot_REP5_carriesTypingOver() {
        document.confirm(entry(1, 2, Delta.insert(0, "disk full")), null);
        document.edit(TEXT, Delta.insert(9, " on db-1"));
        Snapshot snapshot = new Snapshot(40, List.of(), List.of(new Text(NOTE, "text", "the disk is full")));
        assertThat(document.reset(snapshot)).containsExactly(CHANGE);
        assertThat(document.text(TEXT)).isEqualTo("the disk is full on db-1");
        assertThat(document.send(1, TEXT)).isEqualTo(new TextEdit(NOTE, "text", 40, Delta.insert(16, " on db-1")));
        assertThat(heard.getLast()).isEqualTo("text told [\"the \", 5, \"is \"]");
        document.drop(1);
        document.reset(Snapshot.EMPTY);
        assertThat(document.text(TEXT)).isEmpty();
    }

    @Test
    void keptTyping_REP5_isThereAfterARestart() {
        document.confirm(entry(1, 2, Delta.insert(0, "one")), null);
        document.edit(TEXT, Delta.insert(3, " two"));
        document.send(5, TEXT);
        document.edit(TEXT, Delta.insert(7, " three"));
        PendingText kept = Objects.requireNonNull(document.pendingTexts().get(TEXT));

        ReplicaDocument again = new ReplicaDocument();
        again.reset(new Snapshot(3, List.of(), List.of(new Text(NOTE, "text", "one and"))));
        again.restore(TEXT, kept, 5L);
        assertThat(again.text(TEXT)).isEqualTo("one and two three");
        again.confirm(new Entry(4, 1, 1, "ada", 0, List.of(new TextEdit(NOTE, "text", 3, Delta.insert(7, " two")))),
                5L);
        assertThat(again.confirmed().text(TEXT)).isEqualTo("one and two");
        assertThat(again.text(TEXT)).isEqualTo("one and two three");
    }

    @Test
    void place_REP6_isFoundAgainByOthersWhateverIsPendingThereAndHere() {
        document.confirm(entry(1, 2, Delta.insert(0, "disk full")), null);
        document.edit(TEXT, Delta.insert(0, "the "));
        assertThat(document.confirmedPlace(TEXT, 13)).isEqualTo(9);
        assertThat(document.confirmedPlace(TEXT, 2)).isEqualTo(0);
        assertThat(document.shownPlace(TEXT, 1, 4)).hasValue(8);
        assertThat(document.shownPlace(TEXT, 2, 4)).as("not come yet").isEmpty();
        document.confirm(entry(2, 2, Delta.insert(4, "s are")), null);
        assertThat(document.text(TEXT)).isEqualTo("the disks are full");
        assertThat(document.shownPlace(TEXT, 1, 4)).as("typed there").hasValue(13);
        assertThat(document.shownPlace(TEXT, 1, 9)).hasValue(18);
        assertThat(document.shownPlace(TEXT, 2, 999)).as("beyond the end").hasValue(18);
        document.reset(new Snapshot(9, List.of(), List.of(new Text(NOTE, "text", "disk"))));
        assertThat(document.shownPlace(TEXT, 2, 3)).as("long gone").isEmpty();
        assertThat(document.shownPlace(TEXT, 9, 3)).hasValue(7);
    }

    @Test
    void edit_REP5_thatDoesNotFitIsRefusedAndTheSnapshotHeals() {
        assertThatThrownBy(() -> document.confirm(entry(1, 2, Delta.delete(0, 3)), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> document.edit(TEXT, Delta.delete(0, 3))).isInstanceOf(IllegalArgumentException.class);
        document.reset(new Snapshot(1, List.of(), List.of(new Text(NOTE, "text", "whole"))));
        assertThat(document.text(TEXT)).isEqualTo("whole");
    }
}
