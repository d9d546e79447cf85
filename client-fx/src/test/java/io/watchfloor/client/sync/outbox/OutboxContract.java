package io.watchfloor.client.sync.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import java.util.List;
import java.util.Map;
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
    static final OutboxReplica REPLICA = new OutboxReplica(new ReplicaId(new UUID(2, 2)), 4, new Epoch(new UUID(3, 3)),
            1);

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
            assertThat(outbox.heldAtOpening()).isEmpty();
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
            assertThat(again.heldAtOpening()).containsOnlyKeys(DASHBOARD);
            assertThat(again.heldAtOpening().get(DASHBOARD))
                    .isEqualTo(new Held(REPLICA, List.of(push(1, 1, "a"), push(2, 0, "b"))));
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
            assertThat(again.heldAtOpening().get(DASHBOARD))
                    .isEqualTo(new Held(REPLICA, List.of(push(9, 0, "b"), push(10, 2, "c"))));
        }
    }

    @Test
    void removed_OUT4_theLastOneTakesTheReplicaWithIt() throws InterruptedException {
        try (Outbox outbox = open()) {
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of()));
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(), List.of(1L, 77L)));
        }
        try (Outbox again = open()) {
            assertThat(again.heldAtOpening()).isEmpty();
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
}
