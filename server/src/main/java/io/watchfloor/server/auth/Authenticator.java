package io.watchfloor.server.auth;

import io.watchfloor.protocol.Role;
import org.jspecify.annotations.Nullable;

/// Tells who is behind a bearer token. Calls may block; make them from a virtual thread. They fail with
/// [io.watchfloor.server.store.StoreException] where the database is needed and cannot be reached. Thread-safe.
public interface Authenticator {

    /// The person with this access token, or null where the token is not valid or the account is gone or disabled. Nobody
    /// is refused by what was read before the question.
    @Nullable
    Caller authenticate(String bearerToken);

    /// The same.
    ///
    /// @param least role that is needed; where it is not known here that he has it, that is read anew
    default @Nullable Caller authenticate(String bearerToken, Role least) {
        return authenticate(bearerToken);
    }

    /// Whether a token that is not good any more was a genuine one, whose time is over: everyday business.
    default boolean hasRunOut(String bearerToken) {
        return false;
    }

    /// What has become of a caller since his token was checked. It answers from memory.
    Standing standing(Caller caller);

    /// The program with this service token, or null where the token is unknown, revoked or expired.
    @Nullable
    ServiceCaller authenticateService(String bearerToken);
}
