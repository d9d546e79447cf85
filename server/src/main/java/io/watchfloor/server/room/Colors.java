package io.watchfloor.server.room;

import io.watchfloor.protocol.ServerMessage.Person;
import java.util.Collection;

/// Which colour a person gets: his own, if it is free, else the next one that is used least. Pure.
final class Colors {

    private Colors() {}

    /// @param others everybody else in the room
    static int pick(String account, Collection<Person> others) {
        int[] uses = uses(others);
        int first = Math.floorMod((account.hashCode() * 0x9E3779B1) >>> 16, Person.COLORS);
        int best = first;
        for (int i = 1; i < Person.COLORS; i++) {
            int color = (first + i) % Person.COLORS;
            if (uses[color] < uses[best]) {
                best = color;
            }
        }
        return best;
    }

    /// Whether a person has to take another colour: two who came to two instances at the same moment may have got the
    /// same. The one whose session is named first keeps it, so that every instance decides the same.
    static boolean mustYield(Person person, Collection<Person> others) {
        int[] uses = uses(others);
        int least = Integer.MAX_VALUE;
        for (int use : uses) {
            least = Math.min(least, use);
        }
        return uses[person.color()] > least && others.stream()
                .anyMatch(other -> other.color() == person.color()
                        && other.session().compareTo(person.session()) < 0);
    }

    private static int[] uses(Collection<Person> people) {
        int[] uses = new int[Person.COLORS];
        people.forEach(person -> uses[Math.floorMod(person.color(), Person.COLORS)]++);
        return uses;
    }
}
