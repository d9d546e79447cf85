package io.watchfloor.server.session;

import io.watchfloor.protocol.rest.AuditAction;
import org.jspecify.annotations.Nullable;

/// Hears of what somebody asked for over a connection and had no right to. Calls may block; they are made on threads that
/// may. Thread-safe.
@FunctionalInterface
public interface Refusals {

    /// Nobody hears of them.
    Refusals UNHEARD = (_, _, _, _, _) -> {};

    /// @param actor name of an account; absent where nobody has proved who he is
    /// @param address of the other end of the connection
    /// @param subject what it was asked for
    void refused(@Nullable String actor, String address, AuditAction action, @Nullable String subject, String detail);
}
