package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.KioskEnrolment;
import io.watchfloor.protocol.rest.KioskProof;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/// A device with a key of its own, as a wall screen has. Thread-safe.
public final class KioskDevice {

    private final KeyPair keys;

    public KioskDevice() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public KioskEnrolment enrolment(String code) {
        return new KioskEnrolment(code, text(keys.getPublic().getEncoded()));
    }

    public KioskProof proof(String name, String challenge) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(KioskProof.signed(name, challenge).getBytes(StandardCharsets.UTF_8));
            return new KioskProof(name, challenge, text(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
