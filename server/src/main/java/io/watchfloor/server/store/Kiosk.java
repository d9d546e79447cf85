package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A wall screen: it looks at its dashboards, and does nothing else. Immutable.
///
/// @param name no other differs from it by case alone
/// @param signIn names its one sign-in, which lasts until it is removed
/// @param generation raised when it is to be enrolled anew; access tokens of an earlier one are void
/// @param publicKey of the device that it is bound to: Ed25519, X.509, in base64url; absent until one is enrolled
/// @param dashboards that it may look at, the first one shown at its start
/// @param made by whom and when
/// @param used when and from where its key was proved last; absent before the first time
public record Kiosk(String name, UUID signIn, int generation, @Nullable String publicKey, List<DashboardId> dashboards,
        Made made, @Nullable Used used) {

    public Kiosk {
        dashboards = List.copyOf(dashboards);
    }

    /// With which the names of their accounts begin. No person's name has a colon.
    public static final String PREFIX = "kiosk:";

    /// @param by name of an account; absent for the command line
    /// @param at milliseconds since 1970 UTC
    public record Made(@Nullable String by, long at) {}

    /// @param at milliseconds since 1970 UTC
    public record Used(long at, String address) {}

    /// Name of the account that it is among the others.
    public String account() {
        return PREFIX + name;
    }
}
