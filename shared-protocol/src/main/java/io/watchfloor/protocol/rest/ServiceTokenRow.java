package io.watchfloor.protocol.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service token without its text. Times in milliseconds since 1970 UTC. Immutable.
///
/// @param id names it when it is revoked
/// @param createdBy name of an account; absent for one made on the command line
/// @param usedAt when a program used it last, to half a minute; absent where none has
public record ServiceTokenRow(String id, String name, List<Scope> scopes, @Nullable String createdBy, long createdAt,
        long expiresAt, @Nullable Long usedAt) {

    public ServiceTokenRow {
        scopes = List.copyOf(scopes);
    }
}
