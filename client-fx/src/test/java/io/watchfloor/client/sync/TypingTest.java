package io.watchfloor.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage.Join;
import io.watchfloor.protocol.ClientMessage.Push;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TypingTest {

    private static final int BROKEN = 1006;
    private static final TextId NOTE = new TextId(new ElementId(3), Properties.TEXT);

    private final World world = new World();
    private final LogServer server = new LogServer(world);
    private final InMemoryOutbox.Disk disk = new InMemoryOutbox.Disk();

    private Desk joined() {
        Desk desk = new Desk(world, server, disk);
        desk.connection.start();
        world.advance(50);
        return desk;
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

    private String logged() {
        return server.document().text(NOTE);
    }

    @Test
    void typing_CLI80_showsAtOnceAndIsSentInFewPushes() {
        Desk desk = joined();
        for (int i = 0; i < 100; i++) {
            desk.type(NOTE, i, "x");
            world.advance(5);
        }
        assertThat(desk.replica.text(NOTE)).isEqualTo("x".repeat(100));
        assertThat(desk.connection.unsent()).isOne();
        world.advance(100);
        assertThat(logged()).isEqualTo("x".repeat(100));
        assertThat(server.log.size()).isLessThan(25);
        assertThat(desk.connection.unsent()).isZero();
        assertThat(desk.texts.get(NOTE)).isEqualTo(logged());
    }

    @Test
    void typing_CLI81_oneDeltaOfATextIsInFlightAndASealedPushNeverChanges() {
        Desk desk = joined();
        server.deaf = Push.class::isInstance;
        desk.type(NOTE, 0, "one");
        world.advance(100);
        desk.type(NOTE, 3, " two");
        desk.type(NOTE, 7, " three");
        world.advance(100);
        assertThat(server.heard(Push.class)).hasSize(1);
        assertThat(desk.connection.unsent()).isEqualTo(2);
        server.deaf = _ -> false;
        server.hangUp(BROKEN);
        world.advance(5_000);
        List<Push> pushes = server.heard(Push.class);
        assertThat(pushes.get(1)).isEqualTo(pushes.get(0));
        assertThat(pushes).hasSize(3);
        assertThat(logged()).isEqualTo("one two three");
    }

    @Test
    void typing_CLI82_isCarriedPastWhatOthersTypeAndTheShownTextGoesAlong() {
        Desk desk = joined();
        server.type(NOTE, Delta.insert(0, "the end"));
        world.settle();
        server.mute = ServerMessage.Committed.class::isInstance;
        desk.type(NOTE, 3, " very");
        world.advance(50);
        desk.type(NOTE, 0, ">");
        server.mute = _ -> false;
        server.type(NOTE, Delta.insert(0, "my "));
        world.advance(5_000);
        assertThat(desk.replica.text(NOTE)).isEqualTo(logged()).contains("my ").contains(" very").contains(">");
        assertThat(desk.texts.get(NOTE)).isEqualTo(logged());
        assertThat(desk.connection.unsent()).isZero();
    }

    @Test
    void typing_CLI83_offlineSurvivesTheEndOfTheProgram() {
        Desk before = joined();
        server.type(NOTE, Delta.insert(0, "disk full"));
        world.advance(50);
        server.deaf = Push.class::isInstance;
        before.type(NOTE, 9, " on db-1");
        world.advance(50);
        cut();
        before.type(NOTE, 17, ", db-2");
        before.connection.close();
        Desk after = new Desk(world, server, disk);
        world.settle();
        assertThat(after.replica.text(NOTE)).isEqualTo("disk full on db-1, db-2");
        assertThat(after.connection.unsent()).isEqualTo(2);
        after.type(NOTE, 23, "!");
        server.deaf = _ -> false;
        server.type(NOTE, Delta.insert(0, "root "));
        server.accepting = true;
        after.connection.start();
        world.advance(5_000);
        assertThat(logged()).isEqualTo("root disk full on db-1, db-2!");
        assertThat(after.replica.text(NOTE)).isEqualTo(logged());
        assertThat(after.connection.unsent()).isZero();
    }

    @Test
    void typing_CLI83_survivesAlsoWhereOnlyASnapshotCameSince() {
        Desk before = joined();
        server.type(NOTE, Delta.insert(0, "disk full"));
        world.advance(50);
        cut();
        before.type(NOTE, 9, " on db-1");
        server.entriesOnJoin = false;
        server.type(NOTE, Delta.insert(0, "root "));
        before.connection.close();
        Desk after = joined();
        mend();
        assertThat(logged()).isEqualTo("root disk full on db-1");
        assertThat(after.replica.text(NOTE)).isEqualTo(logged());
    }

    @Test
    void typing_CLI83_whatWasInFlightAndLoggedIsNotDoubled() {
        for (boolean entries : new boolean[]{true, false}) {
            World own = new World();
            LogServer log = new LogServer(own);
            log.entriesOnJoin = entries;
            Desk desk = Desk.joined(own, log);
            log.mute = ServerMessage.Committed.class::isInstance;
            desk.type(NOTE, 0, "once");
            own.advance(50);
            desk.type(NOTE, 4, " more");
            log.mute = _ -> false;
            log.hangUp(BROKEN);
            own.advance(5_000);
            assertThat(log.document().text(NOTE)).as("entries %s", entries).isEqualTo("once more");
            assertThat(desk.replica.text(NOTE)).isEqualTo("once more");
            assertThat(desk.texts.get(NOTE)).isEqualTo("once more");
        }
    }

    @Test
    void typing_CLI84_onARevisionThatIsTooOldIsPushedAnewUnderAnotherNumber() {
        Desk desk = joined();
        server.type(NOTE, Delta.insert(0, "a"));
        world.advance(50);
        server.deaf = Push.class::isInstance;
        desk.type(NOTE, 1, "b");
        world.advance(50);
        cut();
        server.type(NOTE, Delta.insert(0, "0"));
        server.oldestBase = 2;
        server.deaf = _ -> false;
        mend();
        assertThat(logged()).isEqualTo("0ab");
        assertThat(desk.replica.text(NOTE)).isEqualTo("0ab");
        assertThat(desk.rejections).isEmpty();
        assertThat(server.heard(Push.class).getLast().clientSeq()).isEqualTo(2);
        assertThat(desk.connection.unsent()).isZero();
    }

    @Test
    void typing_CLI85_goesAfterTheCreationOfItsElement() {
        Desk desk = joined();
        cut();
        desk.replica.edit("Add", List.of(new Edit(NOTE.element(), Properties.EXISTS, Value.of(true))));
        desk.type(NOTE, 0, "new");
        mend();
        assertThat(server.log).hasSize(2);
        assertThat(server.log.get(1).operations().getFirst()).isInstanceOf(TextEdit.class);
    }

    @Test
    void typing_CLI30_thatIsRefusedIsTakenBackOutAndTold() {
        Desk desk = joined();
        server.refuses = _ -> true;
        desk.type(NOTE, 0, "no");
        world.advance(50);
        assertThat(desk.replica.text(NOTE)).isEmpty();
        assertThat(desk.texts.get(NOTE)).isEmpty();
        assertThat(desk.rejections).singleElement().satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo(ErrorCode.INVALID);
            assertThat(rejection.typed()).containsEntry(NOTE, "no");
        });
    }

    @Test
    void typing_CLI32_withoutTheRightOrBeyondTheLimitNothingIsTyped() {
        Desk desk = joined();
        assertThat(desk.replica.editText("Type", NOTE, Delta.insert(0, "x".repeat(Limits.TEXT_LENGTH + 1)))).isFalse();
        server.say(new ServerMessage.Granted(LogServer.ROOM, Right.VIEW));
        world.settle();
        assertThat(desk.replica.editText("Type", NOTE, Delta.insert(0, "x"))).isFalse();
        assertThat(desk.replica.text(NOTE)).isEmpty();
    }

    @Test
    void typing_CLI40_inANewEpochIsCarriedOver() {
        Desk desk = joined();
        server.type(NOTE, Delta.insert(0, "kept"));
        server.type(NOTE, Delta.insert(4, " lost"));
        world.advance(50);
        cut();
        desk.type(NOTE, 0, "> ");
        server.restore(1);
        mend();
        assertThat(logged()).isEqualTo("> kept");
        assertThat(desk.replica.text(NOTE)).isEqualTo("> kept");
    }

    @Test
    void typing_CLI46_thatARestoredLogHoldsIsNotPushedAgain() {
        Desk desk = joined();
        server.mute = ServerMessage.Committed.class::isInstance;
        desk.type(NOTE, 0, "once ");
        world.advance(100);
        assertThat(logged()).isEqualTo("once ");
        cut();
        server.mute = _ -> false;
        desk.type(NOTE, 5, "more ");
        server.restore(server.log.size());
        mend();
        assertThat(logged()).isEqualTo("once more ");
        assertThat(desk.replica.text(NOTE)).isEqualTo("once more ");
        assertThat(desk.connection.unsent()).isZero();
        assertThat(server.heard(Join.class).stream().map(Join::replica).distinct())
                .hasSize(2);
    }

    @Test
    void typing_CLI46_thatIsLoggedIsNotPushedAgainWhereItsReplicaIsGivenUp() {
        Desk desk = joined();
        server.mute = ServerMessage.Committed.class::isInstance;
        desk.type(NOTE, 0, "once ");
        world.advance(100);
        desk.type(NOTE, 5, "more ");
        server.mute = _ -> false;
        server.entriesOnJoin = false;
        server.say(new ServerMessage.Failed(ErrorCode.SEQUENCE_REUSED, LogServer.ROOM, null, "clientSeq", "Reused.",
                null, 7L));
        world.advance(200);
        assertThat(logged()).isEqualTo("once more ");
        assertThat(desk.replica.text(NOTE)).isEqualTo("once more ");
        assertThat(desk.connection.unsent()).isZero();
        assertThat(server.heard(Join.class).stream().map(Join::replica).distinct())
                .hasSize(2);
    }

    @Test
    void restoredLog_OFF12_tellsOfATextThatOneHadTypedInto() {
        Desk desk = joined();
        desk.type(NOTE, 0, "typed");
        world.advance(50);
        cut();
        server.restore(0);
        mend();
        assertThat(desk.replica.text(NOTE)).isEmpty();
        assertThat(desk.merged).singleElement()
                .satisfies(merged -> assertThat(merged.lostTexts()).containsEntry(NOTE, "typed"));
    }

    @Test
    void cutsAndRestarts_CLI86_nothingTypedIsLostOrDoubled() {
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            World own = new World();
            LogServer log = new LogServer(own);
            InMemoryOutbox.Disk kept = new InMemoryOutbox.Disk();
            Desk desk = new Desk(own, log, kept);
            desk.connection.start();
            own.advance(50);
            for (int step = 0; step < 60; step++) {
                int length = desk.replica.text(NOTE).length();
                switch (random.nextInt(9)) {
                    case 0, 1, 2, 3 -> desk.type(NOTE, random.nextInt(length + 1), "m" + step + " ");
                    case 4 -> log.type(NOTE, Delta.insert(random.nextInt(log.document().text(NOTE).length() + 1),
                            "o" + step + " "));
                    case 5 -> log.hangUp(BROKEN);
                    case 6 -> log.entriesOnJoin = random.nextBoolean();
                    case 7 -> {
                        // the process is gone, and another one comes
                        log.hangUp(BROKEN);
                        own.settle();
                        desk.connection.close();
                        own.settle();
                        desk = new Desk(own, log, kept);
                        desk.connection.start();
                        own.advance(random.nextInt(20));
                    }
                    default -> own.advance(random.nextInt(200));
                }
            }
            own.advance(120_000);
            String text = log.document().text(NOTE);
            assertThat(desk.replica.text(NOTE)).as("seed %d", seed).isEqualTo(text);
            assertThat(desk.connection.unsent()).isZero();
            assertThat(text.chars().filter(c -> c == 'm').count() + text.chars().filter(c -> c == 'o').count())
                    .as("seed %d: %s", seed, text).isEqualTo(text.chars().filter(c -> c == ' ').count());
        }
    }
}
