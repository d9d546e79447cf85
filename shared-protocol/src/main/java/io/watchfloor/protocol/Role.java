package io.watchfloor.protocol;

/// What an account may do in the whole installation, least first.
public enum Role {
    /// Looks at dashboards; never edits one.
    VIEWER,
    /// Creates dashboards, and edits those where it has the right.
    EDITOR,
    /// Everything.
    ADMIN
}
