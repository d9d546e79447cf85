package io.watchfloor.server.room;

import static io.watchfloor.server.room.World.DASHBOARD;
import static io.watchfloor.server.room.World.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.ElementId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.ServerMessage.Person;
import io.watchfloor.server.room.World.Guest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Who is in a room and what they show, stepped by hand.
class PresenceTest {

    private final World world = new World();
    private final Rooms rooms = world.instance("one");
    private int joined;

    private Guest join(Rooms where, String name) {
        joined++;
        return world.join(where, name, replica(joined));
    }

    private static Presence at(double x) {
        return new Presence(new Presence.Point(x, 1), List.of(), List.of(), null, null, null);
    }

    private static void show(Rooms where, Guest guest, Presence presence) {
        assertThat(where.show(guest, new ClientMessage.Show(guest.joined().room(), presence))).isTrue();
    }

    private static List<Person> people(Guest guest) {
        return guest.told(ServerMessage.People.class).getLast().people();
    }

    private static List<String> names(Guest guest) {
        return people(guest).stream().map(Person::account).toList();
    }

    /// What a desktop would show: the latest of each who is there.
    private static Map<String, Presence> seen(Guest guest) {
        Map<String, Presence> seen = new HashMap<>();
        guest.told(ServerMessage.Seen.class).forEach(frame -> frame.sights()
                .forEach(sight -> seen.put(sight.session(), sight.presence())));
        seen.keySet().retainAll(people(guest).stream().map(Person::session).toList());
        seen.remove(guest.session());
        return seen;
    }

    private static int frames(Guest guest) {
        return guest.told(ServerMessage.Seen.class).size();
    }

    @Test
    void people_PRE1_areCountedBySession_notByAccount() {
        Guest first = join(rooms, "ann");
        Guest second = join(rooms, "ann");
        assertThat(names(first)).containsExactly("ann", "ann");
        assertThat(people(first)).extracting(Person::session).containsExactly(first.session(), second.session());
        assertThat(people(second)).isEqualTo(people(first));
    }

