package io.watchfloor.protocol.rest;

/// Answers what makes a password: `POST /api/v1/users` and `POST /api/v1/users/{name}/reset-password`. Immutable.
///
/// @param password is told only here, and must be changed at the next sign-in
public record OneTimePassword(String name, String password) {

    @Override
    public String toString() {
        return "OneTimePassword[" + name + "]";
    }
}
