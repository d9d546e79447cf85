package io.watchfloor.server.store;

import io.watchfloor.protocol.Role;
import org.jspecify.annotations.Nullable;

/// A person who may sign in. Immutable.
///
/// @param name as it was written first; no other differs from it by case alone
/// @param password Argon2id in PHC format; absent for one who signs in by code only
/// @param generation access tokens carry it; those of an earlier one are void
/// @param createdAt milliseconds since 1970 UTC
public record Account(String name, Role role, @Nullable String password, boolean mustChangePassword, boolean disabled,
        int generation, long createdAt) {

    /// Without the password, so that it cannot come into a log.
    @Override
    public String toString() {
        return "Account[" + name + ", " + role + (disabled ? ", disabled]" : "]");
    }
}
