package io.watchfloor.server.auth;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.FactorEnrolment;
import io.watchfloor.protocol.rest.FactorState;
import io.watchfloor.server.store.SecondFactor;
import io.watchfloor.server.store.SecondFactorStore;
import io.watchfloor.server.store.SettingStore;
import io.watchfloor.server.store.TokenHash;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Codes of authenticators (TOTP, six digits each half minute) and recovery codes in their place. Each works once.
///
/// Source: RFC 6238. Calls block; they fail with [io.watchfloor.server.store.StoreException]. Thread-safe.
public final class SecondFactors {

    static final String SETTING = "second-factor-roles";
    private static final Duration STEP = Duration.ofSeconds(30);
    /// How long a new secret waits for its confirmation.
    private static final Duration PENDING = Duration.ofMinutes(10);
    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_LENGTH = 24;
    private static final int GROUP = 4;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final Pattern DIGITS = Pattern.compile("[0-9]{6}");

    private final SecondFactorStore store;
    private final SettingStore settings;
    private final SecretBox box;
    private final InstantSource clock;
    private final SecureRandom random;
    private final boolean optional;
    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator(STEP);

    /// Where the secrets are kept.
    public record Stores(SecondFactorStore factors, SettingStore settings) {}

    /// @param optional whether nobody has to have one, whatever administrators have decided
    public SecondFactors(Stores stores, SigningKeys keys, InstantSource clock, SecureRandom random, boolean optional) {
        this.store = stores.factors();
        this.settings = stores.settings();
        this.box = new SecretBox(keys, random);
        this.clock = clock;
        this.random = random;
        this.optional = optional;
    }

    /// Whether accounts of a role have to have one: administrators, unless something else was decided.
    public boolean isRequired(Role role) {
        return !optional && requiredRoles().contains(role);
    }

    public Set<Role> requiredRoles() {
        return requiredRoles(settings.setting(SETTING));
    }

    /// @param roles as the setting has them; absent where nothing was decided
    static Set<Role> requiredRoles(@Nullable String roles) {
        if (roles == null) {
            return Set.of(Role.ADMIN);
        }
        return Arrays.stream(roles.split(",")).filter(role -> !role.isEmpty()).map(Role::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    public void requireFor(Set<Role> roles) {
        settings.set(SETTING, new TreeSet<>(roles).stream().map(Role::name).collect(Collectors.joining(",")));
    }

    public Set<String> accounts() {
        return store.withSecondFactor();
    }

    public boolean has(String account) {
        SecondFactor factor = store.secondFactor(account);
        return factor != null && factor.secret() != null;
    }

    public FactorState state(String account, Role role) {
        SecondFactor factor = store.secondFactor(account);
        boolean active = factor != null && factor.secret() != null;
        return new FactorState(active, isRequired(role), factor != null && active ? factor.recoveryCodes() : 0);
    }

    /// Makes a secret for an authenticator. One that the account has already counts until the new one is confirmed.
    public FactorEnrolment begin(String account) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        store.keepPending(account, box.seal(secret, account), clock.millis());
        String text = base32(secret);
        String label = URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
        return new FactorEnrolment(text, "otpauth://totp/Watchfloor:" + label + "?secret=" + text
                + "&issuer=Watchfloor&algorithm=SHA1&digits=6&period=" + STEP.toSeconds());
    }

    /// Whether a code is of the secret that waits for its confirmation, and has not done so for too long.
    boolean isOfPending(String account, String code) {
        return stepOfPending(account, code) != null;
    }

    private @Nullable Long stepOfPending(String account, String code) {
        SecondFactor factor = store.secondFactor(account);
        byte[] pending = factor == null || clock.millis() - factor.pendingSince() > PENDING.toMillis()
                ? null
                : factor.pending();
        return pending == null ? null : stepOf(box.open(pending, account), code.strip());
    }

    /// @return recovery codes, or null where the code is wrong or nothing waits to be confirmed
    public @Nullable List<String> confirm(String account, String code) {
        Long step = stepOfPending(account, code);
        if (step == null) {
            return null;
        }
        List<String> codes = newCodes();
        return store.confirm(account, step, hashes(codes)) ? codes : null;
    }

    /// What a code shows that is right and was not used before; null for any other. It is used up.
    @Nullable
    Proof proofOf(String account, String code) {
        String given = code.strip();
        if (!DIGITS.matcher(given).matches()) {
            return store.useRecoveryCode(account, hash(given)) ? Proof.RECOVERY_CODE : null;
        }
        SecondFactor factor = store.secondFactor(account);
        byte[] secret = factor == null ? null : factor.secret();
        Long step = secret == null ? null : stepOf(box.open(secret, account), given);
        return step != null && store.useStep(account, step) ? Proof.AUTHENTICATOR : null;
    }

    /// New recovery codes in place of those there were.
    public List<String> renewCodes(String account) {
        List<String> codes = newCodes();
        store.replaceRecoveryCodes(account, hashes(codes));
        return codes;
    }

    /// @return false where there was none
    public boolean remove(String account) {
        return store.removeSecondFactor(account);
    }

    /// The time step that a code is of: this one, the last or the next, as clocks differ; null for none.
    private @Nullable Long stepOf(byte[] secret, String code) {
        if (!DIGITS.matcher(code).matches()) {
            return null;
        }
        SecretKeySpec key = new SecretKeySpec(secret, generator.getAlgorithm());
        long now = clock.instant().getEpochSecond() / STEP.toSeconds();
        Long found = null;
        for (long step = now - 1; step <= now + 1; step++) {
            try {
                String right = generator.generateOneTimePasswordString(key,
                        Instant.ofEpochSecond(step * STEP.toSeconds()), Locale.ROOT);
                if (MessageDigest.isEqual(right.getBytes(StandardCharsets.US_ASCII),
                        code.getBytes(StandardCharsets.US_ASCII))) {
                    found = step;
                }
            } catch (InvalidKeyException e) {
                throw new IllegalStateException("every key will do for HMAC", e);
            }
        }
        return found;
    }

    private List<String> newCodes() {
        return IntStream.range(0, RECOVERY_CODES).mapToObj(_ -> newCode()).toList();
    }

    /// 120 random bits, in groups that can be read out.
    private String newCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < RECOVERY_LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return code.toString();
    }

    private static List<TokenHash> hashes(List<String> codes) {
        return codes.stream().map(SecondFactors::hash).toList();
    }

    private static TokenHash hash(String code) {
        return TokenHash.of(code.replace("-", "").replace(" ", "").toUpperCase(Locale.ROOT));
    }

    private static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = (buffer << Byte.SIZE) | (b & 0xff);
            bits += Byte.SIZE;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt((buffer >> bits) & 0x1f));
            }
            buffer &= (1 << bits) - 1;
        }
        return text.toString();
    }
}
