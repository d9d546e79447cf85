package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/kiosks/enrol`. Immutable.
///
/// @param code as an administrator was told it
/// @param publicKey of the pair that the device has made: Ed25519, X.509, in base64url without padding. The private key never
///        leaves the device
public record KioskEnrolment(String code, String publicKey) {

    @Override
    public String toString() {
        return "KioskEnrolment[]";
    }
}
