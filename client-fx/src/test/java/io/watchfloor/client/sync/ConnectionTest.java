package io.watchfloor.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.ConnectionState.Connecting;
import io.watchfloor.client.sync.ConnectionState.Online;
import io.watchfloor.client.sync.ConnectionState.Stopped;
import io.watchfloor.client.sync.ConnectionState.Waiting;
import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.protocol.ClientMessage.Hello;
import io.watchfloor.protocol.ClientMessage.Ping;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final int BROKEN = 1006;

    private final World world = new World();
    private final LogServer server = new LogServer(world);

    @Test
    void start_CLI1_greetsAndIsOnlineWithLatency() {
        Desk desk = Desk.joined(world, server);
        assertThat(desk.states.getFirst()).isInstanceOf(Connecting.class);
        assertThat(desk.connection.state()).isEqualTo(new Online(0));
        assertThat(server.heard.getFirst()).isInstanceOf(Hello.class);
        assertThat(server.tokens).containsExactly("token 1");
        assertThat(desk.connection.greeted()).extracting(Greeted::account).isEqualTo("ann");
    }

    @Test
    void serverTime_CLI2_isTheServersAndKeepsGoingWhenTheClockOfTheMachineJumps() {
        server.ahead = 90_000;
        Desk desk = Desk.joined(world, server);
        assertThat(desk.connection.serverTime()).isEqualTo(world.wall() + 90_000);
        long before = desk.connection.serverTime();
        world.jumpWall(-3_600_000);
        world.advance(10);
        assertThat(desk.connection.serverTime()).isEqualTo(before + 10);
    }

    @Test
    void dropped_CLI3_waitsAndConnectsAgain() {
        Desk desk = Desk.joined(world, server);
        server.hangUp(BROKEN);
        world.settle();
        assertThat(desk.connection.state()).isInstanceOf(Waiting.class);
        assertThat(desk.told).contains("left");
        world.advance(600);
        assertThat(desk.connection.state()).isInstanceOf(Online.class);
    }

    @Test
    void unreachable_CLI4_waitsLongerAndLongerButNeverMoreThanHalfAMinute() {
        server.accepting = false;
        Desk desk = new Desk(world, server, new InMemoryOutbox.Disk());
        desk.connection.start();
        long longest = 0;
        for (int i = 0; i < 200; i++) {
            world.settle();
            if (desk.connection.state() instanceof Waiting(long next, String reason)) {
                assertThat(reason).isEqualTo("No server answers.");
                long wait = next - world.wall();
                assertThat(wait).isBetween(0L, Backoff.CAP_MILLIS);
                longest = Math.max(longest, wait);
                world.advance(wait);
            }
        }
        assertThat(longest).isGreaterThan(Backoff.CAP_MILLIS / 2);
    }

    @Test
    void closing_CLI5_itsPauseIsKeptAndItsWordsAreShown() {
        Desk desk = Desk.joined(world, server);
        server.say(new ServerMessage.Closing(CloseCode.STOPPING.code(), "The server is being updated.", 20_000));
        server.hangUp(CloseCode.STOPPING.code());
        world.settle();
        assertThat(desk.connection.state()).isInstanceOfSatisfying(Waiting.class, waiting -> {
            assertThat(waiting.reason()).isEqualTo("The server is being updated.");
            assertThat(waiting.nextAttempt()).isGreaterThanOrEqualTo(world.wall() + 20_000);
        });
    }

    @Test
    void closeCode_CLI6_thatForbidsItIsNotAnsweredByConnectingAgain() {
        Desk desk = Desk.joined(world, server);
        server.hangUp(CloseCode.SIGNED_OUT.code());
        world.advance(600_000);
        assertThat(desk.connection.state()).isInstanceOf(Stopped.class);
        assertThat(server.tokens).hasSize(1);
        desk.connection.retryNow();
        world.settle();
        assertThat(desk.connection.state()).isInstanceOf(Online.class);
    }

    @Test
    void disabledAccount_OFF4_isToldOnceAndNotTriedAgain() {
        Desk desk = Desk.joined(world, server);
        List<String> told = new ArrayList<>();
        desk.connection.onDisabled(() -> told.add("disabled"));
        server.hangUp(CloseCode.DISABLED.code());
        world.advance(600_000);
        assertThat(told).containsExactly("disabled");
        assertThat(desk.connection.state()).isInstanceOf(Stopped.class);
    }

    @Test
    void silence_CLI7_endsAConnectionThatIsDead() {
        Desk desk = Desk.joined(world, server);
        server.deaf = Ping.class::isInstance;
        world.advance(Heartbeat.SILENCE_MILLIS + Heartbeat.PING_MILLIS);
        assertThat(desk.states).anySatisfy(state -> assertThat(state).isInstanceOf(Waiting.class));
    }

    @Test
    void greeting_CLI7_isNotWaitedForWithoutEnd() {
        server.deaf = Hello.class::isInstance;
        Desk desk = new Desk(world, server, new InMemoryOutbox.Disk());
        desk.connection.start();
        world.advance(Connection.GREETING_MILLIS);
        assertThat(desk.connection.state()).isInstanceOf(Waiting.class);
    }

    @Test
    void token_CLI8_isRenewedOnTheConnectionBeforeItExpires() {
        Desk desk = new Desk(world, server, new InMemoryOutbox.Disk());
        desk.tokenLifetime = 600_000;
        desk.connection.start();
        world.advance(600_000);
        assertThat(server.tokens).containsExactly("token 1", "token 2");
        assertThat(desk.states).noneMatch(Waiting.class::isInstance);
    }

    @Test
    void token_CLI9_thatIsRefusedIsTriedOnceMoreWithAFreshOneThenAPersonMustSignIn() {
        Desk desk = Desk.joined(world, server);
        server.hangUp(CloseCode.TOKEN_EXPIRED.code());
        world.advance(600);
        assertThat(desk.connection.state()).isInstanceOf(Online.class);
        desk.denied = true;
        server.hangUp(CloseCode.TOKEN_EXPIRED.code());
        world.advance(2_000);
        assertThat(desk.connection.state()).isEqualTo(new Stopped("Sign in again.", true));
    }

    @Test
    void close_endsItForGood() {
        Desk desk = Desk.joined(world, server);
        desk.connection.close();
        world.advance(600_000);
        assertThat(desk.connection.state()).isInstanceOf(Stopped.class);
        assertThat(server.tokens).hasSize(1);
    }
}
