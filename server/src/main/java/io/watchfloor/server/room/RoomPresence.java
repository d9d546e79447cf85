package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.ServerMessage.Person;
import io.watchfloor.protocol.ServerMessage.Sight;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.BusMessage.Guest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the people of a room show each other. However much they say, everybody gets the latest of each some thirty times
/// a second at most, in one frame that all share, and the other instances get as many messages. Whoever is alone is heard
/// by nobody. Nothing of it is kept.
///
/// Confined to its room's executor, but for [#show].
final class RoomPresence implements RoomPeople.Watcher {

    /// Milliseconds between frames, and between messages to the other instances.
    static final long PAUSE = 34;

    private final DashboardId dashboard;
    private final RoomContext context;
    private final RoomPeople people;
    private final Sights sights;
    /// What was said and not looked at yet, the latest of each.
    private final Map<Member, Presence> said = new ConcurrentHashMap<>();
    /// What has changed since the last frame.
    private final Map<String, Presence> changed = new LinkedHashMap<>();
    /// Those of it who are on this instance.
    private final Set<String> changedHere = new HashSet<>();
    private long lastFlush = Long.MIN_VALUE / 2;
    private boolean scheduled;

    RoomPresence(DashboardId dashboard, int room, RoomContext context) {
        this.dashboard = dashboard;
        this.context = context;
        this.people = new RoomPeople(dashboard, room, context, this);
        this.sights = new Sights(room);
    }

    RoomPeople people() {
        return people;
    }

    Sights sights() {
        return sights;
    }

    /// A member shows something. What he showed before and was not looked at yet is dropped, so that nobody can make the
    /// room work by talking fast. Thread-safe.
    ///
    /// @param stranger run on the room's executor where he is no member
    void show(Member member, Presence presence, Runnable stranger) {
        if (said.put(member, presence) == null) {
            context.executor().execute(() -> {
                Presence latest = said.remove(member);
                Person person = people.personOf(member);
                if (person == null) {
                    stranger.run();
                } else if (latest != null) {
                    take(person.session(), latest, true);
                }
            });
        }
    }

    /// What people of another instance show.
    void elsewhere(List<Sight> shown) {
        shown.forEach(sight -> take(sight.session(), sight.presence(), false));
    }

    private void take(String session, Presence presence, boolean here) {
        List<Person> present = people.present();
        if (present.size() < 2 || present.stream().noneMatch(person -> person.session().equals(session))) {
            return; // nobody would see it, or nobody knows him yet: then it comes again with him
        }
        Presence before = changed.containsKey(session) ? changed.get(session) : sights.of(session);
        if (!presence.equals(before)) {
            changed.put(session, presence);
            if (here) {
                changedHere.add(session);
            }
            flushWhenDue();
        }
    }

    private void flushWhenDue() {
        long now = context.clock().getAsLong();
        if (now - lastFlush >= PAUSE || now < lastFlush) {
            flush();
        } else if (!scheduled) {
            scheduled = true;
            context.delay().after(PAUSE - (now - lastFlush), () -> context.executor().execute(() -> {
                scheduled = false;
                flush();
            }));
        }
    }

    private void flush() {
        if (changed.isEmpty()) {
            return;
        }
        lastFlush = context.clock().getAsLong();
        List<Sight> all = changed.entrySet().stream().map(each -> new Sight(each.getKey(), each.getValue())).toList();
        List<Sight> own = all.stream().filter(sight -> changedHere.contains(sight.session())).toList();
        changed.clear();
        changedHere.clear();
        sights.show(all);
        context.figures().presence.increment();
        if (people.members().size() > 1 || own.size() < all.size()) {
            people.members().forEach(Member::ticked);
        }
        if (people.isShared() && !own.isEmpty()) {
            context.bus().publish(new BusMessage.Shown(dashboard, own));
        }
    }

    @Override
    public void gone(String session) {
        sights.forget(session);
        changed.remove(session);
        changedHere.remove(session);
        if (people.present().size() < 2) {
            people.present().forEach(person -> sights.forget(person.session()));
            changed.clear();
            changedHere.clear();
        }
    }

    /// A lost message about somebody of another instance is made good by the next list of who is there.
    @Override
    public void guest(Guest guest) {
        if (guest.presence() != null) {
            take(guest.person().session(), guest.presence(), false);
        }
    }

    @Override
    public @Nullable Presence shown(String session) {
        Presence waiting = changed.get(session);
        return waiting == null ? sights.of(session) : waiting;
    }
}
