package io.watchfloor.server.session;

import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Places;
import io.watchfloor.server.room.Delay;
import io.watchfloor.server.room.Rooms;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// What all sessions of an instance share. Immutable.
public record SessionContext(Identity identity, Authenticator authenticator, Rooms rooms, Queries queries,
        Running running, Allowance allowance) {

    /// How the server calls itself.
    ///
    /// @param instance name of the instance
    /// @param version of the server
    public record Identity(String instance, String version) {}

    /// Time and threads.
    ///
    /// @param clock milliseconds since 1970 UTC
    /// @param blocking runs what blocks, on virtual threads
    public record Running(LongSupplier clock, Executor blocking, Delay delay) {}

    /// What a session and an account may take.
    ///
    /// @param places open sessions by account
    /// @param refusals hears of what they may not do
    public record Allowance(LimitSettings limits, Places places, Refusals refusals) {

        /// Where nobody hears of refusals.
        public Allowance(LimitSettings limits, Places places) {
            this(limits, places, Refusals.UNHEARD);
        }
    }

    LongSupplier clock() {
        return running.clock();
    }

    Executor blocking() {
        return running.blocking();
    }
}
