package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.Tokens;

/// What became of an attempt to get tokens. Immutable.
public sealed interface SignInResult {

    /// @param by what he has shown
    record SignedIn(Tokens tokens, Proof by) implements SignInResult {}

    /// Name, password, code or refresh token is wrong; which of them is not told.
    record Wrong() implements SignInResult {}

    /// The refresh token was used before by somebody; its sign-in was ended.
    record Reused(String account) implements SignInResult {}

    /// The account of this refresh token is disabled. Nobody but who holds such a token is told.
    record Disabled() implements SignInResult {}

    /// The password is right, and a code of the second factor is needed too.
    record CodeNeeded() implements SignInResult {}

    /// The password is right, the code of the second factor is wrong or was used before.
    record WrongCode() implements SignInResult {}

    /// The new password is not allowed.
    ///
    /// @param reason a sentence
    record Unfit(String reason) implements SignInResult {}

    /// Too many attempts have failed, or too many are made at the same time.
    ///
    /// @param busy whether it is the server that cannot keep up
    record Later(long seconds, boolean busy) implements SignInResult {}
}
