package io.watchfloor.server.store;

/// What became of a change of a group.
public enum GroupChange {
    DONE,
    /// There is no such group.
    UNKNOWN,
    /// Another group has the name, however cased.
    TAKEN
}
