package io.watchfloor.server.auth;

import io.watchfloor.server.store.RefreshFamily;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import io.watchfloor.server.store.TokenHash;
import io.watchfloor.server.store.TokenStore;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Refresh tokens: each works once and is replaced by its successor. A token that was replaced and comes again has been
/// copied, so it ends its family; only the last one may come again for a moment, for one whose answer was lost, and gets
/// the same successor.
///
/// A token is the family's id and 256 bits of HMAC over id and generation, under a key of the installation: any instance
/// can make it again, and only hashes are stored. Thread-safe.
public final class RefreshTokens {

    /// A sign-in ends when it was not renewed for so long.
    private static final Duration IDLE = Duration.ofDays(3);
    /// A sign-in ends after this, however often it was renewed.
    private static final Duration LONGEST = Duration.ofDays(30);
    /// How long the last token may come again.
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final String MAC = "HmacSHA256";
    private static final int ID_BYTES = 16;
    private static final int TOKEN_BYTES = ID_BYTES + 32;

    private final TokenStore store;
    private final SigningKeys keys;
    private final InstantSource clock;

    public RefreshTokens(TokenStore store, SigningKeys keys, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /// A token in place of an old one.
    record Renewed(String token, String account, boolean passwordMayBeDue) {}

    /// Begins a sign-in.
    String start(String account, boolean passwordMayBeDue) {
        UUID id = UUID.randomUUID();
        String token = token(keys.signing(Purpose.REFRESH), id, 1);
        long now = clock.millis();
        store.startFamily(new RefreshFamily(id, account, 1, TokenHash.of(token), passwordMayBeDue, now, now));
        return token;
    }

    /// @return null where the token is not valid, or no longer
    @Nullable
    Renewed renew(String token) {
        UUID id = familyOf(token);
        RefreshFamily family = id == null ? null : store.family(id);
        if (family == null) {
            return null;
        }
        long now = clock.millis();
        if (now - family.renewedAt() > IDLE.toMillis() || now - family.startedAt() > LONGEST.toMillis()) {
            store.endFamily(family.id());
            return null;
        }
        if (family.token().equals(TokenHash.of(token))) {
            String successor = token(keys.signing(Purpose.REFRESH), family.id(), family.generation() + 1);
            if (store.renew(family.id(), family.generation(), TokenHash.of(successor), now)) {
                return new Renewed(successor, family.account(), family.passwordMayBeDue());
            }
            family = store.family(family.id());
        }
        return family == null ? null : again(token, family, now);
    }

    /// A token that is no longer the good one.
    private @Nullable Renewed again(String token, RefreshFamily family, long now) {
        if (now - family.renewedAt() <= RETRY.toMillis()) {
            for (SigningKey key : keys.all(Purpose.REFRESH)) {
                String good = token(key, family.id(), family.generation());
                if (token.equals(token(key, family.id(), family.generation() - 1))
                        && family.token().equals(TokenHash.of(good))) {
                    return new Renewed(good, family.account(), family.passwordMayBeDue());
                }
            }
        }
        store.endFamily(family.id());
        return null;
    }

    /// Ends the sign-in of a token, whichever of its family it is.
    void end(String token) {
        UUID id = familyOf(token);
        if (id != null) {
            store.endFamily(id);
        }
    }

    /// Removes what has ended by time.
    public void tidy() {
        long now = clock.millis();
        store.endFamilies(now - IDLE.toMillis(), now - LONGEST.toMillis());
    }

    private static String token(SigningKey key, UUID family, int generation) {
        byte[] id = ByteBuffer.allocate(ID_BYTES).putLong(family.getMostSignificantBits())
                .putLong(family.getLeastSignificantBits()).array();
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.secret(), MAC));
            mac.update(id);
            byte[] secret = mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(generation).array());
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(ByteBuffer.allocate(TOKEN_BYTES).put(id).put(secret).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    private static @Nullable UUID familyOf(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length != TOKEN_BYTES) {
                return null;
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
