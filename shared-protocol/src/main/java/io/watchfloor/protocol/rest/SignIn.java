package io.watchfloor.protocol.rest;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/sign-in`. Immutable.
///
/// @param code of the second factor, six digits or a recovery code; absent where the account has none
public record SignIn(String name, String password, @Nullable String code, @Nullable Device device) {

    public SignIn(String name, String password) {
        this(name, password, null, null);
    }

    /// Without the password, so that it cannot come into a log.
    @Override
    public String toString() {
        return "SignIn[" + name + "]";
    }
}
