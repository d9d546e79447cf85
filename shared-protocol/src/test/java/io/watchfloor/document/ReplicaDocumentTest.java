package io.watchfloor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.ReplicaDocument.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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

    /// The room may have stamped the earlier one anew, beyond what was made since.
    @Test
    void pending_REP1_isShownOverOnesOwnEarlierEditsWhateverTheirStamps() {
        document.pend(1, List.of(title("first", 50, 1)));
        document.pend(2, List.of(title("second", 60, 1)));
        document.confirm(entry(1, 1, 1, title("first", 70, 1)), 1L);
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("second"));
        document.confirm(entry(2, 2, 1, title("theirs", 80, 2)), null);
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("theirs"));
        document.confirm(entry(3, 1, 2, title("second", 60, 1)), 2L);
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("theirs"));
    }

    @Test
    void ack_REP2_movesAPushFromPendingToConfirmedWithTheLoggedStamp() {
        document.pend(1, List.of(title("mine", 9_000, 1)));
        document.confirm(entry(1, 1, 1, title("mine", 100, 1)), 1L);
        assertThat(document.find(WIDGET, "title")).isEqualTo(title("mine", 100, 1));
        assertThat(document.revision()).isEqualTo(1);
    }

    /// A desktop an hour ahead shows its value until the room has lowered its stamp, and no longer.
    @Test
    void ack_REP2_withALoweredStampLetsALaterValueWin() {
        document.pend(1, List.of(title("mine", 3_600_000, 1)));
        document.confirm(entry(1, 2, 1, title("theirs", 200, 2)), null);
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("mine"));
        assertThat(document.confirm(entry(2, 1, 1, title("mine", 150, 1)), 1L))
                .containsExactly(new Change(WIDGET, "title"));
        assertThat(document.get(WIDGET, "title")).isEqualTo(Value.of("theirs"));
    }

    /// Replicas whose clocks are far apart, a log that lowers stamps of the future, refusals: everyone ends alike.
    @Test
    void replicas_REP2_endAlikeWhateverTheirClocksSay() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            List<ReplicaDocument> replicas = List.of(new ReplicaDocument(), new ReplicaDocument(),
                    new ReplicaDocument());
            long[] skew = {0, -5_000, 1L << 40};
            List<Entry> log = new ArrayList<>();
            HybridClock room = HybridClock.ofRoom();
            List<HybridClock> clocks = List.of(HybridClock.ofReplica(), HybridClock.ofReplica(),
                    HybridClock.ofReplica());
            for (int step = 1; step < 40; step++) {
                int author = random.nextInt(3);
                // so slow a clock that stamps of two replicas often differ in the replica alone
                Stamp stamp = clocks.get(author).next(10_000 + step / 8 + skew[author], author);
                Assignment made = new Assignment(new ElementId(random.nextInt(2)), "title", Value.of(step), stamp);
                replicas.get(author).pend(step, List.of(made));
                if (random.nextInt(5) == 0) {
                    replicas.get(author).drop(step);
                    continue;
                }
                Stamp logged = stamp.wall() > 12_000 + step ? room.next(10_000 + step, author) : stamp;
                room.observe(logged);
                log.add(new Entry(log.size() + 1L, author, step, "ada", 0, List.of(made.withStamp(logged))));
                for (int reader = 0; reader < 3; reader++) {
                    ReplicaDocument replica = replicas.get(reader);
                    for (Entry entry : log.subList((int) replica.revision(), random.nextInt((int) replica.revision(),
                            log.size() + 1))) {
                        replica.confirm(entry, entry.replica() == reader ? entry.clientSeq() : null);
                    }
                }
            }
            for (int reader = 0; reader < 3; reader++) {
                ReplicaDocument replica = replicas.get(reader);
                for (Entry entry : log.subList((int) replica.revision(), log.size())) {
                    replica.confirm(entry, entry.replica() == reader ? entry.clientSeq() : null);
                }
                assertThat(replica.confirmed().stateHash()).isEqualTo(replicas.getFirst().confirmed().stateHash());
                for (ElementId element : replica.elements()) {
                    assertThat(replica.find(element, "title")).isEqualTo(replica.confirmed().find(element, "title"));
                }
            }
        }
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
