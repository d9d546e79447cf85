package io.watchfloor.server.store.postgres;

/// How to open a database. Immutable.
///
/// @param connections most connections of this instance
/// @param allowUnsafe serves even where the database may lose what it has confirmed; for tests
public record DatabaseSettings(DatabaseAddress address, int connections, boolean allowUnsafe) {

    /// What a server uses unless told.
    public static final int CONNECTIONS = 10;

    public static DatabaseSettings durable(DatabaseAddress address) {
        return new DatabaseSettings(address, CONNECTIONS, false);
    }
}
