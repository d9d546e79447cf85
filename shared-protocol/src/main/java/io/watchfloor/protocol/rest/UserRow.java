package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An account as administrators see it. Immutable.
///
/// @param secondFactor whether it signs in with one
/// @param groups that it is in, by name
/// @param createdAt milliseconds since 1970 UTC
/// @param signedInAt when somebody signed in to it last, as `createdAt`; absent where nobody has
public record UserRow(String name, Role role, boolean disabled, boolean mustChangePassword, boolean secondFactor,
        List<String> groups, long createdAt, @Nullable Long signedInAt) {

    public UserRow {
        groups = List.copyOf(groups);
    }
}
