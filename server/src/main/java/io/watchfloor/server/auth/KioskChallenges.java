package io.watchfloor.server.auth;

import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What wall screens have to sign: a time with a code, so that any instance knows it again and nothing is stored.
/// Thread-safe.
final class KioskChallenges {

    private static final String MAC = "HmacSHA256";
    /// Keeps the key's other uses apart.
    private static final byte[] CONTEXT = "kiosk challenge".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = Long.BYTES + 32;
    private static final Duration GOOD = Duration.ofMinutes(1);
    /// That the clocks of two instances may differ by.
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    private final SigningKeys keys;
    private final InstantSource clock;

    KioskChallenges(SigningKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    String next() {
        return text(clock.millis(), keys.signing(Purpose.REFRESH));
    }

    /// The number of a challenge, which rises with time; null where it is none of ours, or too old.
    @Nullable
    Long number(String challenge) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(challenge);
            long at = bytes.length == BYTES ? ByteBuffer.wrap(bytes).getLong() : 0;
            long age = clock.millis() - at;
            boolean ours = age <= GOOD.toMillis() && age >= -LEEWAY.toMillis() && keys.all(Purpose.REFRESH).stream()
                    .anyMatch(key -> MessageDigest.isEqual(ascii(challenge), ascii(text(at, key))));
            return ours ? at : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(long at, SigningKey key) {
        byte[] time = ByteBuffer.allocate(Long.BYTES).putLong(at).array();
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.secret(), MAC));
            mac.update(CONTEXT);
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(ByteBuffer.allocate(BYTES).put(time).put(mac.doFinal(time)).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
