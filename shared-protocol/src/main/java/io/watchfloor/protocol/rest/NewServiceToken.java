package io.watchfloor.protocol.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/service-tokens`. Immutable.
///
/// @param name 1 to 64 characters, not that of another token
/// @param scopes at least one
/// @param days until it expires, 1 to 3650; 365 where absent
public record NewServiceToken(String name, List<Scope> scopes, @Nullable Integer days) {

    public NewServiceToken {
        scopes = List.copyOf(scopes);
    }
}
