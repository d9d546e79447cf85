package io.watchfloor.client.sync;

import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.ServerMessage.Person;

/// Somebody else's view of the same dashboard.
///
/// @param presence what it shows; [Presence#NONE] until something is known
///
/// Immutable.
public record Colleague(Person person, Presence presence) {

    public String session() {
        return person.session();
    }
}
