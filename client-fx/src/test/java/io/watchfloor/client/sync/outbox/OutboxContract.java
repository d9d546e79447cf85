package io.watchfloor.client.sync.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.DashboardRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every outbox does.
@Timeout(60)
abstract class OutboxContract {

    static final DashboardId DASHBOARD = new DashboardId(new UUID(1, 1));
    static final Epoch EPOCH = new Epoch(new UUID(3, 3));
    static final OutboxReplica REPLICA = new OutboxReplica(new ReplicaId(new UUID(2, 2)), 4, EPOCH, 1);

    /// Opens the outbox that was opened before, or a new one.
    abstract Outbox open();

    static OutboxPush push(long key, long clientSeq, String text) {
        return new OutboxPush(key, clientSeq, "Rename", List.of(
                new Assignment(new ElementId(key), "title", Value.of(text), new Stamp(5, 0, 4)),
                new Assignment(new ElementId(key), "axis",
                        new Value.Fields(new TreeMap<>(Map.of("min", Value.NULL, "max", Value.of(1.5)))),
                        new Stamp(5, 1, 4))));
    }

    static void writeAndWait(Outbox outbox, OutboxChange change) throws InterruptedException {
        CountDownLatch durable = new CountDownLatch(1);
        outbox.write(change, durable::countDown);
        assertThat(durable.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void opened_OUT1_anEmptyOneHoldsNothingAndHasItsOwnReplica() {
        try (Outbox outbox = open()) {
            assertThat(outbox.held()).isEmpty();
            assertThat(outbox.replica()).isNotNull();
            assertThat(outbox.problem()).isNull();
        }
    }

    @Test
    void written_OUT2_isThereWhenOpenedAgain() throws InterruptedException {
        try (Outbox outbox = open()) {
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a"), push(2, 0, "b")),
                    List.of()));
        }
        try (Outbox again = open()) {
            assertThat(again.held()).containsOnlyKeys(DASHBOARD);
            assertThat(again.held().get(DASHBOARD))
                    .isEqualTo(new Held(REPLICA, List.of(push(1, 1, "a"), push(2, 0, "b")), List.of()));
        }
    }

