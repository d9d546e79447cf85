package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/password`. Immutable.
///
/// @param newPassword 8 to 128 characters
public record ChangePassword(String oldPassword, String newPassword) {

    @Override
    public String toString() {
        return "ChangePassword[]";
    }
}
