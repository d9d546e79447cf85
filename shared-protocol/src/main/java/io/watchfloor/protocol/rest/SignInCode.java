package io.watchfloor.protocol.rest;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/sign-in/code`. Immutable.
///
/// @param code as it stands in the file that the server wrote; works once
public record SignInCode(String code, @Nullable Device device) {

    public SignInCode(String code) {
        this(code, null);
    }

    @Override
    public String toString() {
        return "SignInCode[]";
    }
}
