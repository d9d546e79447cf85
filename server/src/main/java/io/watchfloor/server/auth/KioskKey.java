package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.KioskProof;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The public key of a wall screen's device: Ed25519 (RFC 8032), and nothing else. Stateless.
final class KioskKey {

    private static final String ALGORITHM = "Ed25519";
    private static final int LONGEST = 200;

    private KioskKey() {}

    static boolean isOne(String text) {
        return key(text) != null;
    }

    private static @Nullable PublicKey key(String text) {
        try {
            return text.length() > LONGEST
                    ? null
                    : KeyFactory.getInstance(ALGORITHM)
                            .generatePublic(new X509EncodedKeySpec(Base64.getUrlDecoder().decode(text)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    /// Whether the proof was signed with the private key that belongs to this one.
    static boolean fits(String text, KioskProof proof) {
        PublicKey key = key(text);
        if (key == null || proof.signature().length() > LONGEST) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(KioskProof.signed(proof.name(), proof.challenge()).getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getUrlDecoder().decode(proof.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
