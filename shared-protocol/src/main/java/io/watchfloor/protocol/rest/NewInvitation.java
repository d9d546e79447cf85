package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/invitations`. Immutable.
///
/// @param name of the account; absent to let the invited person choose
/// @param groups to be put into
/// @param days until it is over, 1 to 30; 7 where absent
public record NewInvitation(@Nullable String name, Role role, List<String> groups, @Nullable Integer days) {

    public NewInvitation {
        groups = List.copyOf(groups);
    }
}
