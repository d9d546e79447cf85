package io.watchfloor.server.store;

import io.watchfloor.protocol.rest.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The right of a program to do something here. Immutable.
///
/// @param token hash of its text
/// @param createdBy name of an account; absent for one made on the command line
/// @param createdAt milliseconds since 1970 UTC
/// @param expiresAt milliseconds since 1970 UTC
public record ServiceToken(String id, String name, TokenHash token, Set<Scope> scopes, @Nullable String createdBy,
        long createdAt, long expiresAt) {

    public ServiceToken {
        scopes = Set.copyOf(scopes);
    }
}
