package io.watchfloor.server.store.postgres;

import org.jspecify.annotations.Nullable;

/// How to open a database. Immutable.
///
/// @param address whose user serves
/// @param owner whose user owns the tables and brings them to this version; absent where the one that serves does
/// @param connections most connections of this instance
/// @param allowUnsafe serves even where the database may lose what it has confirmed; for tests
public record DatabaseSettings(DatabaseAddress address, @Nullable DatabaseAddress owner, int connections,
        boolean allowUnsafe) {

    /// What a server uses unless told.
    public static final int CONNECTIONS = 10;

    /// With one role for everything.
    public DatabaseSettings(DatabaseAddress address, int connections, boolean allowUnsafe) {
        this(address, null, connections, allowUnsafe);
    }

    public static DatabaseSettings durable(DatabaseAddress address) {
        return new DatabaseSettings(address, CONNECTIONS, false);
    }

    /// With a role that owns the tables beside the one that serves.
    public static DatabaseSettings durable(DatabaseAddress address, DatabaseAddress owner) {
        return new DatabaseSettings(address, owner, CONNECTIONS, false);
    }
}
