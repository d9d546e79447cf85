package io.watchfloor.protocol.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service token without its text. Times in milliseconds since 1970 UTC. Immutable.
///
/// @param id names it when it is revoked
/// @param createdBy name of an account; absent for one made on the command line
public record ServiceTokenRow(String id, String name, List<Scope> scopes, @Nullable String createdBy, long createdAt,
        long expiresAt) {

    public ServiceTokenRow {
        scopes = List.copyOf(scopes);
    }
}
