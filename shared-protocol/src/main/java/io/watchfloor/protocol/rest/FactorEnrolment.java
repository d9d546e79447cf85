package io.watchfloor.protocol.rest;

/// Answers `POST /api/v1/second-factor`: what an authenticator has to know. It counts from the confirmation on. Immutable.
///
/// @param secret in base 32, to be typed
/// @param uri `otpauth://totp/...`, to be shown as a QR code
public record FactorEnrolment(String secret, String uri) {

    @Override
    public String toString() {
        return "FactorEnrolment[]";
    }
}
