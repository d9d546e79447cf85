package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/sign-in`. Immutable.
public record SignIn(String name, String password) {

    /// Without the password, so that it cannot come into a log.
    @Override
    public String toString() {
        return "SignIn[" + name + "]";
    }
}
