package io.watchfloor.server.auth;

/// What has become of somebody who was let in. Immutable.
public sealed interface Standing {

    /// He may stay, with the role that he has now.
    record Good(Caller caller) implements Standing {}

    /// The account is disabled or gone.
    ///
    /// @param text a sentence for the person
    record Disabled(String text) implements Standing {}

    /// The sign-in was ended.
    ///
    /// @param text a sentence for the person
    record SignedOut(String text) implements Standing {}

    /// A second factor has to be added to the account before anything else.
    record FactorDue() implements Standing {}

    /// The password was changed: those who know the new one have new tokens.
    record TokenVoid() implements Standing {}

    /// For too long the database has not confirmed what anybody may do.
    record Unknown() implements Standing {}
}
