package io.watchfloor.server.session;

import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.room.Rooms;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// What all sessions of an instance share. Immutable.
///
/// @param clock milliseconds since 1970 UTC
/// @param blocking runs what blocks, on virtual threads
public record SessionContext(Identity identity, Authenticator authenticator, Rooms rooms, Queries queries,
        LongSupplier clock, Executor blocking) {

    /// How the server calls itself.
    ///
    /// @param instance name of the instance
    /// @param version of the server
    public record Identity(String instance, String version) {}
}
