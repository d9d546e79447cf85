package io.watchfloor.server.auth;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Signs and verifies access tokens: JWTs with HMAC-SHA256, and with nothing else whatever their header says. The key is
/// looked up by its id among the keys of this installation only.
///
/// Source: RFC 7519, RFC 8725, RFC 9068 (the type). Thread-safe.
public final class AccessTokens {

    private static final String TYPE = "at+jwt";
    private static final String ISSUER = "watchfloor";
    private static final String AUDIENCE = "watchfloor-api";
    private static final String GENERATION = "gen";
    private static final String EXEMPT = "exempt";
    private static final String SIGN_IN = "sid";
    private static final int LONGEST = 2_048;
    /// Seconds that the clocks of two instances may differ by.
    private static final long LEEWAY = 5;
    /// Seconds: for as long as its key is known.
    private static final long LONG_AGO = Duration.ofDays(60).toSeconds();

    private final SigningKeys keys;
    private final InstantSource clock;
    private final Duration lifetime;

    /// @param lifetime of a token
    public AccessTokens(SigningKeys keys, InstantSource clock, Duration lifetime) {
        this.keys = keys;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /// A signed token and its end in milliseconds since 1970 UTC.
    record Issued(String token, long expiresAt) {}

    /// What a token says, if it is genuine and in force.
    ///
    /// @param generation of the account when it was signed
    /// @param exempt whether a password or second factor that is due does not hold it up
    /// @param signIn the sign-in that it belongs to
    record Claims(String account, int generation, boolean exempt, UUID signIn, long expiresAt) {}

    Issued issue(Account account, UUID signIn, boolean exempt) {
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        Instant end = now.plus(lifetime);
        SigningKey key = keys.signing(Purpose.ACCESS);
        String token = JWT.create().withHeader(Map.of("typ", TYPE)).withKeyId(key.id()).withIssuer(ISSUER)
                .withAudience(AUDIENCE).withSubject(account.name()).withIssuedAt(now).withNotBefore(now)
                .withExpiresAt(end).withClaim(GENERATION, account.generation()).withClaim(EXEMPT, exempt)
                .withClaim(SIGN_IN, signIn.toString())
                .sign(Algorithm.HMAC256(key.secret()));
        return new Issued(token, end.toEpochMilli());
    }

    /// @return null where the token is not ours, or not in force
    @Nullable
    Claims verify(String token) {
        return verify(token, 0);
    }

    /// Whether it is ours, and good but for its time.
    boolean hasRunOut(String token) {
        Claims claims = verify(token, LONG_AGO);
        return claims != null && claims.expiresAt() <= clock.millis();
    }

    private @Nullable Claims verify(String token, long overdue) {
        if (token.length() > LONGEST || !TokenForm.fits(token)) {
            return null;
        }
        try {
            DecodedJWT unverified = JWT.decode(token);
            String keyId = unverified.getKeyId();
            SigningKey key = keyId == null || !TYPE.equals(unverified.getType())
                    ? null
                    : keys.verifying(Purpose.ACCESS, keyId);
            return key == null ? null : claims(verifier(key, overdue).verify(token));
        } catch (JWTVerificationException e) {
            return null;
        }
    }

    /// @param overdue seconds that it may be over for
    private JWTVerifier verifier(SigningKey key, long overdue) {
        var verification = (JWTVerifier.BaseVerification) JWT.require(Algorithm.HMAC256(key.secret()));
        verification.withIssuer(ISSUER).withAudience(AUDIENCE).withClaimPresence("sub").withClaimPresence("exp")
                .withClaimPresence("nbf").withClaimPresence("iat").acceptNotBefore(LEEWAY).acceptIssuedAt(LEEWAY)
                .acceptExpiresAt(overdue);
        return verification.build(clock.withZone(ZoneOffset.UTC));
    }

    private static @Nullable Claims claims(DecodedJWT jwt) {
        Integer generation = jwt.getClaim(GENERATION).asInt();
        Boolean exempt = jwt.getClaim(EXEMPT).asBoolean();
        Instant end = jwt.getExpiresAtAsInstant();
        String account = jwt.getSubject();
        UUID signIn = uuid(jwt.getClaim(SIGN_IN).asString());
        return generation == null || exempt == null || end == null || account == null || signIn == null
                ? null
                : new Claims(account, generation, exempt, signIn, end.toEpochMilli());
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
