package io.watchfloor.protocol.rest;

/// Answers what makes a code that enrols a device as a wall screen. Immutable.
///
/// @param code works once; is told only here
/// @param expiresAt milliseconds since 1970 UTC
public record KioskCode(String name, String code, long expiresAt) {

    @Override
    public String toString() {
        return "KioskCode[" + name + "]";
    }
}
