package io.watchfloor.server.store;

/// Whom a right on a dashboard is granted to. Immutable.
public sealed interface Grantee {

    /// @param name of an account
    record Person(String name) implements Grantee {}

    /// Everybody in a group.
    ///
    /// @param group its name
    record Members(String group) implements Grantee {}

    /// Everybody who can sign in.
    record Everyone() implements Grantee {}
}
