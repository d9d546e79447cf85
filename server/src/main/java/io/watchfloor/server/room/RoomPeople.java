package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.ServerMessage.Person;
import io.watchfloor.server.bus.BusMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who is in a room, on this instance and on others. What an instance said is forgotten when it has not said it again
/// for some time. Confined to its room's executor.
final class RoomPeople {

    /// Milliseconds after which an instance that says nothing is taken for dead.
    private static final long EXPIRY = 15_000;

    private record Elsewhere(List<Person> people, long until) {}

    private final DashboardId dashboard;
    private final int room;
    private final RoomContext context;
    private final Set<Member> members;
    private final Map<String, Elsewhere> elsewhere = new HashMap<>();
    private List<Person> told = List.of();

    RoomPeople(DashboardId dashboard, int room, RoomContext context, Set<Member> members) {
        this.dashboard = dashboard;
        this.room = room;
        this.context = context;
        this.members = members;
    }

    /// Members came or went.
    void changed() {
        publish();
        tell(true);
    }

    /// What another instance says.
    void elsewhere(String instance, List<Person> people) {
        elsewhere.put(instance, new Elsewhere(people, context.clock().getAsLong() + EXPIRY));
        tell(false);
    }

    /// Says again who is here, and forgets instances that do not.
    void beat() {
        publish();
        tell(false);
    }

    private void publish() {
        context.bus().publish(new BusMessage.Present(context.surroundings().instance(), dashboard, local()));
    }

    private List<Person> local() {
        return members.stream().map(Member::person).toList();
    }

    private void tell(boolean always) {
        long now = context.clock().getAsLong();
        elsewhere.values().removeIf(other -> other.until() < now);
        List<Person> people = new ArrayList<>(local());
        elsewhere.values().forEach(other -> people.addAll(other.people()));
        if (always || !people.equals(told)) {
            told = List.copyOf(people);
            Frame frame = new Frame(new ServerMessage.People(room, told));
            members.forEach(member -> member.deliver(frame));
        }
    }
}
