package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Role;
import java.util.List;

/// An account as administrators see it. Immutable.
///
/// @param secondFactor whether it signs in with one
/// @param groups that it is in, by name
/// @param createdAt milliseconds since 1970 UTC
public record UserRow(String name, Role role, boolean disabled, boolean mustChangePassword, boolean secondFactor,
        List<String> groups, long createdAt) {

    public UserRow {
        groups = List.copyOf(groups);
    }
}
