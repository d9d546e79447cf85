package io.watchfloor.protocol.rest;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/tokens` and `POST /api/v1/sign-out`. Immutable.
///
/// @param deviceKey the key of the [Device] that was told at the sign-in, where one was
public record RefreshToken(String refreshToken, @Nullable String deviceKey) {

    public RefreshToken(String refreshToken) {
        this(refreshToken, null);
    }

    @Override
    public String toString() {
        return "RefreshToken[]";
    }
}
