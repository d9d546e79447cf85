package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.room.Access;
import io.watchfloor.server.store.DashboardStore;

/// The ports that a world is fitted with. As they stand they are passed on as they are; a test that wants to see its
/// world fail puts faulty ones in their place.
///
/// Confined to its run's thread.
interface Parts {

    /// Nothing is replaced.
    Parts SOUND = new Parts() {};

    /// What an instance's rooms take for the store.
    default DashboardStore store(DashboardStore store, Lifetime instance) {
        return store;
    }

    default EventBus bus(EventBus bus) {
        return bus;
    }

    default Access access(Access access) {
        return access;
    }

    /// What a session of an instance takes for its connection.
    default io.watchfloor.server.session.Transport speaking(io.watchfloor.server.session.Transport connection) {
        return connection;
    }

    /// What a desktop takes for its outbox.
    default Outbox outbox(Outbox outbox) {
        return outbox;
    }

    /// What a desktop takes for its network.
    default io.watchfloor.client.sync.transport.Transport network(
            io.watchfloor.client.sync.transport.Transport network) {
        return network;
    }

    /// How a person at a desktop undoes and redoes.
    default Hand hand() {
        return new Hand();
    }
}
