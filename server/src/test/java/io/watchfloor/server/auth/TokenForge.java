package io.watchfloor.server.auth;

import com.auth0.jwt.JWT;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.store.Device;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes access tokens of any kind beside the true one of an account that is signed in. Immutable.
final class TokenForge {

    /// The key that the server signs with.
    final SigningKey key;
    /// Seconds since 1970.
    final long now;
    private final String issued;
    private final String signIn;

    TokenForge(AuthFixture auth) {
        Tokens tokens = ((SignInResult.SignedIn) auth.withPassword("alice", "correct horse",
                new Device(null, "", "127.0.0.1"))).tokens();
        this.key = auth.keys.signing(Purpose.ACCESS);
        this.now = auth.clock.instant().getEpochSecond();
        this.issued = tokens.accessToken();
        this.signIn = JWT.decode(issued).getClaim("sid").asString();
    }

    String issued() {
        return issued;
    }

    String header() {
        return "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + key.id() + "\"}";
    }

    String claims() {
        return "{\"iss\":\"watchfloor\",\"aud\":\"watchfloor-api\",\"sub\":\"alice\",\"iat\":" + now + ",\"nbf\":" + now
                + ",\"exp\":" + (now + 300) + ",\"gen\":1,\"sid\":\"" + signIn + "\",\"exempt\":false}";
    }

    String signed(String header, String claims) throws GeneralSecurityException {
        return signed(header, claims, "HmacSHA256", key.secret());
    }

    String signed(String header, String claims, String algorithm, byte[] secret)
            throws GeneralSecurityException {
        String unsigned = encoded(header) + "." + encoded(claims);
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(secret, algorithm));
        return unsigned + "." + encoded(mac.doFinal(unsigned.getBytes(StandardCharsets.US_ASCII)));
    }

    static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
