package io.watchfloor.server.auth;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.KioskAccess;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskProof;
import io.watchfloor.protocol.rest.KioskRow;
import io.watchfloor.server.limit.Verdict;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.Kiosk;
import io.watchfloor.server.store.KioskStore;
import io.watchfloor.server.store.TokenHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Wall screens: each is let in for as long as it is not removed, by proof of the key of the one device that was enrolled
/// with its one-time code. The private key never leaves the device, and there is nothing that could be lost or copied
/// between two proofs.
///
/// What is changed here is in force on every instance as soon as [Rights] sees it. Calls block; they fail with
/// [io.watchfloor.server.store.StoreException]. Thread-safe.
public final class Kiosks {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,63}");
    private static final Duration CODE = Duration.ofHours(24);
    private static final int MOST_DASHBOARDS = 32;
    /// Quiet for longer, it comes anew; it proves its key about every ten minutes.
    private static final Duration QUIET = Duration.ofMinutes(20);

    private final KioskStore store;
    private final AccessTokens accessTokens;
    private final SignInLimits limits;
    private final KioskChallenges challenges;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param mint makes the access tokens
    public Kiosks(KioskStore store, Mint mint, SignInLimits limits, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.accessTokens = mint.accessTokens();
        this.limits = limits;
        this.challenges = new KioskChallenges(mint.keys(), clock);
        this.clock = clock;
        this.random = random;
    }

    /// What makes access tokens and challenges.
    public record Mint(AccessTokens accessTokens, SigningKeys keys) {}

    /// What is wrong with the name of a new one, as the end of a sentence ("The name ..."); null where nothing is.
    public static @Nullable String problemOfName(String name) {
        return NAME.matcher(name).matches()
                ? null
                : "must begin with a letter or digit and have up to 64 letters, digits, blanks, '.', '_' and '-'";
    }

    /// What is wrong with what it is to show, as the end of a sentence ("A wall screen ..."); null where nothing is.
    public static @Nullable String problemOfDashboards(List<DashboardId> dashboards) {
        return dashboards.isEmpty() || dashboards.size() > MOST_DASHBOARDS
                ? "shows 1 to " + MOST_DASHBOARDS + " dashboards"
                : null;
    }

    /// Whether a public key is one that a device may be bound to.
    public static boolean isKey(String publicKey) {
        return KioskKey.isOne(publicKey);
    }

    /// @param by name of an account; absent for the command line
    /// @return null where there is one of this name already
    public @Nullable KioskCode make(String name, List<DashboardId> dashboards, @Nullable String by) {
        long now = clock.millis();
        KioskCode code = newCode(name);
        Kiosk made = new Kiosk(name, UUID.randomUUID(), 1, null, dashboards, new Kiosk.Made(by, now), null);
        return store.add(made, TokenHash.of(code.code()), code.expiresAt()) ? code : null;
    }

    private KioskCode newCode(String name) {
        return new KioskCode(name, Secret.random(random), clock.millis() + CODE.toMillis());
    }

    /// Takes it from its device, and lets another one be enrolled.
    ///
    /// @return null where there is none of this name
    public @Nullable KioskCode renewCode(String name) {
        KioskCode code = newCode(name);
        return store.renewCode(name, TokenHash.of(code.code()), code.expiresAt()) ? code : null;
    }

    /// @return false where there is none of this name
    public boolean changeDashboards(String name, List<DashboardId> dashboards) {
        return store.changeDashboards(name, dashboards);
    }

    /// @return false where there is none of this name
    public boolean remove(String name) {
        return store.remove(name);
    }

    public List<KioskRow> list() {
        return store.kiosks().stream().map(Kiosks::row).toList();
    }

    private static KioskRow row(Kiosk kiosk) {
        Kiosk.Used used = kiosk.used();
        return new KioskRow(kiosk.name(), kiosk.dashboards(), kiosk.publicKey() != null, kiosk.made().by(),
                kiosk.made().at(), used == null ? null : used.at(), used == null ? null : used.address());
    }

    /// Binds a wall screen to the device with this key.
    ///
    /// @param kept keeps the enrolment together with the record of it
    public KioskResult enrol(String code, String publicKey, String address, Keeping kept) {
        return limited(limits.withCode(address), () -> kept.keep(() -> {
            Kiosk kiosk = store.enrol(TokenHash.of(code.strip()), publicKey, clock.millis());
            return kiosk == null ? new KioskResult.Wrong() : letIn(kiosk, true);
        }));
    }

    /// Keeps what a step changes together with the record of what came of it, or throws and keeps neither.
    @FunctionalInterface
    public interface Keeping {

        KioskResult keep(Supplier<KioskResult> step);
    }

    /// Something to sign; good for a minute, once.
    public String challenge() {
        return challenges.next();
    }

    /// Lets a wall screen in that signs a challenge with the key of its device.
    ///
    /// @param kept keeps that the challenge was used together with the record of it, where there is to be one
    public KioskResult prove(KioskProof proof, String address, Keeping kept) {
        return limited(limits.renewal(address), () -> {
            Long number = challenges.number(proof.challenge());
            Kiosk kiosk = number == null ? null : store.kiosk(proof.name());
            String key = kiosk == null ? null : kiosk.publicKey();
            Kiosk.Used used = new Kiosk.Used(clock.millis(), address);
            if (number == null || kiosk == null || key == null || !KioskKey.fits(key, proof)) {
                return new KioskResult.Wrong();
            }
            Kiosk.Used before = kiosk.used();
            boolean notable = before == null || !before.address().equals(address)
                    || used.at() - before.at() > QUIET.toMillis();
            return kept.keep(() -> store.use(kiosk.name(), kiosk.generation(), number, used)
                    ? letIn(kiosk, notable)
                    : new KioskResult.Wrong());
        });
    }

    private KioskResult letIn(Kiosk kiosk, boolean notable) {
        Account account = new Account(kiosk.account(), Role.VIEWER, null, false, false, kiosk.generation(),
                kiosk.made().at());
        AccessTokens.Issued issued = accessTokens.issue(account, kiosk.signIn(), true);
        return new KioskResult.LetIn(
                new KioskAccess(issued.token(), issued.expiresAt(), kiosk.name(), kiosk.dashboards()), notable);
    }

    private static KioskResult limited(SignInLimits.Attempt attempt, Supplier<KioskResult> made) {
        return switch (attempt.verdict()) {
            case Verdict.TooOften(Duration pause) -> new KioskResult.Later(Verdict.seconds(pause), false);
            case Verdict.Uncounted(Duration pause) -> new KioskResult.Later(Verdict.seconds(pause), true);
            case Verdict.Passed _ -> {
                boolean wrong = false;
                try {
                    KioskResult result = made.get();
                    wrong = result instanceof KioskResult.Wrong;
                    yield result;
                } finally {
                    if (!wrong) {
                        attempt.takeBack();
                    }
                }
            }
        };
    }
}
