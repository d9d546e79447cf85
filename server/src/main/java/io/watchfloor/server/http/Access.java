package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.Scope;
import java.net.UnknownHostException;

/// Who may call a route; checked before its endpoint sees the request. Immutable.
public sealed interface Access {

    /// Everybody who reaches the server.
    record Anyone() implements Access {}

    /// A person with an access token.
    ///
    /// @param least role that is needed
    /// @param passwordMayBeDue whether it is open to one who must change his password first
    record Person(Role least, boolean passwordMayBeDue) implements Access {}

    /// A program with a service token of this scope.
    record Service(Scope scope) implements Access {}

    /// Programs of this machine that come without a proxy between, and others with a service token of this scope.
    record OwnMachine(Scope scope) implements Access {}

    static Access anyone() {
        return new Anyone();
    }

    static Access person(Role least) {
        return new Person(least, false);
    }

    static Access service(Scope scope) {
        return new Service(scope);
    }

    /// @param listen where the route is served
    static Access ownMachine(Scope scope, ListenAddress listen, Proxies proxies) {
        try {
            return proxies.isEmpty() && listen.isLoopback() ? new OwnMachine(scope) : new Service(scope);
        } catch (UnknownHostException e) {
            return new Service(scope);
        }
    }
}
