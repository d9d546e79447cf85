package io.watchfloor.server;

import io.watchfloor.protocol.rest.Readiness;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.DatabaseSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one database, by what its connections are for. However many wait for a connection of the first kind (people who
/// come back all at once, queries, sign-ins), those whose edits are to become durable do not wait with them, and neither
/// does the question whether rights have changed. Thread-safe.
///
/// @param shared for everything else
/// @param edits for writing the logs of dashboards, and following them
/// @param vital for what decides whether this instance may serve at all
record Databases(Database shared, Database edits, Database vital) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

    /// Appends that share a commit take one; the others are for great ones, and for reading what other instances wrote.
    private static final int EDITS = 4;
    /// The rights, and whether there is a database.
    private static final int VITAL = 2;

    /// @throws StoreException where the database cannot be used
    static Databases open(DatabaseSettings settings) {
        Database shared = Database.open(settings);
        return new Databases(shared, shared.apart("edits", EDITS), shared.apart("vital", VITAL));
    }

    int connectionsInUse() {
        return shared.connectionsInUse() + edits.connectionsInUse() + vital.connectionsInUse();
    }

    /// How often a connection was found lost.
    long losses() {
        return shared.losses() + edits.losses() + vital.losses();
    }

    /// Whether there is an answer, however many wait for one.
    Readiness.Check check() {
        try {
            vital.ping();
            return new Readiness.Check("database", true, null);
        } catch (StoreException e) {
            LOG.warn("Not ready: {}", e.getMessage());
            return new Readiness.Check("database", false,
                    "The database cannot be used at the moment; the server's log tells why.");
        }
    }

    @Override
    public void close() {
        edits.close();
        vital.close();
        shared.close();
    }
}
