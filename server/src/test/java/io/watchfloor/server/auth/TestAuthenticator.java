package io.watchfloor.server.auth;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

/// What an authenticator shows. Stateless.
public final class TestAuthenticator {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private TestAuthenticator() {}

    /// @param secret in Base32, as the server tells it
    public static String code(String secret) {
        return code(secret, Instant.now());
    }

    /// @param secret in Base32, as the server tells it
    static String code(String secret, Instant at) {
        TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator();
        try {
            return generator.generateOneTimePasswordString(new SecretKeySpec(decoded(secret),
                    generator.getAlgorithm()), at);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] decoded(String base32) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < base32.length(); i++) {
            buffer = ((buffer << 5) | BASE32.indexOf(base32.charAt(i))) & 0xfff;
            bits += 5;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                bytes.write(buffer >> bits);
            }
        }
        return bytes.toByteArray();
    }
}
