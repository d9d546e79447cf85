package io.watchfloor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.ReplicaDocument.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaDocumentTest {

    private static final ElementId WIDGET = new ElementId(1);

    private final ReplicaDocument document = new ReplicaDocument();

    private static Assignment title(String text, long wall, int replica) {
        return new Assignment(WIDGET, "title", Value.of(text), new Stamp(wall, 0, replica));
    }

    private static Entry entry(long revision, int replica, long clientSeq, Assignment assignment) {
        return new Entry(revision, replica, clientSeq, "ada", 0, List.of(assignment));
    }

    @Test
    void pending_REP1_isShownOverConfirmedByStampOnly() {
        document.confirm(entry(1, 2, 1, title("theirs", 50, 2)), null);
        assertThat(document.pend(1, List.of(title("mine", 60, 1)))).containsExactly(new Change(WIDGET, "title"));
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("mine"));
        document.confirm(entry(2, 2, 2, title("later theirs", 70, 2)), null);
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("later theirs"));
        assertThat(document.confirmed().get(WIDGET, "title")).isEqualTo(Value.of("later theirs"));
    }

    @Test
    void ack_REP2_movesAPushFromPendingToConfirmedWithTheLoggedStamp() {
        document.pend(1, List.of(title("mine", 9_000, 1)));
        document.confirm(entry(1, 1, 1, title("mine", 100, 1)), 1L);
        assertThat(document.find(WIDGET, "title")).isEqualTo(title("mine", 100, 1));
        assertThat(document.revision()).isEqualTo(1);
    }

    @Test
    void reject_REP3_takesThePushBackOut() {
        document.confirm(entry(1, 2, 1, title("theirs", 50, 2)), null);
        document.pend(1, List.of(title("mine", 60, 1)));
        assertThat(document.drop(1)).containsExactly(new Change(WIDGET, "title"));
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("theirs"));
    }

    @Test
    void entry_REP4_isRefusedOutOfOrder() {
        assertThatThrownBy(() -> document.confirm(entry(2, 1, 1, title("x", 1, 1)), null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
