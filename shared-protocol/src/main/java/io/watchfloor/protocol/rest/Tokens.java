package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Role;

/// Answers every kind of sign-in, the renewal of tokens and a change of password. Immutable.
///
/// @param accessToken goes into `Authorization: Bearer` and into `Hello`
/// @param accessExpiresAt milliseconds since 1970 UTC
/// @param refreshToken works once, at `POST /api/v1/tokens`
/// @param name of the account
/// @param mustAddSecondFactor true where the account has to have a second factor and has none: this access token is good
///        for adding one and nothing else
/// @param mustChangePassword true where this access token is good for changing the password and nothing else
public record Tokens(String accessToken, long accessExpiresAt, String refreshToken, String name, Role role,
        boolean mustChangePassword, boolean mustAddSecondFactor) {

    public Tokens(String accessToken, long accessExpiresAt, String refreshToken, String name, Role role,
            boolean mustChangePassword) {
        this(accessToken, accessExpiresAt, refreshToken, name, role, mustChangePassword, false);
    }

    @Override
    public String toString() {
        return "Tokens[" + name + ", " + role + "]";
    }
}
