package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.ServerMessage.Person;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.BusMessage.Guest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is in a room, on this instance and on others: one for each session. Somebody of whom nothing was heard for some
/// time is left out, wherever he is, until he is heard of again; so is everybody of an instance that died.
///
/// Confined to its room's executor.
final class RoomPeople {

    /// Milliseconds after which somebody who says nothing is taken for gone. Clients say something every five seconds.
    static final long SILENCE = 13_000;
    /// Milliseconds between saying again who is here.
    private static final long AGAIN = 3_000;
    /// Milliseconds after which an instance with nobody here is forgotten.
    private static final long FORGOTTEN = 60_000;

    /// @param until when he is taken for gone
    private record Elsewhere(Person person, String instance, long until) {}

    /// @param number of its last message
    private record Heard(long number, long at) {}

    /// What people show: told who has gone, and what those of other instances were last known to show.
    interface Watcher {

        void gone(String session);

        void guest(Guest guest);

        /// Null where nothing.
        @Nullable
        Presence shown(String session);
    }

    private final DashboardId dashboard;
    private final int room;
    private final RoomContext context;
    private final Watcher watcher;
    private final Map<Member, Person> here = new LinkedHashMap<>();
    private final Map<String, Elsewhere> elsewhere = new LinkedHashMap<>();
    private final Map<String, Heard> instances = new HashMap<>();
    private List<Person> told = List.of();
    private long number;
    private long published = Long.MIN_VALUE;

    RoomPeople(DashboardId dashboard, int room, RoomContext context, Watcher watcher) {
        this.dashboard = dashboard;
        this.room = room;
        this.context = context;
        this.watcher = watcher;
    }

    /// Everybody as they were last told.
    List<Person> present() {
        return told;
    }

    /// Whether somebody is on another instance.
    boolean isShared() {
        return !elsewhere.isEmpty();
    }

    /// @return null where he is not here
    @Nullable
    Person personOf(Member member) {
        return here.get(member);
    }

    Set<Member> members() {
        return here.keySet();
    }

    void entered(Member member) {
        if (!here.containsKey(member)) {
            here.put(member,
                    new Person(member.session(), member.account(), Colors.pick(member.account(), everybody())));
        }
        tell(member);
        publish();
    }

    void left(Member member) {
        Person person = here.remove(member);
        if (person != null) {
            tell(null);
            publish();
        }
    }

    /// The room ends here; the other instances are told that nobody is in it any more.
    void close() {
        if (!here.isEmpty()) {
            here.clear();
            publish();
        }
    }

    /// What another instance says.
    void elsewhere(BusMessage.Present present) {
        Heard before = instances.get(present.instance());
        if (before != null && present.number() <= before.number()) {
            return;
        }
        long now = now();
        instances.put(present.instance(), new Heard(present.number(), now));
        elsewhere.values().removeIf(other -> other.instance().equals(present.instance()));
        for (Guest guest : present.guests()) {
            long left = Math.min(SILENCE, SILENCE - guest.quiet());
            if (left > 0) {
                elsewhere.put(guest.person().session(),
                        new Elsewhere(guest.person(), present.instance(), now + left));
            }
        }
        boolean recolored = yieldColors();
        tell(null);
        present.guests().forEach(watcher::guest);
        if (recolored || (before == null && !here.isEmpty())) {
            publish(); // who has just come does not know yet who is here
        }
    }

    private boolean yieldColors() {
        boolean changed = false;
        for (Map.Entry<Member, Person> each : here.entrySet()) {
            Person person = each.getValue();
            List<Person> others = everybody();
            others.remove(person);
            if (Colors.mustYield(person, others)) {
                each.setValue(new Person(person.session(), person.account(), Colors.pick(person.account(), others)));
                changed = true;
            }
        }
        return changed;
    }

    /// Forgets who was not heard of for too long, and says again who is here. To be called about once a second.
    void check() {
        long now = now();
        // a clock that was set back must not keep anybody for longer
        elsewhere.replaceAll((_, other) -> other.until() <= now + SILENCE
                ? other
                : new Elsewhere(other.person(), other.instance(), now + SILENCE));
        elsewhere.values().removeIf(other -> other.until() <= now);
        instances.entrySet().removeIf(heard -> Math.abs(now - heard.getValue().at()) > FORGOTTEN);
        tell(null);
        if (!here.isEmpty() && (now - published >= AGAIN || now < published)) {
            publish();
        }
    }

    private List<Person> everybody() {
        List<Person> everybody = new ArrayList<>(here.values());
        elsewhere.values().forEach(other -> everybody.add(other.person()));
        return everybody;
    }

    /// Tells everybody who is here, where that has changed.
    ///
    /// @param newcomer who has to be told in any case
    private void tell(@Nullable Member newcomer) {
        long now = now();
        List<Person> people = new ArrayList<>();
        here.forEach((member, person) -> {
            if (now - member.heardAt() < SILENCE) {
                people.add(person);
            }
        });
        elsewhere.values().forEach(other -> people.add(other.person()));
        boolean changed = !people.equals(told);
        List<Person> before = told;
        told = List.copyOf(people);
        if (changed) {
            before.stream().map(Person::session).filter(session -> isGone(session, people)).forEach(watcher::gone);
        }
        Frame frame = new Frame(new ServerMessage.People(room, told));
        for (Member member : here.keySet()) {
            if (changed || member.equals(newcomer)) {
                member.deliver(frame);
            }
        }
    }

    private static boolean isGone(String session, Collection<Person> people) {
        return people.stream().noneMatch(person -> person.session().equals(session));
    }

    private void publish() {
        long now = now();
        published = now;
        number = Math.max(number + 1, now);
        List<Guest> guests = new ArrayList<>();
        here.forEach((member, person) -> guests.add(
                new Guest(person, Math.max(0, now - member.heardAt()), watcher.shown(person.session()))));
        context.bus().publish(new BusMessage.Present(context.surroundings().instance(), dashboard, number, guests));
    }

    private long now() {
        return context.clock().getAsLong();
    }
}