    @Test
    void written_OUT3_theSameKeyReplacesAndOrderIsByKey() throws InterruptedException {
        try (Outbox outbox = open()) {
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(10, 0, "a"), push(9, 0, "b")),
                    List.of()));
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(10, 2, "c")), List.of()));
        }
        try (Outbox again = open()) {
            assertThat(again.held().get(DASHBOARD))
                    .isEqualTo(new Held(REPLICA, List.of(push(9, 0, "b"), push(10, 2, "c")), List.of()));
        }
    }

    @Test
    void removed_OUT4_theLastOneTakesTheReplicaWithIt() throws InterruptedException {
        try (Outbox outbox = open()) {
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of()));
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(), List.of(1L, 77L)));
        }
        try (Outbox again = open()) {
            assertThat(again.held()).isEmpty();
        }
    }

    @Test
    void clockOffset_OUT5_isKept() {
        try (Outbox outbox = open()) {
            assertThat(outbox.clockOffset()).isZero();
            outbox.clockOffset(-4_321);
            assertThat(outbox.clockOffset()).isEqualTo(-4_321);
        }
        try (Outbox again = open()) {
            assertThat(again.clockOffset()).isEqualTo(-4_321);
        }
    }

    static KeptCopy copy(long revision) {
        return new KeptCopy(EPOCH, Right.EDIT, 5_000,
                new Snapshot(revision, List.of(title("at " + revision, revision))),
                List.of());
    }

    static Assignment title(String text, long wall) {
        return new Assignment(ElementId.DASHBOARD, "title", Value.of(text), new Stamp(wall, 0, 1));
    }

    static Entry entry(long revision) {
        return new Entry(revision, 1, revision, "ann", 7, List.of(title("at " + revision, revision)));
    }

    static OutboxChange change(CopyChange... copy) {
        return change(DASHBOARD, copy);
    }

    static OutboxChange change(DashboardId dashboard, CopyChange... copy) {
        return new OutboxChange(dashboard, REPLICA, List.of(), List.of(), List.of(), List.of(copy));
    }

    static Optional<KeptCopy> find(Outbox outbox, DashboardId dashboard) {
        return outbox.copy(dashboard).orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void copy_OFF1_isBroughtForwardEntryByEntryAndIsThereWhenOpenedAgain() {
        AckedPush acked = new AckedPush("Rename", List.of(title("at 4", 4)));
        try (Outbox outbox = open()) {
            assertThat(find(outbox, DASHBOARD)).isEmpty();
            outbox.writeBehind(change(new CopyChange.Next(entry(1))));
            assertThat(find(outbox, DASHBOARD)).isEmpty();
            outbox.writeBehind(change(new CopyChange.Whole(copy(3))));
            outbox.writeBehind(change(new CopyChange.Next(entry(4)), new CopyChange.Acked(acked)));
            outbox.writeBehind(change(new CopyChange.Next(entry(4))));
            outbox.writeBehind(change(new CopyChange.Next(entry(9))));
            outbox.writeBehind(change(new CopyChange.Next(entry(5))));
            outbox.writeBehind(change(new CopyChange.Seen(Right.VIEW, 6_000)));
        }
        KeptCopy expected = new KeptCopy(EPOCH, Right.VIEW, 6_000,
                new Snapshot(5, List.of(title("at 5", 5))), List.of(acked));
        try (Outbox again = open()) {
            assertThat(find(again, DASHBOARD)).contains(expected);
            again.writeBehind(change(new CopyChange.Next(entry(6))));
            assertThat(find(again, DASHBOARD)).hasValueSatisfying(
                    copy -> assertThat(copy.snapshot().revision()).isEqualTo(6));
            again.writeBehind(change(new CopyChange.Forgotten()));
        }
        try (Outbox again = open()) {
            assertThat(find(again, DASHBOARD)).isEmpty();
        }
    }

    @Test
    void copy_OFF1_manyEntriesBecomePartOfTheSnapshot() {
        try (Outbox outbox = open()) {
            outbox.writeBehind(change(new CopyChange.Whole(copy(0))));
            for (long revision = 1; revision <= 1_234; revision++) {
                outbox.writeBehind(change(new CopyChange.Next(entry(revision)),
                        new CopyChange.Acked(new AckedPush("Edit " + revision, List.of(title("", revision))))));
            }
        }
        try (Outbox again = open()) {
            assertThat(find(again, DASHBOARD)).hasValueSatisfying(copy -> {
                assertThat(copy.snapshot()).isEqualTo(new Snapshot(1_234, List.of(title("at 1234", 1_234))));
                assertThat(copy.acked()).hasSize(AckedPush.MOST);
                assertThat(copy.acked().getLast().label()).isEqualTo("Edit 1234");
            });
        }
    }

    @Test
    void typed_OUT2_isThereWhenOpenedAgainAndASettledTextIsNot() throws InterruptedException {
        TextId note = new TextId(new ElementId(3), "text");
        TextId other = new TextId(new ElementId(4), "text");
        OutboxText sent = new OutboxText(note, "Type", 1L, Delta.insert(0, "a"), Delta.insert(1, "b"));
        OutboxText open = new OutboxText(other, "Type", null, null, Delta.insert(0, "c"));
        try (Outbox outbox = open()) {
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of(),
                    List.of(sent, open), List.of()));
        }
        try (Outbox again = open()) {
            Held held = Objects.requireNonNull(again.held().get(DASHBOARD));
            assertThat(held.texts()).containsExactly(sent, open);
            assertThat(held.size()).isEqualTo(3);
            writeAndWait(again, new OutboxChange(DASHBOARD, REPLICA, List.of(), List.of(1L),
                    List.of(new OutboxText(note, "Type", null, null, Delta.NONE)), List.of()));
        }
        try (Outbox again = open()) {
            assertThat(again.held()).containsEntry(DASHBOARD, new Held(REPLICA, List.of(), List.of(open)));
        }
    }

    @Test
    void list_OFF5_isKept() {
        KeptList list = new KeptList(9_000, List.of(new DashboardRow(DASHBOARD, "Wall", null, 8_000, Right.EDIT)));
        try (Outbox outbox = open()) {
            assertThat(outbox.list()).isNull();
            outbox.list(list);
            assertThat(outbox.list()).isEqualTo(list);
        }
        try (Outbox again = open()) {
            assertThat(again.list()).isEqualTo(list);
        }
    }

    @Test
    void erase_OFF4_leavesUnsentEditsAndTheirDashboards() {
        DashboardId other = new DashboardId(new UUID(5, 5));
        try (Outbox outbox = open()) {
            outbox.list(new KeptList(9_000, List.of()));
            outbox.write(new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 0, "a")), List.of(),
                    List.of(), List.of(new CopyChange.Whole(copy(1)))), () -> {});
            outbox.writeBehind(change(other, new CopyChange.Whole(copy(1))));
            outbox.erase();
            assertThat(outbox.list()).isNull();
            assertThat(outbox.unsent()).isEqualTo(1);
            assertThat(outbox.held()).containsOnlyKeys(DASHBOARD);
        }
        try (Outbox again = open()) {
            assertThat(again.list()).isNull();
            assertThat(again.held()).containsOnlyKeys(DASHBOARD);
            assertThat(find(again, DASHBOARD)).isPresent();
            assertThat(find(again, other)).isEmpty();
        }
    }

    @Test
    void discard_OFF4_leavesNothing_andTellsHowManyEditsWereUnsent() {
        try (Outbox outbox = open()) {
            outbox.list(new KeptList(9_000, List.of()));
            outbox.write(new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 0, "a"), push(2, 0, "b")), List.of(),
                    List.of(), List.of(new CopyChange.Whole(copy(1)))), () -> {});
            assertThat(outbox.discard()).isEqualTo(new Outbox.Discarded(2, List.of()));
            assertThat(outbox.list()).isNull();
            assertThat(outbox.unsent()).isZero();
        }
        try (Outbox again = open()) {
            assertThat(again.list()).isNull();
            assertThat(again.held()).isEmpty();
            assertThat(find(again, DASHBOARD)).isEmpty();
        }
    }
}
