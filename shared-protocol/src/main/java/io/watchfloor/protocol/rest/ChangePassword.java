package io.watchfloor.protocol.rest;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/password`. Immutable.
///
/// @param newPassword 8 to 128 characters
/// @param device that the sign-in goes on with
public record ChangePassword(String oldPassword, String newPassword, @Nullable Device device) {

    public ChangePassword(String oldPassword, String newPassword) {
        this(oldPassword, newPassword, null);
    }

    @Override
    public String toString() {
        return "ChangePassword[]";
    }
}
