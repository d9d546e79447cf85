package io.watchfloor.protocol.rest;

/// Answers `POST /api/v1/service-tokens`. Immutable.
///
/// @param token its text, which is told only here
public record CreatedServiceToken(String token, ServiceTokenRow row) {

    @Override
    public String toString() {
        return "CreatedServiceToken[" + row + "]";
    }
}
