package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/second-factor/confirm`. Immutable.
///
/// @param code six digits, as the authenticator shows them now
public record FactorCode(String code) {

    @Override
    public String toString() {
        return "FactorCode[]";
    }
}
