package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.Tokens;

/// What became of an attempt to get tokens. Immutable.
public sealed interface SignInResult {

    record SignedIn(Tokens tokens) implements SignInResult {}

    /// Name, password, code or refresh token is wrong; which of them is not told.
    record Wrong() implements SignInResult {}

    /// The new password is not allowed.
    ///
    /// @param reason a sentence
    record Unfit(String reason) implements SignInResult {}

    /// Too many attempts have failed, or too many are made at the same time.
    ///
    /// @param busy whether it is the server that cannot keep up
    record Later(long seconds, boolean busy) implements SignInResult {}
}
