package io.watchfloor.server.auth;

import io.watchfloor.protocol.Role;

/// The person behind a request or session, as an access token and the account's present state tell. Immutable.
///
/// @param account the account's name
/// @param role as it is now, which may be less than when the token was given
/// @param expiresAt when the token ends, milliseconds since 1970 UTC
/// @param mustChangePassword true where the token is good for changing the password and nothing else
public record Caller(String account, Role role, long expiresAt, boolean mustChangePassword) {}
