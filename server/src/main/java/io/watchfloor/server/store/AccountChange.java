package io.watchfloor.server.store;

/// What became of a change of an account.
public enum AccountChange {
    DONE,
    /// There is no such account; nothing was changed.
    UNKNOWN,
    /// Nothing was changed, because nobody would be left to administer the installation.
    LAST_ADMINISTRATOR
}
