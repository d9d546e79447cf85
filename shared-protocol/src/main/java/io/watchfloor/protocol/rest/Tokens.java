package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Role;

/// Answers every kind of sign-in, the renewal of tokens and a change of password. Immutable.
///
/// @param accessToken goes into `Authorization: Bearer` and into `Hello`
/// @param accessExpiresAt milliseconds since 1970 UTC
/// @param refreshToken works once, at `POST /api/v1/tokens`
/// @param name of the account
/// @param mustChangePassword true where this access token is good for changing the password and nothing else
public record Tokens(String accessToken, long accessExpiresAt, String refreshToken, String name, Role role,
        boolean mustChangePassword) {

    @Override
    public String toString() {
        return "Tokens[" + name + ", " + role + "]";
    }
}
