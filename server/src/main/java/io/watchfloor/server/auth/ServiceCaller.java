package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.Scope;
import java.util.Set;

/// The program behind a request, as its service token tells. Immutable.
///
/// @param name of the token
public record ServiceCaller(String name, Set<Scope> scopes) {

    public ServiceCaller {
        scopes = Set.copyOf(scopes);
    }
}
