package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/kiosks/tokens`. Immutable.
///
/// @param name of the wall screen, as the enrolment told it
/// @param challenge as the server gave it
/// @param signature of [#signed] with the device's private key: Ed25519, in base64url without padding
public record KioskProof(String name, String challenge, String signature) {

    /// What is signed, in UTF-8. The first line keeps a signature from being good for anything else.
    public static String signed(String name, String challenge) {
        return "watchfloor kiosk\n" + name + "\n" + challenge;
    }

    @Override
    public String toString() {
        return "KioskProof[" + name + "]";
    }
}
