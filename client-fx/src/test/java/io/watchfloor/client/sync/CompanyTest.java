package io.watchfloor.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.model.Following;
import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Presence.Point;
import io.watchfloor.protocol.Presence.Viewport;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.ServerMessage.Person;
import io.watchfloor.protocol.ServerMessage.Sight;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a desktop shows of itself, and what it makes of the others.
class CompanyTest {

    private static final Person ANN = new Person("s1", "ann", 3);
    private static final Person BOB = new Person("s2", "bob", 4);
    private static final Person EVE = new Person("s3", "eve", 5);

    private final World world = new World();
    private final LogServer server = new LogServer(world);

    private Desk desk(Person... people) {
        Desk desk = Desk.joined(world, server);
        people(people);
        return desk;
    }

    private void people(Person... people) {
        server.say(new ServerMessage.People(LogServer.ROOM, List.of(people)));
        world.settle();
    }

    private void seen(Person person, Presence presence) {
        server.say(new ServerMessage.Seen(LogServer.ROOM, List.of(new Sight(person.session(), presence))));
        world.settle();
    }

    private static Presence at(double x) {
        return new Presence(new Point(x, 1), List.of(), List.of(), null, null, null);
    }

    private static Presence following(@Nullable String session) {
        return new Presence(null, List.of(), List.of(), null, null, session);
    }

    private List<Presence> shown() {
        return server.heard(ClientMessage.Show.class).stream().map(ClientMessage.Show::presence).toList();
    }

