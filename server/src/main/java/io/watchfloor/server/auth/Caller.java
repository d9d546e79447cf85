package io.watchfloor.server.auth;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.Kiosk;
import java.util.UUID;

/// The person behind a request or session, as an access token and the account's present state tell. Immutable.
///
/// @param account the account's name
/// @param role as it is now, which may be less than when the token was given
/// @param expiresAt when the token ends, milliseconds since 1970 UTC
/// @param mustChangePassword true where he may change the password now, and do nothing else
/// @param mustAddSecondFactor true where he may add a second factor now, and do nothing else
/// @param exempt whether the sign-in is not held up by a password or second factor that is due
/// @param signIn the sign-in that the token is of
/// @param generation of the account when the token was given
public record Caller(String account, Role role, long expiresAt, boolean mustChangePassword,
        boolean mustAddSecondFactor, boolean exempt, UUID signIn, int generation) {

    /// Nobody's sign-in.
    private static final UUID NONE = new UUID(0, 0);

    /// Whether it is a wall screen, which only looks.
    public boolean isKiosk() {
        return account.startsWith(Kiosk.PREFIX);
    }

    /// One whose sign-in cannot be ended by itself.
    public Caller(String account, Role role, long expiresAt, boolean mustChangePassword) {
        this(account, role, expiresAt, mustChangePassword, false, false, NONE, 1);
    }
}
