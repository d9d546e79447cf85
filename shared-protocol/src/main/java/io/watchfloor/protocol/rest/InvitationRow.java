package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An invitation that nobody has accepted yet. Times in milliseconds since 1970 UTC. Immutable.
public record InvitationRow(String id, @Nullable String name, Role role, List<String> groups,
        @Nullable String invitedBy, long createdAt, long expiresAt) {

    public InvitationRow {
        groups = List.copyOf(groups);
    }
}
