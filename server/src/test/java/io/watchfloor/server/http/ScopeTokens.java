package io.watchfloor.server.http;

import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.auth.Standing;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Knows nobody but programs, whose tokens are named like the scope that they have. Thread-safe.
final class ScopeTokens implements Authenticator {

    @Override
    public @Nullable Caller authenticate(String token) {
        return null;
    }

    @Override
    public Standing standing(Caller caller) {
        return new Standing.Good(caller);
    }

    @Override
    public ServiceCaller authenticateService(String token) {
        return new ServiceCaller(token, Set.of(Scope.valueOf(token.toUpperCase(Locale.ROOT))));
    }
}