    @Test
    void colors_PRE2_areDifferentForTwelve_theSameForEverybody_andStayWhenOthersGo() {
        Rooms other = world.instance("two");
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < Person.COLORS; i++) {
            guests.add(join(i % 2 == 0 ? rooms : other, i % 3 == 0 ? "ann" : "guest " + i));
        }
        Guest last = guests.getLast();
        assertThat(people(last)).extracting(Person::color).doesNotHaveDuplicates().hasSize(Person.COLORS)
                .allMatch(color -> color >= 0 && color < Person.COLORS);
        for (Guest guest : guests) {
            assertThat(people(guest)).containsExactlyInAnyOrderElementsOf(people(last));
        }
        List<Person> before = people(last);
        for (int i = 0; i < 6; i++) {
            (i % 2 == 0 ? rooms : other).leave(guests.get(i), guests.get(i).joined().room());
        }
        world.settle();
        assertThat(before).containsAll(people(last));
        assertThat(people(last)).hasSize(6);
    }

    @Test
    void colors_PRE2_ofTwoWhoCameAtOnceToTwoInstances_becomeDifferent() {
        Rooms other = world.instance("two");
        world.busIsDead = true;
        Guest here = join(rooms, "ann");
        Guest there = join(other, "ann");
        assertThat(people(here).getFirst().color()).isEqualTo(people(there).getFirst().color());
        world.busIsDead = false;
        world.pass(4_000);
        assertThat(people(here)).hasSize(2).containsExactlyInAnyOrderElementsOf(people(there));
        assertThat(people(here)).extracting(Person::color).doesNotHaveDuplicates();
    }

    @Test
    void colors_PRE2_aPersonGetsHisOwnAgain_whereItIsFree() {
        Guest ann = join(rooms, "ann");
        int color = people(ann).getFirst().color();
        rooms.leave(ann, ann.joined().room());
        assertThat(people(join(rooms, "ann")).getLast().color()).isEqualTo(color);
    }

    @Test
    void leaving_PRE3_isToldAtOnce_onEveryInstance() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        Guest eve = join(other, "eve");
        rooms.leave(ann, ann.joined().room());
        world.settle();
        assertThat(names(bob)).containsExactly("bob", "eve");
        assertThat(names(eve)).containsExactlyInAnyOrder("eve", "bob");
    }

    @Test
    void silence_PRE4_ofFifteenSecondsAtMostHidesSomebody_untilHeIsHeardAgain() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        Guest eve = join(other, "eve");
        show(rooms, ann, at(3));
        world.pass(2_500);
        long died = world.now();
        ann.heardAt = () -> died;
        world.pass(10_000);
        assertThat(names(bob)).contains("ann");
        world.pass(5_000);
        assertThat(names(bob)).containsExactlyInAnyOrder("bob", "eve");
        assertThat(names(eve)).containsExactlyInAnyOrder("bob", "eve");
        assertThat(seen(bob)).isEmpty();
        ann.heardAt = world::now;
        world.pass(4_000);
        assertThat(names(bob)).containsExactlyInAnyOrder("ann", "bob", "eve");
        assertThat(names(eve)).containsExactlyInAnyOrder("ann", "bob", "eve");
    }

    @Test
    void silence_PRE4_isNotedWhileTheDatabaseIsAway() {
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        world.store.dead = true;
        long died = world.now();
        ann.heardAt = () -> died;
        world.pass(15_000);
        assertThat(names(bob)).containsExactly("bob");
    }

    @Test
    void instanceCrash_PRE5_takesItsPeopleWithinFifteenSeconds_alsoThoseWhoHadDiedBefore() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        Guest bob = join(other, "bob");
        Guest eve = join(other, "eve");
        show(other, bob, at(2));
        world.pass(100);
        assertThat(seen(ann)).hasSize(1);
        long died = world.now();
        bob.heardAt = () -> died;
        world.pass(9_000);
        world.crash("two");
        world.pass(6_000);
        assertThat(names(ann)).doesNotContain("bob");
        world.pass(9_000);
        assertThat(names(ann)).containsExactly("ann");
        assertThat(seen(ann)).isEmpty();
        assertThat(eve.closed).isNull();
    }

    @Test
    void instanceCrash_PRE5_anInstanceThatCameBackIsNotTakenForTheOldOne() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        join(other, "bob");
        world.crash("two");
        Rooms again = world.instance("two, again");
        Guest bob = join(again, "bob");
        world.pass(15_000);
        assertThat(names(ann)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(people(ann)).extracting(Person::session).contains(bob.session());
    }

    @Test
    void clockSetBack_PRE5_keepsNobodyForLonger() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        join(other, "bob");
        world.pass(4_000);
        world.crash("two");
        world.setBack(3_600_000);
        world.pass(15_000);
        assertThat(names(ann)).containsExactly("ann");
    }

    @Test
    void shown_PRE6_reachesEverybodyElse_onEveryInstance() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        Guest eve = join(other, "eve");
        Presence presence = new Presence(new Presence.Point(1.25, 40), List.of(new ElementId(7)),
                List.of(new Presence.Ghost(new ElementId(7), 1.5, 2, 3, 4)), null, null, null);
        show(rooms, ann, presence);
        world.pass(0);
        assertThat(seen(bob)).containsExactly(Map.entry(ann.session(), presence));
        assertThat(seen(eve)).containsExactly(Map.entry(ann.session(), presence));
        show(other, eve, at(9));
        world.pass(40);
        assertThat(seen(ann)).containsExactly(Map.entry(eve.session(), at(9)));
        assertThat(seen(bob)).hasSize(2);
    }

    @Test
    void shown_PRE7_isAtMostThirtyFramesASecond_howeverMuchIsSaid_andTheLatestArrives() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        Guest eve = join(other, "eve");
        long shownBefore = world.sent("Shown");
        for (int i = 0; i < 2_000; i++) {
            show(rooms, ann, at(i % 24));
            show(rooms, bob, at(i % 23));
            if (i % 2 == 0) {
                world.pass(1);
            }
        }
        assertThat(frames(bob)).isBetween(25, 30);
        assertThat(frames(eve)).isBetween(25, 30);
        assertThat(world.sent("Shown") - shownBefore).isLessThanOrEqualTo(30);
        world.pass(100);
        assertThat(seen(bob)).containsExactly(Map.entry(ann.session(), at(1_999 % 24)));
        assertThat(seen(eve)).containsEntry(bob.session(), at(1_999 % 23));
    }

    @Test
    void shown_PRE7_theFrameIsTheSameForAll() {
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        Guest eve = join(rooms, "eve");
        show(rooms, ann, at(3));
        world.settle();
        assertThat(bob.told(ServerMessage.Seen.class).getLast()).isSameAs(eve.told(ServerMessage.Seen.class).getLast())
                .isSameAs(ann.told(ServerMessage.Seen.class).getLast());
    }

    @Test
    void shown_PRE7_floodBetweenTwoStepsOfTheRoomCostsOneTask() {
        Guest ann = join(rooms, "ann");
        join(rooms, "bob");
        for (int i = 0; i < 10_000; i++) {
            show(rooms, ann, at(i % 24));
        }
        assertThat(world.waiting()).isLessThan(10);
    }

    @Test
    void alone_PRE8_nothingIsSentByTheServerNorBetweenInstances() {
        Guest ann = join(rooms, "ann");
        world.pass(1_000);
        long before = world.sent("Shown");
        show(rooms, ann, at(1));
        world.pass(1_000);
        assertThat(frames(ann)).isZero();
        assertThat(world.sent("Shown")).isEqualTo(before);
    }

    @Test
    void repetition_PRE8_isNotPassedOn() {
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        for (int i = 0; i < 10; i++) {
            show(rooms, ann, at(1));
            world.pass(100);
        }
        assertThat(frames(bob)).isEqualTo(1);
    }

    @Test
    void slowReader_PRE9_getsTheLatestOfEachInOneFrame_andNoBacklog() {
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        Guest slow = join(rooms, "slow");
        slow.slow = true;
        for (int i = 0; i < 100; i++) {
            show(rooms, ann, at(i % 24));
            show(rooms, bob, at(i % 7));
            world.pass(50);
        }
        assertThat(frames(slow)).isZero();
        slow.slow = false;
        slow.ticked();
        assertThat(frames(slow)).isEqualTo(1);
        assertThat(seen(slow)).containsOnly(Map.entry(ann.session(), at(99 % 24)),
                Map.entry(bob.session(), at(99 % 7)));
        slow.ticked();
        assertThat(frames(slow)).isEqualTo(1);
    }

    @Test
    void newcomer_PRE10_getsWhatEverybodyShows_whereverTheyAre() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        join(rooms, "bob");
        show(rooms, ann, at(4));
        world.pass(1_000);
        Guest near = join(rooms, "near");
        near.ticked();
        assertThat(seen(near)).containsExactly(Map.entry(ann.session(), at(4)));
        Guest far = join(other, "far");
        world.settle();
        far.ticked();
        assertThat(seen(far)).containsExactly(Map.entry(ann.session(), at(4)));
        assertThat(names(far)).containsExactlyInAnyOrder("ann", "bob", "near", "far");
    }

    @Test
    void lostBusMessage_PRE10_isMadeGoodWithinSeconds() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        Guest eve = join(other, "eve");
        world.busIsDead = true;
        show(rooms, ann, at(4));
        world.pass(100);
        assertThat(seen(eve)).isEmpty();
        world.busIsDead = false;
        world.pass(4_000);
        assertThat(seen(eve)).containsExactly(Map.entry(ann.session(), at(4)));
    }

    @Test
    void lateBusMessage_PRE10_bringsNobodyBack() {
        Rooms other = world.instance("two");
        Guest ann = join(rooms, "ann");
        Guest eve = join(other, "eve");
        var late = world.lastSent("Present");
        other.leave(eve, eve.joined().room());
        world.settle();
        world.sendAgain(late);
        world.settle();
        assertThat(names(ann)).containsExactly("ann");
    }

    @Test
    void show_PRE11_byAStrangerIsRefused_andByAViewerIsNot() {
        Guest ann = join(rooms, "ann");
        world.grant("vera", Right.VIEW);
        Guest vera = join(rooms, "vera");
        show(rooms, vera, at(2));
        world.settle();
        assertThat(seen(ann)).containsExactly(Map.entry(vera.session(), at(2)));
        Guest stranger = new Guest("stranger", "s", world::now);
        assertThat(rooms.show(stranger, new ClientMessage.Show(ann.joined().room(), at(1)))).isTrue();
        world.settle();
        ServerMessage.Failed failed = stranger.told(ServerMessage.Failed.class).getLast();
        assertThat(failed.code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failed.text()).endsWith(".");
        assertThat(seen(ann)).hasSize(1);
        assertThat(rooms.show(stranger, new ClientMessage.Show(999, at(1)))).isFalse();
    }

    @Test
    void right_PRE11_whoLosesItIsGoneForTheOthersAndSeesNothingMore() {
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        show(rooms, bob, at(2));
        world.settle();
        world.grant("bob", Right.NONE);
        rooms.recheckRights();
        world.settle();
        assertThat(names(ann)).containsExactly("ann");
        int before = frames(bob);
        join(rooms, "eve");
        show(rooms, ann, at(5));
        world.pass(100);
        assertThat(frames(bob)).isEqualTo(before);
    }

    @Test
    void presence_PRE12_leavesNoTraceInTheLog() {
        Guest ann = join(rooms, "ann");
        Guest bob = join(rooms, "bob");
        show(rooms, ann, at(5));
        world.pass(5_000);
        assertThat(bob.revisions()).isEmpty();
        assertThat(bob.told(ServerMessage.Beat.class).getLast().revision()).isEqualTo(1);
        Guest later = world.join(rooms, "eve", new ClientMessage.Join(DASHBOARD, replica(99), null, 0));
        assertThat(Objects.requireNonNull(later.sights).of(ann.session())).isEqualTo(at(5));
    }
}