    @Test
    void alone_PRE20_nothingIsSent() {
        Desk desk = desk(ANN);
        for (int i = 0; i < 100; i++) {
            desk.replica.company().cursor(new Point(i % 24, 0));
            world.advance(20);
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void company_PRE20_whenSomebodyComesHeIsShownAllAtOnce_alsoTheNextTime() {
        Desk desk = desk(ANN);
        desk.replica.company().cursor(new Point(3, 4));
        desk.replica.company().selection(List.of(new ElementId(7)));
        people(ANN, BOB);
        assertThat(shown()).containsExactly(
                new Presence(new Point(3, 4), List.of(new ElementId(7)), List.of(), null, null, null));
        people(ANN);
        world.advance(1_000);
        people(ANN, EVE);
        assertThat(shown()).hasSize(2);
        people(BOB, EVE);
        people(ANN, BOB, EVE);
        world.advance(100);
        assertThat(shown()).as("the server had forgotten this one").hasSize(3);
    }

    @Test
    void inCompany_PRE21_atMostThirtyASecondAreSent_andTheLatestArrives() {
        Desk desk = desk(ANN, BOB);
        world.advance(1_000);
        for (int i = 0; i < 1_000; i++) {
            desk.replica.company().cursor(new Point(i % 24, i / 10.0));
            world.advance(1);
        }
        assertThat(shown()).hasSizeBetween(25, 30);
        world.advance(100);
        assertThat(Objects.requireNonNull(shown().getLast().cursor()).y()).isEqualTo(99.9);
        int before = shown().size();
        world.advance(10_000);
        assertThat(shown()).as("nothing has changed").hasSize(before);
    }

    @Test
    void reconnect_PRE22_nobodyIsThereMeanwhile_andAllIsShownAgain() {
        Desk desk = desk(ANN, BOB);
        desk.replica.company().cursor(new Point(3, 4));
        seen(BOB, at(5));
        assertThat(desk.replica.company().colleagues()).hasSize(1);
        server.hangUp(1006);
        world.settle();
        assertThat(desk.replica.company().colleagues()).isEmpty();
        int before = shown().size();
        world.advance(60_000);
        people(ANN, BOB);
        world.advance(100);
        assertThat(shown()).hasSize(before + 1);
        assertThat(desk.replica.company().colleagues()).containsExactly(new Colleague(BOB, Presence.NONE));
    }

    @Test
    void others_PRE23_areKnownByTheLatestTheyShowed_andGoneWhenTheyLeave() {
        Company company = desk(ANN, BOB, EVE).replica.company();
        seen(BOB, at(1));
        seen(BOB, at(2));
        seen(ANN, at(9));
        seen(new Person("s9", "stranger", 1), at(3));
        assertThat(company.colleagues()).containsExactlyInAnyOrder(new Colleague(BOB, at(2)),
                new Colleague(EVE, Presence.NONE));
        people(ANN, EVE);
        assertThat(company.find("s2")).isNull();
        people(ANN, BOB, EVE);
        assertThat(company.find("s2")).isEqualTo(new Colleague(BOB, Presence.NONE));
    }

    @Test
    void others_PRE23_costTheOwnerNothingPerMessage() {
        Desk desk = desk(ANN, BOB);
        int[] changes = new int[1];
        desk.replica.company().listen(() -> changes[0]++);
        int before = desk.told.size();
        LongStream.range(0, 100).forEach(i -> seen(BOB, at((double) (i % 20))));
        assertThat(changes[0]).isEqualTo(100);
        seen(BOB, at(99 % 20));
        assertThat(changes[0]).as("nothing new").isEqualTo(100);
        assertThat(desk.told).hasSize(before);
    }

    @Test
    void carets_PRE23_areFoundByTheirText() {
        Company company = desk(ANN, BOB, EVE).replica.company();
        ElementId note = new ElementId(7);
        company.editing(note, "text", 2, 5, 12);
        world.advance(100);
        assertThat(shown().getLast().editing())
                .isEqualTo(new Presence.Editing(note, "text", new Presence.Caret(12, 2, 5)));
        seen(BOB, new Presence(null, List.of(), List.of(),
                new Presence.Editing(note, "text", new Presence.Caret(12, 3, 3)), null, null));
        seen(EVE, new Presence(null, List.of(), List.of(), new Presence.Editing(note, "title", null), null, null));
        assertThat(company.typingIn(note, "text")).extracting(Colleague::session).containsExactly("s2");
        company.stopEditing();
        assertThat(company.mine().editing()).isNull();
    }

    @Test
    void largeSelection_PRE24_isShownInPart() {
        Company company = desk(ANN, BOB).replica.company();
        company.selection(LongStream.range(0, 1_000).mapToObj(ElementId::new).toList());
        assertThat(company.mine().selection()).hasSize(Limits.PRESENCE_ELEMENTS);
        assertThat(company.mine().problem()).isNull();
    }

    @Test
    void refusedPresence_PRE24_disturbsNoEdits() {
        Desk desk = desk(ANN, BOB);
        desk.title("a");
        int joins = server.heard(ClientMessage.Join.class).size();
        server.say(new ServerMessage.Failed(io.watchfloor.protocol.ErrorCode.LIMIT, LogServer.ROOM, null,
                "presence.selection", "Too many."));
        world.advance(1_000);
        assertThat(server.heard(ClientMessage.Join.class)).hasSize(joins);
        assertThat(desk.told).noneMatch(told -> told.startsWith("notice"));
    }

    @Test
    void following_PRE30_endsWhenTheOtherLeaves_andSaysSo() {
        Company company = desk(ANN, BOB).replica.company();
        Following following = new Following(company);
        assertThat(following.follow("s2")).isEmpty();
        assertThat(Objects.requireNonNull(following.leader()).person()).isEqualTo(BOB);
        world.advance(100);
        assertThat(shown().getLast().following()).isEqualTo("s2");
        assertThat(following.check()).isEmpty();
        people(ANN);
        assertThat(following.check()).contains("bob has left the dashboard.");
        assertThat(following.leader()).isNull();
        assertThat(following.check()).isEmpty();
        assertThat(following.follow("s2")).isPresent();
    }

    @Test
    void following_PRE31_inACircleIsRefused() {
        Company company = desk(ANN, BOB, EVE).replica.company();
        Following following = new Following(company);
        seen(BOB, following("s3"));
        seen(EVE, following("s1"));
        assertThat(following.follow("s2")).contains("bob follows you already.");
        assertThat(following.leader()).isNull();
        seen(EVE, following(null));
        assertThat(following.follow("s2")).isEmpty();
    }

    @Test
    void following_PRE31_ofTwoWhoBeganAtOnceOneGivesUp() {
        Desk ann = desk(ANN, BOB);
        Following first = new Following(ann.replica.company());
        assertThat(first.follow("s2")).isEmpty();
        seen(BOB, following("s1"));
        assertThat(first.check()).as("s1 is named first").isEmpty();

        World other = new World();
        LogServer same = new LogServer(other);
        Desk desk = new Desk(other, same, new InMemoryOutbox.Disk());
        desk.connection.start();
        other.settle();
        Person before = new Person("s0", "bob", 2);
        same.say(new ServerMessage.People(LogServer.ROOM, List.of(before, ANN)));
        other.settle();
        Following second = new Following(desk.replica.company());
        assertThat(second.follow("s0")).isEmpty();
        same.say(new ServerMessage.Seen(LogServer.ROOM, List.of(new Sight("s0", following("s1")))));
        other.settle();
        assertThat(second.check()).contains("bob follows you.");
        assertThat(second.leader()).isNull();
    }

    @Test
    void top_PRE32_isTheLeadersOwn_orWhereHisPointerIs() {
        Viewport his = new Viewport(10, 20);
        assertThat(Following.top(null, null, 20)).isEmpty();
        assertThat(Following.top(his, null, 20)).contains(10.0);
        assertThat(Following.top(his, new Point(1, 28), 30)).contains(10.0);
        assertThat(Following.top(his, new Point(1, 11), 10)).contains(10.0);
        assertThat(Following.top(his, new Point(1, 25), 10)).contains(17.0);
        assertThat(Following.top(his, new Point(1, 30), 10)).contains(20.0);
    }
}
