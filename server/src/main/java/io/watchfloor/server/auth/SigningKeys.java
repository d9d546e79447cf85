package io.watchfloor.server.auth;

import io.watchfloor.server.audit.AuditKeys;
import io.watchfloor.server.audit.Checkpoint;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import io.watchfloor.server.store.TokenStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys that this installation signs with. All instances share them through the store: the newest one signs, all of
/// them verify. Thread-safe.
public final class SigningKeys implements AuditKeys {

    private static final int KEY_BYTES = 32;
    /// Age at which a key for tokens gets a successor.
    private static final Duration ROTATION = Duration.ofDays(30);
    /// How much longer than what it has signed lives an old key still verifies.
    private static final Duration MARGIN = Duration.ofDays(2);
    /// Least time between two looks into the store for a key that is not known here.
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final TokenStore store;
    private final InstantSource clock;
    private final SecureRandom random;
    private final @Nullable KeySeal seal;
    private volatile List<SigningKey> keys = List.of();
    private long lookedAt;

    /// With keys that lie in the store as they are.
    public SigningKeys(TokenStore store, InstantSource clock, SecureRandom random) {
        this(store, clock, random, null);
    }

    /// @param seal seals them in the store; absent to leave them as they are
    public SigningKeys(TokenStore store, InstantSource clock, SecureRandom random, @Nullable KeySeal seal) {
        this.seal = seal;
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /// Makes the keys that are missing or due, and removes those that are no longer needed.
    ///
    /// @throws io.watchfloor.server.store.StoreException where they are sealed, and not by the seal that there is
    public synchronized void prepare() {
        keys = read();
        sealThoseOfBefore();
        for (Purpose rotating : List.of(Purpose.ACCESS, Purpose.REFRESH)) {
            SigningKey newest = latest(rotating);
            if (newest == null || newest.createdAt() < clock.millis() - ROTATION.toMillis()) {
                rotate(rotating);
            }
        }
        for (Purpose kept : List.of(Purpose.SEAL, Purpose.AUDIT, Purpose.CHECKPOINT)) {
            if (oldest(kept) == null) {
                add(kept);
            }
        }
    }

    /// Makes a new key for tokens of a kind. What the old one has signed stays good until it expires.
    public synchronized void rotate(Purpose tokens) {
        long over = clock.millis() - MARGIN.toMillis()
                - (tokens == Purpose.REFRESH ? RefreshTokens.LONGEST.toMillis() : 0);
        // A key can go when what took its place has signed for so long.
        all(tokens).stream().mapToLong(SigningKey::createdAt).filter(at -> at <= over).max()
                .ifPresent(successor -> store.removeSigningKeys(tokens, successor));
        add(tokens);
    }

    /// Reads them again, as another instance may have made one just now.
    void readAnew() {
        keys = read();
    }

    private void add(Purpose purpose) {
        SigningKey made = new SigningKey(Secret.id(random), purpose, secret(purpose), clock.millis());
        store.addSigningKey(seal == null ? made : seal.seal(made));
        keys = read();
    }

    private List<SigningKey> read() {
        return store.signingKeys().stream().map(stored -> KeySeal.open(stored, seal)).toList();
    }

    private void sealThoseOfBefore() {
        KeySeal with = seal;
        if (with != null) {
            store.signingKeys().stream().filter(stored -> !KeySeal.isSealed(stored))
                    .forEach(stored -> store.replaceSigningKey(with.seal(stored)));
        }
    }

    /// Whether whoever reads the whole store has the keys.
    public boolean lieOpen() {
        return seal == null;
    }

    private byte[] secret(Purpose purpose) {
        if (purpose == Purpose.CHECKPOINT) {
            return Checkpoint.newKey();
        }
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    /// The key that seals and signs for the log. Of instances that start at once each may make one: all take the oldest.
    @Override
    public SigningKey newest(Purpose purpose) {
        SigningKey key = purpose == Purpose.SEAL ? oldest(purpose) : latest(purpose);
        if (key == null) {
            throw new IllegalStateException("keys are prepared before anything is signed");
        }
        return key;
    }

    @Override
    public @Nullable SigningKey find(Purpose purpose, String id) {
        return verifying(purpose, id);
    }

    private @Nullable SigningKey oldest(Purpose purpose) {
        return all(purpose).stream().reduce((_, older) -> older).orElse(null);
    }

    SigningKey signing(Purpose purpose) {
        return newest(purpose);
    }

    /// All keys of a purpose, the newest first.
    List<SigningKey> all(Purpose purpose) {
        return keys.stream().filter(key -> key.purpose() == purpose)
                .sorted(Comparator.comparingLong(SigningKey::createdAt).thenComparing(SigningKey::id).reversed())
                .toList();
    }

    /// The key of this id, which another instance may just have made.
    @Nullable
    SigningKey verifying(Purpose purpose, String id) {
        SigningKey key = known(purpose, id);
        if (key == null && mayLook()) {
            keys = read();
            key = known(purpose, id);
        }
        return key;
    }

    private synchronized boolean mayLook() {
        long now = clock.millis();
        if (now - lookedAt < LOOK.toMillis()) {
            return false;
        }
        lookedAt = now;
        return true;
    }

    private @Nullable SigningKey known(Purpose purpose, String id) {
        return keys.stream().filter(key -> key.purpose() == purpose && key.id().equals(id)).findFirst().orElse(null);
    }

    private @Nullable SigningKey latest(Purpose purpose) {
        return all(purpose).stream().findFirst().orElse(null);
    }
}
