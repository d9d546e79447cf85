package io.watchfloor.server.store;

import io.watchfloor.protocol.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets somebody make an account, once. Times in milliseconds since 1970 UTC. Immutable.
///
/// @param code hash of the text that he was given
/// @param name absent where he chooses it himself
public record Invitation(String id, TokenHash code, @Nullable String name, Role role, List<String> groups,
        @Nullable String invitedBy, long createdAt, long expiresAt) {

    public Invitation {
        groups = List.copyOf(groups);
    }
}
