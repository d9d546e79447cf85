package io.watchfloor.client.sync.rest;

import io.watchfloor.protocol.rest.KioskEnrolment;
import io.watchfloor.protocol.rest.KioskProof;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// The key pair of a wall screen's device: Ed25519 (RFC 8032). Its private half proves to the server that it is this device,
/// and is never sent. Immutable.
public final class DeviceKey {

    private static final String ALGORITHM = "Ed25519";

    private final PrivateKey secret;
    private final PublicKey open;

    private DeviceKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
    }

    /// A new one.
    public static DeviceKey make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new DeviceKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /// @param text as [#text] told it
    /// @throws IllegalArgumentException where it is none
    public static DeviceKey of(String text) {
        try {
            String[] halves = text.split(" ", -1);
            if (halves.length != 2) {
                throw new IllegalArgumentException("a key has two halves");
            }
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            return new DeviceKey(factory.generatePrivate(new PKCS8EncodedKeySpec(decoded(halves[0]))),
                    factory.generatePublic(new X509EncodedKeySpec(decoded(halves[1]))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this is no key", e);
        }
    }

    /// Both halves, to be kept where only this device can read them.
    public String text() {
        return encoded(secret.getEncoded()) + " " + encoded(open.getEncoded());
    }

    KioskEnrolment enrolment(String code) {
        return new KioskEnrolment(code, encoded(open.getEncoded()));
    }

    KioskProof proof(String name, String challenge) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(secret);
            signature.update(KioskProof.signed(name, challenge).getBytes(StandardCharsets.UTF_8));
            return new KioskProof(name, challenge, encoded(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read can sign", e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    @Override
    public String toString() {
        return "DeviceKey[]";
    }
}
