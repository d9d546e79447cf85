package io.watchfloor.protocol.rest;

/// Body of what changes a second factor: the password is asked for again. Immutable.
public record Password(String password) {

    @Override
    public String toString() {
        return "Password[]";
    }
}
