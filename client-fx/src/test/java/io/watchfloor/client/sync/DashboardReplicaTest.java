package io.watchfloor.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage.Join;
import io.watchfloor.protocol.ClientMessage.Leave;
import io.watchfloor.protocol.ClientMessage.Push;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DashboardReplicaTest {

    private static final int BROKEN = 1006;

    private final World world = new World();
    private final LogServer server = new LogServer(world);

    private static Assignment others(String title, long wall) {
        return new Assignment(ElementId.DASHBOARD, Properties.TITLE, Value.of(title), new Stamp(wall, 0, 1));
    }

    private void cut() {
        server.hangUp(BROKEN);
        world.settle();
    }

    private void cutAndReturn() {
        cut();
        world.advance(2_000);
    }

    private @Nullable Value logged() {
        return server.document().get(ElementId.DASHBOARD, Properties.TITLE);
    }

    @Test
    void edit_CLI10_showsAtOnceAndCountsAsUnsentUntilAcked() {
        Desk desk = Desk.joined(world, server);
        server.deaf = Push.class::isInstance;
        desk.title("Night shift");
        assertThat(desk.title()).isEqualTo(Value.of("Night shift"));
        assertThat(desk.connection.unsent()).isOne();

        server.deaf = _ -> false;
        cutAndReturn();
        assertThat(desk.connection.unsent()).isZero();
        assertThat(logged()).isEqualTo(Value.of("Night shift"));
    }

    @Test
    void join_CLI11_takesOnlyWhatIsMissing() {
        Desk desk = Desk.joined(world, server);
        server.commit(others("A", server.time()));
        world.settle();
        cut();
        server.mute = ServerMessage.Committed.class::isInstance;
        server.commit(others("B", server.time() + 1));
        server.mute = _ -> false;
        world.advance(2_000);

        assertThat(desk.title()).isEqualTo(Value.of("B"));
        assertThat(server.heard(Join.class)).extracting(Join::revision).containsExactly(0L, 1L);
        assertThat(desk.replica.revision()).isEqualTo(2);
    }

    @Test
    void committed_CLI12_aRepeatedEntryChangesNothing() {
        Desk desk = Desk.joined(world, server);
        server.commit(others("A", server.time()));
        world.settle();
        desk.told.clear();
        server.say(new ServerMessage.Committed(LogServer.ROOM, server.log.getFirst()));
        world.settle();
        assertThat(desk.told).isEmpty();
        assertThat(server.heard(Join.class)).hasSize(1);
    }

    @Test
    void committed_CLI13_aGapMakesItJoinAnew() {
        Desk desk = Desk.joined(world, server);
        server.mute = ServerMessage.Committed.class::isInstance;
        server.commit(others("A", server.time()));
        server.mute = _ -> false;
        server.commit(new Assignment(new ElementId(7), "note", Value.of("x"), new Stamp(server.time(), 1, 1)));
        world.settle();
        assertThat(desk.replica.revision()).isEqualTo(2);
        assertThat(desk.title()).isEqualTo(Value.of("A"));
    }

    @Test
    void beat_CLI14_showsALostLastMessage() {
        Desk desk = Desk.joined(world, server);
        server.mute = ServerMessage.Committed.class::isInstance;
        server.commit(others("A", server.time()));
        server.mute = _ -> false;
        world.settle();
        assertThat(desk.replica.revision()).isZero();
        server.say(new ServerMessage.Beat(LogServer.ROOM, 1, server.document().stateHash()));
        world.settle();
        assertThat(desk.title()).isEqualTo(Value.of("A"));
    }

    @Test
    void beat_CLI15_aDocumentThatDiffersIsReplacedWhole() {
        Desk desk = Desk.joined(world, server);
        server.commit(others("A", server.time()));
        world.settle();
        // the server's copy of revision 1 is another one
        server.document().apply(others("B", server.time() + 5));
        server.say(new ServerMessage.Beat(LogServer.ROOM, 1, server.document().stateHash()));
        world.settle();
        assertThat(desk.title()).isEqualTo(Value.of("B"));
        assertThat(desk.told.stream().filter("joined"::equals)).hasSize(2);
        assertThat(desk.replica.healed()).isOne();
    }

    @Test
    void beat_CLI15_anEqualHashChangesNothing() {
        Desk desk = Desk.joined(world, server);
        server.say(new ServerMessage.Beat(LogServer.ROOM, 0, StateHash.EMPTY));
        world.settle();
        assertThat(server.heard(Join.class)).hasSize(1);
        assertThat(desk.told).contains("joined");
    }

    @Test
    void push_CLI20_isResentUnchangedAndLoggedOnce() {
        Desk desk = Desk.joined(world, server);
        server.mute = ServerMessage.Committed.class::isInstance; // the ack is lost with the connection
        desk.title("Once");
        server.mute = _ -> false;
        cutAndReturn();
        assertThat(server.log).hasSize(1);
        assertThat(desk.connection.unsent()).isZero();
    }

    @Test
    void push_CLI20_isResentUnchangedAlsoAfterASnapshot() {
        server.entriesOnJoin = false;
        Desk desk = Desk.joined(world, server);
        server.mute = ServerMessage.Committed.class::isInstance;
        desk.title("Once");
        server.mute = _ -> false;
        cutAndReturn();
        List<Push> pushes = server.heard(Push.class);
        assertThat(pushes).hasSize(2);
        assertThat(pushes.get(1)).isEqualTo(pushes.get(0));
        assertThat(server.log).hasSize(1);
        assertThat(desk.connection.unsent()).isZero();
        assertThat(desk.title()).isEqualTo(Value.of("Once"));
    }

    @Test
    void push_CLI21_atMost64AreInFlight() {
        Desk desk = Desk.joined(world, server);
        server.deaf = Push.class::isInstance;
        for (int i = 0; i < 100; i++) {
            desk.replica.edit("Note", List.of(new Edit(new ElementId(100 + i), "note", Value.of(i))));
            world.advance(40);
        }
        assertThat(server.heard(Push.class)).hasSize(Limits.PUSHES_IN_FLIGHT);
        assertThat(desk.connection.unsent()).isEqualTo(100);
        server.deaf = _ -> false;
        cutAndReturn();
        world.advance(2_000);
        assertThat(desk.connection.unsent()).isZero();
        assertThat(server.log).hasSize(100);
        assertThat(server.log).extracting(entry -> entry.clientSeq()).isSorted();
    }

    @Test
    void push_CLI22_aDragSendsSome30ASecond() {
        Desk desk = Desk.joined(world, server);
        for (int i = 0; i < 500; i++) {
            desk.title("at " + i);
            world.advance(2);
        }
        world.advance(100);
        assertThat(server.log).hasSizeBetween(25, 35);
        assertThat(logged()).isEqualTo(Value.of("at 499"));
    }

    @Test
    void push_CLI23_whileOfflineOnlyTheLastOfManyIsKept() {
        Desk desk = Desk.joined(world, server);
        cut();
        server.accepting = false;
        desk.title("A");
        desk.title("B");
        desk.replica.edit("Note", List.of(new Edit(new ElementId(100), "note", Value.of("x"))));
        desk.title("C");
        assertThat(desk.connection.unsent()).isEqualTo(2);
        server.accepting = true;
        world.advance(120_000);
        assertThat(server.log).hasSize(2);
        assertThat(logged()).isEqualTo(Value.of("C"));
    }

    @Test
    void removal_CLI23_ofWhatWasAddedOfflineIsSentAfterItsCreation() {
        Desk desk = Desk.joined(world, server);
        cut();
        server.refuses = push -> sets(push, Properties.KIND, Value.of("metric"))
                && !sets(push, Properties.EXISTS, Value.of(true));
        ElementId added = new ElementId(100);
        desk.replica.edit("Add", List.of(new Edit(added, Properties.EXISTS, Value.of(true)),
                new Edit(added, Properties.KIND, Value.of("metric"))));
        desk.replica.edit("Remove", List.of(new Edit(added, Properties.EXISTS, Value.of(false))));
        desk.replica.edit("Bring back", List.of(new Edit(added, Properties.EXISTS, Value.of(true))));
        desk.replica.edit("Remove", List.of(new Edit(added, Properties.EXISTS, Value.of(false))));
        assertThat(desk.connection.unsent()).isEqualTo(2);
        world.advance(120_000);
        assertThat(desk.rejections).isEmpty();
        assertThat(server.document().get(added, Properties.EXISTS)).isEqualTo(Value.of(false));
    }

    private static boolean sets(Push push, String property, Value value) {
        return push.operations().stream().anyMatch(operation -> operation instanceof Assignment assignment
                && assignment.property().equals(property) && assignment.value().equals(value));
    }

    @Test
    void edit_OUT12_ofAValueThatNoServerTakesIsNotDoneAndToldOf() {
        Desk desk = Desk.joined(world, server);
        desk.title("half a pair: \uD83D");
        assertThat(desk.told).anyMatch(told -> told.contains("half of a surrogate pair"));
        assertThat(desk.connection.unsent()).isZero();
        assertThat(desk.title()).isNull();
        assertThat(desk.replica.editText("Type", new TextId(ElementId.DASHBOARD, Properties.DESCRIPTION),
                Delta.insert(0, "\uDE00"))).isFalse();
        desk.title("whole: \uD83D\uDE00");
        world.advance(100);
        assertThat(logged()).isEqualTo(Value.of("whole: \uD83D\uDE00"));
    }

    @Test
    void push_CLI24_leavesOnlyOnceItIsOnDisk() {
        SlowDisk disk = new SlowDisk(world);
        Desk desk = new Desk(world, server, disk);
        desk.connection.start();
        world.settle();
        desk.title("A");
        world.advance(200);
        assertThat(server.heard(Push.class)).isEmpty();
        disk.write();
        world.settle();
        assertThat(server.heard(Push.class)).hasSize(1);
    }

    @Test
    void outboxProblem_CLI25_isToldOnce() {
        SlowDisk disk = new SlowDisk(world);
        Desk desk = new Desk(world, server, disk);
        desk.connection.start();
        world.settle();
        assertThat(desk.told).noneMatch(text -> text.startsWith("notice"));
        disk.problem = "The disk is full.";
        desk.title("A");
        desk.title("B");
        assertThat(desk.told.stream().filter("notice The disk is full."::equals)).hasSize(1);
    }

    @Test
    void rejected_CLI30_isTakenBackOutAndTheLostValueIsTold() {
        Desk desk = Desk.joined(world, server);
        server.commit(others("Before", server.time()));
        world.settle();
        server.refuses = _ -> true;
        world.advance(10);
        desk.title("After");
        assertThat(desk.title()).isEqualTo(Value.of("Before"));
        assertThat(desk.connection.unsent()).isZero();
        assertThat(desk.rejections).singleElement().satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(rejection.lost()).extracting(Assignment::value).containsExactly(Value.of("After"));
        });
    }

    @Test
    void rejected_CLI30_laterPushesGoOn() {
        Desk desk = Desk.joined(world, server);
        server.refuses = push -> push.clientSeq() == 1;
        desk.title("Refused");
        world.advance(50);
        desk.title("Fine");
        world.advance(50);
        assertThat(logged()).isEqualTo(Value.of("Fine"));
        assertThat(desk.connection.unsent()).isZero();
    }

    @Test
    void gapInSequence_CLI31_joinsAnewAndSendsAgain() {
        Desk desk = Desk.joined(world, server);
        server.deaf = message -> message instanceof Push push && push.clientSeq() == 1
                && server.heard(Push.class).size() == 1;
        desk.title("First");
        world.advance(50);
        desk.replica.edit("Note", List.of(new Edit(new ElementId(100), "note", Value.of("x"))));
        world.advance(50);
        assertThat(server.log).extracting(entry -> entry.clientSeq()).containsExactly(1L, 2L);
        assertThat(desk.connection.unsent()).isZero();
    }

    @Test
    void right_CLI32_withoutItNothingIsEdited() {
        server.right = Right.VIEW;
        Desk desk = Desk.joined(world, server);
        desk.title("No");
        assertThat(desk.title()).isNull();
        assertThat(desk.connection.unsent()).isZero();
    }

    @Test
    void right_CLI32_takenAwayTheEditsWaitAndGoOnWhenItReturns() {
        Desk desk = Desk.joined(world, server);
        server.deaf = Push.class::isInstance;
        desk.title("Kept");
        server.say(new ServerMessage.Granted(LogServer.ROOM, Right.VIEW));
        world.advance(100);
        server.deaf = _ -> false;
        assertThat(desk.connection.unsent()).isOne();
        server.say(new ServerMessage.Granted(LogServer.ROOM, Right.EDIT));
        world.advance(100);
        assertThat(logged()).isEqualTo(Value.of("Kept"));
        assertThat(desk.connection.unsent()).isZero();
    }

    @Test
    void epoch_CLI40_aNewOneTakesTheSnapshotAndSendsTheUnsentAgainAsAnotherReplica() {
        Desk desk = Desk.joined(world, server);
        server.commit(others("A", server.time()));
        server.commit(others("B", server.time() + 1));
        world.advance(10);
        cut();
        server.restore(1);
        desk.title("Mine");
        world.advance(3_000);
        assertThat(server.log).hasSize(2);
        assertThat(logged()).isEqualTo(Value.of("Mine"));
        assertThat(desk.replica.revision()).isEqualTo(2);
        assertThat(desk.connection.unsent()).isZero();
        assertThat(server.heard(Join.class).stream().map(Join::replica).distinct()).hasSize(2);
        assertThat(desk.told).anyMatch(text -> text.startsWith("notice"));
    }

    @Test
    void restart_CLI41_theOutboxKeepsReplicaAndEdits() {
        InMemoryOutbox.Disk disk = new InMemoryOutbox.Disk();
        Desk before = new Desk(world, server, disk);
        before.connection.start();
        world.settle();
        server.mute = ServerMessage.Committed.class::isInstance; // logged, but the ack never came
        before.title("A");
        world.advance(50);
        server.deaf = Push.class::isInstance; // sealed, but never heard
        before.replica.edit("Note", List.of(new Edit(new ElementId(100), "note", Value.of("x"))));
        world.advance(50);
        server.mute = _ -> false;
        server.deaf = _ -> false;
        server.hangUp(BROKEN);

        world.advance(1);
        before.connection.close();
        world.settle();
        Desk after = new Desk(world, server, disk);
        assertThat(after.connection.unsent()).isEqualTo(2);
        after.connection.start();
        world.advance(100);
        assertThat(server.log).extracting(entry -> entry.clientSeq()).containsExactly(1L, 2L);
        assertThat(after.connection.unsent()).isZero();
        assertThat(server.heard(Join.class)).extracting(Join::replica).containsOnly(
                server.heard(Join.class).getFirst().replica());
    }

    @Test
    void reusedNumber_CLI42_goesOnAsAnotherReplica() {
        Desk desk = Desk.joined(world, server);
        server.deaf = Push.class::isInstance;
        desk.title("A");
        world.advance(50);
        server.deaf = _ -> false;
        server.say(new ServerMessage.Failed(ErrorCode.SEQUENCE_REUSED, LogServer.ROOM, null, "clientSeq", "Reused."));
        world.advance(100);
        assertThat(logged()).isEqualTo(Value.of("A"));
        assertThat(server.heard(Join.class).stream().map(Join::replica).distinct()).hasSize(2);
        assertThat(desk.connection.unsent()).isZero();
        assertThat(desk.told).as("nothing had to be sent anew").noneMatch(told -> told.startsWith("notice"));
    }

    @Test
    void reusedNumber_CLI42_thatHoldsOtherOperationsIsToldAndTheEditIsSentUnderAnother() {
        Desk desk = Desk.joined(world, server);
        server.hasDecided(others("B", server.time()));
        desk.title("A");
        world.advance(200);
        assertThat(logged()).isEqualTo(Value.of("A"));
        assertThat(server.heard(Join.class).stream().map(Join::replica).distinct()).hasSize(2);
        assertThat(desk.connection.unsent()).isZero();
        assertThat(desk.told).filteredOn(told -> told.startsWith("notice")).singleElement().asString()
                .contains("other edits under the same numbers");
    }

    @Test
    void notJoined_CLI43_isToldAndTheEditsStay() {
        Desk desk = Desk.joined(world, server);
        server.deaf = Push.class::isInstance;
        desk.title("A");
        server.deaf = message -> message instanceof Join || message instanceof Push;
        cutAndReturn();
        server.say(
                new ServerMessage.NotJoined(LogServer.DASHBOARD, ErrorCode.NOT_FOUND, "There is no such dashboard."));
        world.settle();
        assertThat(desk.told).contains("unavailable There is no such dashboard.");
        assertThat(desk.connection.unsent()).isOne();
    }

    @Test
    void dropAtEveryStep_CLI44_nothingIsLostAndNothingIsDoubled() {
        for (int drop = 0; drop < 12; drop++) {
            World steps = new World();
            LogServer log = new LogServer(steps);
            Desk desk = Desk.joined(steps, log);
            for (int i = 0; i < 12; i++) {
                desk.replica.edit("Note", List.of(new Edit(new ElementId(100 + i), "note", Value.of(i))));
                steps.advance(i % 3 == 0 ? 1 : 40);
                if (i == drop) {
                    log.hangUp(BROKEN);
                    steps.advance(i % 2 == 0 ? 0 : 700);
                }
            }
            steps.advance(40_000);
            assertThat(desk.connection.unsent()).as("dropped at %d", drop).isZero();
            assertThat(log.log).hasSize(12);
            assertThat(desk.replica.revision()).isEqualTo(12);
        }
    }

    @Test
    void close_CLI45_leavesTheRoomAndKeepsTheEdits() {
        Desk desk = Desk.joined(world, server);
        desk.replica.close();
        world.settle();
        assertThat(server.heard(Leave.class)).hasSize(1);
        desk.told.clear();
        server.commit(others("A", server.time()));
        world.settle();
        assertThat(desk.told).isEmpty();
    }

    @Test
    void close_CLI45_beforeTheRoomIsEnteredLeavesItAllTheSame() {
        Desk desk = new Desk(world, server, new InMemoryOutbox.Disk());
        server.mute = ServerMessage.Joined.class::isInstance;
        desk.connection.start();
        world.settle();
        desk.replica.close();
        server.mute = _ -> false;
        server.say(new ServerMessage.Joined(LogServer.DASHBOARD, LogServer.ROOM, Right.EDIT, server.epoch, 10, 0,
                List.of(), null,
                List.of()));
        world.settle();
        assertThat(server.heard(Leave.class)).extracting(Leave::room).containsExactly(LogServer.ROOM);
    }

    @Test
    void close_CLI45_whileAnotherReplicaTakesOverLeavesTheRoom() {
        Desk desk = Desk.joined(world, server);
        server.deaf = Push.class::isInstance;
        desk.title("A");
        world.advance(100);
        server.say(
                new ServerMessage.Failed(ErrorCode.SEQUENCE_REUSED, LogServer.ROOM, null, "clientSeq", "Reused.", null,
                        1L));
        world.advance(100);
        assertThat(desk.replica.joined()).isFalse();
        desk.replica.close();
        world.settle();
        assertThat(server.heard(Leave.class)).hasSize(1);
    }
}
