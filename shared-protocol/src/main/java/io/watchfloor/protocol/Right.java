package io.watchfloor.protocol;

/// What an account may do with one dashboard, least first.
public enum Right {
    NONE, VIEW, EDIT,
    /// Edits, shares and deletes it.
    OWN
}
