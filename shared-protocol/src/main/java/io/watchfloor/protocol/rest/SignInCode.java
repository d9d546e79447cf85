package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/sign-in/code`. Immutable.
///
/// @param code as it stands in the file that the server wrote; works once
public record SignInCode(String code) {

    @Override
    public String toString() {
        return "SignInCode[]";
    }
}
