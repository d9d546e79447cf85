package io.watchfloor.server.auth;

import io.watchfloor.server.store.Device;
import io.watchfloor.server.store.RefreshFamily;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import io.watchfloor.server.store.TokenHash;
import io.watchfloor.server.store.TokenStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
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
    static final Duration LONGEST = Duration.ofDays(30);
    /// How long the last token may come again.
    private static final Duration RETRY = Duration.ofSeconds(10);
    /// How long it is known that a sign-in was ended: longer than its access tokens live.
    private static final Duration FORGOTTEN = Duration.ofHours(1);
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

    /// A token, and the sign-in that it is of.
    ///
    /// @param passwordMayBeDue whether the sign-in is not held up by a password that must be changed
    record Issued(String token, UUID signIn, String account, boolean passwordMayBeDue) {}

    /// What became of a renewal.
    sealed interface Renewal {

        record Renewed(Issued issued) implements Renewal {}

        /// The token is not valid, or no longer.
        record Refused() implements Renewal {}

        /// The token was used before by somebody; its sign-in was ended.
        record Reused(String account) implements Renewal {}
    }

    /// Begins a sign-in.
    Issued start(String account, boolean passwordMayBeDue, Device device) {
        UUID id = UUID.randomUUID();
        String token = token(keys.signing(Purpose.REFRESH), id, 1);
        long now = clock.millis();
        store.startFamily(
                new RefreshFamily(id, account, 1, TokenHash.of(token), passwordMayBeDue, device, now, now));
        return new Issued(token, id, account, passwordMayBeDue);
    }

    /// The account of a token that is good now; null where it is not.
    @Nullable
    String accountOf(String token) {
        UUID id = familyOf(token);
        RefreshFamily family = id == null ? null : store.family(id);
        return family != null && family.token().equals(TokenHash.of(token)) ? family.account() : null;
    }

    /// @param device where the token comes from
    Renewal renew(String token, Device device) {
        UUID id = familyOf(token);
        RefreshFamily family = id == null ? null : store.family(id);
        if (family == null) {
            return new Renewal.Refused();
        }
        long now = clock.millis();
        if (now - family.renewedAt() > IDLE.toMillis() || now - family.startedAt() > LONGEST.toMillis()) {
            store.endFamily(family.id());
            return new Renewal.Refused();
        }
        if (family.token().equals(TokenHash.of(token))) {
            String successor = token(keys.signing(Purpose.REFRESH), family.id(), family.generation() + 1);
            if (store.renew(family.id(), family.generation(), TokenHash.of(successor), device.address(), now)) {
                return new Renewal.Renewed(issued(successor, family));
            }
            family = store.family(family.id());
        }
        return family == null ? new Renewal.Refused() : again(token, family, device, now);
    }

    private static Issued issued(String token, RefreshFamily family) {
        return new Issued(token, family.id(), family.account(), family.passwordMayBeDue());
    }

    /// A token that is no longer the good one.
    private Renewal again(String token, RefreshFamily family, Device device, long now) {
        if (good(family) == null || !isOfAny(token, family)) {
            // Nobody's sign-in is ended because this instance does not know the newest key yet.
            keys.readAnew();
        }
        boolean last = isOf(token, family.id(), family.generation() - 1);
        String good = now - family.renewedAt() <= RETRY.toMillis() && family.device().isSame(device) && last
                ? good(family)
                : null;
        if (good != null) {
            return new Renewal.Renewed(issued(good, family));
        }
        boolean ours = isOfAny(token, family);
        if (ours) {
            store.endFamily(family.id());
        }
        return ours ? new Renewal.Reused(family.account()) : new Renewal.Refused();
    }

    /// The token that is good now, made again; null where its key is gone.
    private @Nullable String good(RefreshFamily family) {
        return keys.all(Purpose.REFRESH).stream().map(key -> token(key, family.id(), family.generation()))
                .filter(token -> family.token().equals(TokenHash.of(token))).findFirst().orElse(null);
    }

    private boolean isOf(String token, UUID family, int generation) {
        return keys.all(Purpose.REFRESH).stream().anyMatch(key -> same(token, token(key, family, generation)));
    }

    /// Whether it was a token of this family once: nobody else may end a sign-in by making tokens up.
    private boolean isOfEarlier(String token, RefreshFamily family) {
        for (int generation = family.generation() - 2; generation >= 1; generation--) {
            if (isOf(token, family.id(), generation)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.US_ASCII),
                other.getBytes(StandardCharsets.US_ASCII));
    }

    /// Ends the sign-in of a token, whichever of its family it is.
    ///
    /// @return the account's name; null where there was none to end
    @Nullable
    String end(String token) {
        UUID id = familyOf(token);
        RefreshFamily family = id == null ? null : store.family(id);
        return family != null && isOfAny(token, family) && store.endFamily(family.id()) ? family.account() : null;
    }

    private boolean isOfAny(String token, RefreshFamily family) {
        return isOf(token, family.id(), family.generation()) || isOf(token, family.id(), family.generation() - 1)
                || isOfEarlier(token, family);
    }

    /// Removes what has ended by time.
    public void tidy() {
        long now = clock.millis();
        store.forgetEnded(FORGOTTEN);
        store.endFamilies(now - IDLE.toMillis(), now - LONGEST.toMillis());
        store.forgetPlaces(now - SignInLimits.REMEMBERED.toMillis());
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
