package io.watchfloor.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.outbox.AckedPush;
import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage.Join;
import io.watchfloor.protocol.ClientMessage.Push;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OfflineTest {

    private static final int BROKEN = 1006;

    private final World world = new World();
    private final LogServer server = new LogServer(world);
    private final InMemoryOutbox.Disk disk = new InMemoryOutbox.Disk();

    private Desk desk() {
        Desk desk = new Desk(world, server, disk);
        world.settle();
        return desk;
    }

    private Desk joined() {
        Desk desk = desk();
        desk.connection.start();
        world.advance(50);
        return desk;
    }

    private void end(Desk desk) {
        desk.connection.close();
        world.settle();
    }

    private static Assignment others(ElementId element, String title, long wall) {
        return new Assignment(element, Properties.TITLE, Value.of(title), new Stamp(wall, 0, 1));
    }

    private void cut() {
        server.accepting = false;
        server.hangUp(BROKEN);
        world.settle();
    }

    private void mend() {
        server.accepting = true;
        world.advance(60_000);
    }

    @Test
    void opened_OFF2_withoutAServerFromItsLastKnownState() {
        Desk before = joined();
        server.commit(others(ElementId.DASHBOARD, "Seen", server.time()));
        world.advance(1_000);
        before.title("Mine");
        world.advance(50);
        long seen = server.time();
        server.say(new ServerMessage.Beat(LogServer.ROOM, 2, server.document().stateHash()));
        world.advance(40_000);
        end(before);

        server.accepting = false;
        Desk after = desk();
        assertThat(after.title()).isEqualTo(Value.of("Mine"));
        assertThat(after.replica.joined()).isFalse();
        assertThat(after.replica.right()).isEqualTo(Right.EDIT);
        assertThat(after.replica.seenAt()).isBetween(seen, server.time());
        after.title("Offline");
        assertThat(after.title()).isEqualTo(Value.of("Offline"));
        assertThat(after.connection.unsent()).isOne();

        server.accepting = true;
        after.connection.start();
        world.advance(1_000);
        assertThat(server.heard(Join.class).getLast().revision()).isEqualTo(2);
        assertThat(server.document().get(ElementId.DASHBOARD, Properties.TITLE)).isEqualTo(Value.of("Offline"));
        assertThat(after.connection.unsent()).isZero();
    }

    @Test
    void opened_OFF2_whatWasNeverSeenIsEmptyAndSaysSo() {
        Desk desk = desk();
        assertThat(desk.replica.elements()).isEmpty();
        assertThat(desk.replica.seenAt()).isZero();
        assertThat(desk.told).contains("opened false");
    }

    @Test
    void closedAndOpenedAgain_OFF8_showsItsEditsWithoutAConnection() {
        Desk desk = joined();
        cut();
        desk.title("Kept");
        desk.replica.close();
        assertThat(desk.connection.unsent()).isOne();
        DashboardReplica again = desk.connection.open(LogServer.DASHBOARD, desk);
        world.settle();
        assertThat(again.find(ElementId.DASHBOARD, Properties.TITLE)).isNotNull();
        again.edit("Note", List.of(new Edit(new ElementId(7), "note", Value.of("x"))));
        assertThat(desk.connection.unsent()).isEqualTo(2);
        mend();
        assertThat(desk.connection.unsent()).isZero();
        assertThat(server.log).hasSize(2);
    }

    @Test
    void notOpen_OFF7_itsEditsAreCountedAndSent() {
        Desk before = joined();
        cut();
        before.title("Kept");
        end(before);

        Connection connection = before.connection(disk);
        assertThat(connection.unsent()).isOne();
        server.accepting = true;
        connection.start();
        world.advance(60_000);
        assertThat(server.document().get(ElementId.DASHBOARD, Properties.TITLE)).isEqualTo(Value.of("Kept"));
        assertThat(connection.unsent()).isZero();
    }

    @Test
    void notOpen_OFF7_whatCannotBeJoinedKeepsItsEdits() {
        Desk before = joined();
        cut();
        before.title("Kept");
        end(before);

        Connection connection = before.connection(disk);
        server.accepting = true;
        server.deaf = Join.class::isInstance;
        connection.start();
        world.advance(60_000);
        server.say(new ServerMessage.NotJoined(LogServer.DASHBOARD, ErrorCode.NOT_FOUND, "There is none."));
        world.advance(1_000);
        assertThat(connection.unsent()).isOne();
    }

    @Test
    void crash_OFF1_whatIsOnDiskIsAStateThatThereWas() {
        Desk before = joined();
        for (int i = 0; i < 5; i++) {
            before.title("T" + i);
            server.commit(others(new ElementId(3), "other " + i, server.time()));
            world.advance(100);
        }
        before.title("Unsent");
        // no farewell: the process is gone
        server.hangUp(BROKEN);
        server.accepting = false;
        Desk after = desk();
        assertThat(after.replica.revision()).isEqualTo(server.log.size());
        assertThat(after.title()).isEqualTo(Value.of("Unsent"));
        assertThat(after.get(new ElementId(3), Properties.TITLE)).isEqualTo(Value.of("other 4"));
    }

    @Test
    void merged_OFF10_tellsWhatArrivedWhatWasSentAndWhatIsBelowANewerEdit() {
        Desk desk = joined();
        cut();
        desk.title("Mine");
        world.advance(10_000);
        Assignment newer = others(ElementId.DASHBOARD, "Theirs", server.time());
        server.commit(newer);
        mend();
        assertThat(desk.title()).isEqualTo(Value.of("Theirs"));
        assertThat(desk.merged).singleElement().satisfies(merged -> {
            assertThat(merged.arrived()).extracting(Entry::author).containsExactly("ann");
            assertThat(merged.sent()).extracting(AckedPush::label).containsExactly("Rename");
            assertThat(merged.overridden()).singleElement().satisfies(overridden -> {
                assertThat(overridden.mine().value()).isEqualTo(Value.of("Mine"));
                assertThat(overridden.by()).isEqualTo("ann");
            });
        });
    }

    @Test
    void merged_OFF10_ofASnapshotTellsWhichElementsHaveChanged() {
        server.entriesOnJoin = false;
        server.commit(others(new ElementId(3), "A", server.time()));
        Desk desk = joined();
        cut();
        world.advance(10_000);
        server.commit(others(new ElementId(4), "B", server.time()));
        mend();
        assertThat(desk.merged).singleElement()
                .satisfies(merged -> assertThat(merged.changed()).containsExactly(new ElementId(4)));
    }

    @Test
    void merged_OFF10_isOneEvenWhereTheConnectionIsLostInBetween() {
        Desk desk = joined();
        cut();
        desk.title("Mine");
        world.advance(10_000);
        server.commit(others(new ElementId(3), "A", server.time()));
        server.deaf = Push.class::isInstance;
        mend();
        assertThat(desk.merged).isEmpty();
        cut();
        server.commit(others(new ElementId(4), "B", server.time()));
        server.deaf = _ -> false;
        mend();
        assertThat(desk.merged).singleElement()
                .satisfies(merged -> assertThat(merged.arrived()).hasSize(2));
    }

    @Test
    void merged_OFF11_isQuietAfterAMomentAndWhereNothingHappened() {
        Desk desk = joined();
        server.hangUp(BROKEN);
        server.commit(others(ElementId.DASHBOARD, "Theirs", server.time()));
        world.advance(4_000);
        assertThat(desk.replica.joined()).isTrue();
        cut();
        world.advance(20_000);
        mend();
        assertThat(desk.replica.joined()).isTrue();
        assertThat(desk.merged).isEmpty();
    }

    @Test
    void merged_OFF11_aDashboardThatWasNeverSeenHasNoNewsHoweverLongTheJoinTakes() {
        for (boolean entries : new boolean[]{true, false}) {
            server.entriesFromTheStart = entries;
            server.commit(others(new ElementId(3), "A", server.time()));
            server.accepting = false;
            Desk desk = new Desk(world, server, new InMemoryOutbox.Disk());
            desk.connection.start();
            world.advance(20_000);
            mend();
            assertThat(desk.replica.joined()).isTrue();
            assertThat(desk.merged).isEmpty();
            desk.connection.close();
        }
    }

    @Test
    void restoredLog_OFF12_tellsOnesOwnAckedEditsThatItLacks() {
        Desk before = joined();
        before.title("Stays");
        world.advance(50);
        before.replica.edit("Note", List.of(new Edit(new ElementId(7), "note", Value.of("lost"))));
        world.advance(50);
        end(before);

        server.restore(1);
        Desk after = joined();
        world.advance(1_000);
        assertThat(after.merged).singleElement()
                .satisfies(merged -> assertThat(merged.lost()).extracting(AckedPush::label).containsExactly("Note"));
        assertThat(after.get(new ElementId(7), "note")).isNull();
        after.merged.clear();
        cut();
        mend();
        assertThat(after.merged).isEmpty();
    }

    @Test
    void erased_OFF4_allButTheDashboardsOfUnsentEdits() {
        Desk before = joined();
        cut();
        before.title("Unsent");
        end(before);
        InMemoryOutbox outbox = new InMemoryOutbox(disk, new ReplicaId(new UUID(4, 4)), world);
        outbox.erase();
        world.settle();
        assertThat(outbox.held()).hasSize(1);
        assertThat(desk().told).contains("opened true");
    }

    @Test
    void forbidden_OFF4_aDashboardThatIsNotForThisAccountAnyMoreIsForgotten() {
        Desk before = joined();
        before.title("Secret");
        server.say(new ServerMessage.Granted(LogServer.ROOM, Right.NONE));
        world.advance(100);
        end(before);
        assertThat(desk().told).contains("opened false");
    }
}
