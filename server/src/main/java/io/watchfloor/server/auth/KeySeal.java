package io.watchfloor.server.auth;

import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Seals the keys of the installation before they go into the database, with AES-256-GCM under a key that is kept in a file
/// elsewhere, each for its id and purpose. Thread-safe.
public final class KeySeal {

    private static final byte[] MARK = "sealed1:".getBytes(StandardCharsets.US_ASCII);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    private KeySeal(SecretKeySpec key, SecureRandom random) {
        this.key = key;
        this.random = random;
    }

    /// @param file holds 32 bytes in Base64
    /// @throws IOException with a sentence, where it cannot be read or holds something else
    public static KeySeal read(Path file, SecureRandom random) throws IOException {
        try {
            byte[] bytes = Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
            if (bytes.length == KEY_BYTES) {
                return new KeySeal(new SecretKeySpec(bytes, "AES"), random);
            }
        } catch (IllegalArgumentException e) {
            // told below, without what is in it
        } catch (IOException e) {
            throw new IOException("The key file %s cannot be read: %s.".formatted(file, e.getMessage()), e);
        }
        throw new IOException(
                "The key file %s must hold 32 bytes in Base64, as \"openssl rand -base64 32\" makes them."
                        .formatted(file));
    }

    static boolean isSealed(SigningKey stored) {
        return Arrays.mismatch(stored.secret(), MARK) == MARK.length;
    }

    SigningKey seal(SigningKey plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, 0, plain).doFinal(plain.secret());
            byte[] all = ByteBuffer.allocate(MARK.length + NONCE + sealed.length).put(MARK).put(nonce).put(sealed)
                    .array();
            return new SigningKey(plain.id(), plain.purpose(), all, plain.createdAt());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key cannot be sealed", e);
        }
    }

    /// A key as the database has it, opened where it is sealed.
    ///
    /// @throws StoreException where it was sealed with another key, or there is none to open it with
    static SigningKey open(SigningKey stored, @Nullable KeySeal seal) {
        if (!isSealed(stored)) {
            return stored;
        }
        if (seal == null) {
            throw new StoreException("The keys of this installation are sealed in its database; name the file with the "
                    + "key that opens them, with --key-file.");
        }
        try {
            byte[] plain = seal.cipher(Cipher.DECRYPT_MODE, stored.secret(), MARK.length, stored).doFinal(
                    stored.secret(), MARK.length + NONCE, stored.secret().length - MARK.length - NONCE);
            return new SigningKey(stored.id(), stored.purpose(), plain, stored.createdAt());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StoreException("The key of --key-file is not the one that the keys of this installation were "
                    + "sealed with.", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, int from, SigningKey of) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, from, NONCE));
        cipher.updateAAD((of.purpose() + " " + of.id()).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
