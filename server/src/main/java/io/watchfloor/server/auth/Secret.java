package io.watchfloor.server.auth;

import java.security.SecureRandom;
import java.util.Base64;

/// Makes random text that stands for somebody. Stateless.
final class Secret {

    private static final int BYTES = 32;

    private Secret() {}

    /// 256 random bits as 43 characters that need no escaping anywhere.
    static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// A name for something that is no secret.
    static String id(SecureRandom random) {
        return random(random).substring(0, 12);
    }
}
