package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/tokens` and `POST /api/v1/sign-out`. Immutable.
public record RefreshToken(String refreshToken) {

    @Override
    public String toString() {
        return "RefreshToken[]";
    }
}
