package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.SessionRow;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.limit.Verdict;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.Device;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import io.watchfloor.server.store.TokenHash;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SignInsTest {

    private static final Device HERE = new Device(null, "", "127.0.0.1");

    private final AuthFixture auth = new AuthFixture();

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() {
        auth.close();
    }

    @Test
    void password_givesTokensThatTellWhoItIs() {
        Tokens tokens = signedIn(auth.withPassword("Alice", "correct horse", HERE));
        assertThat(tokens.name()).isEqualTo("alice");
        assertThat(tokens.role()).isEqualTo(Role.EDITOR);
        assertThat(tokens.mustChangePassword()).isFalse();
        assertThat(tokens.accessExpiresAt()).isEqualTo(auth.clock.millis() + Duration.ofMinutes(10).toMillis());
        assertThat(auth.authenticator.authenticate(tokens.accessToken()))
                .satisfies(caller -> {
                    assertThat(Objects.requireNonNull(caller).account()).isEqualTo("alice");
                    assertThat(caller.role()).isEqualTo(Role.EDITOR);
                    assertThat(caller.expiresAt()).isEqualTo(tokens.accessExpiresAt());
                    assertThat(caller.mustChangePassword()).isFalse();
                });
    }

    @Test
    void wrongPasswordAndUnknownName_ACC17_areAnsweredAlike_afterOneRunOfArgon2Each() {
        long before = auth.hasher.runs();
        assertThat(auth.withPassword("alice", "wrong", HERE)).isEqualTo(new SignInResult.Wrong());
        assertThat(auth.hasher.runs()).isEqualTo(before + 1);
        assertThat(auth.withPassword("nobody", "wrong", HERE)).isEqualTo(new SignInResult.Wrong());
        assertThat(auth.hasher.runs()).isEqualTo(before + 2);
    }

    /// Else whoever makes up names fills the memory of the limits with them, before anybody has signed in.
    @Test
    void namesThatCanBeNobodys_LIM4_countAsOne_afterOneRunOfArgon2Each_ACC17() {
        long before = auth.hasher.runs();
        for (int i = 0; i < 10; i++) {
            assertThat(auth.withPassword(i + "x".repeat(60_000), "wrong", HERE))
                    .isEqualTo(new SignInResult.Wrong());
        }
        assertThat(auth.hasher.runs()).isEqualTo(before + 10);
        assertThat(auth.withPassword("nobody\0's", "wrong", HERE)).isInstanceOf(SignInResult.Later.class);
        assertThat(auth.hasher.runs()).isEqualTo(before + 10);
        signedIn(auth.withPassword("alice", "correct horse", HERE));
    }

    @Test
    void accountWithoutPassword_cannotSignInByPassword() {
        auth.accounts.add("codeonly", Role.EDITOR, null, false);
        assertThat(auth.withPassword("codeonly", "", HERE)).isEqualTo(new SignInResult.Wrong());
    }

    @Test
    void disabledAccount_OFF4_getsNothing_butWhoHoldsItsRefreshTokenIsToldAsOftenAsHeAsks() {
        Tokens tokens = signedIn(auth.withPassword("alice", "correct horse", HERE));
        Account alice = Objects.requireNonNull(auth.accounts.find("alice"));
        auth.store.replace(new Account(alice.name(), alice.role(), alice.password(), false, true, alice.generation(),
                alice.createdAt()));
        auth.rights.refresh();
        assertThat(auth.withPassword("alice", "correct horse", HERE)).isEqualTo(new SignInResult.Wrong());
        assertThat(auth.signIns.renew(tokens.refreshToken(), HERE)).isEqualTo(new SignInResult.Disabled());
        auth.clock.advance(Duration.ofHours(1));
        assertThat(auth.signIns.renew(tokens.refreshToken(), HERE)).isEqualTo(new SignInResult.Disabled());
        assertThat(auth.signIns.renew("made up", HERE)).isEqualTo(new SignInResult.Wrong());
        assertThat(auth.authenticator.authenticate(tokens.accessToken())).isNull();
    }

    @Test
    void tenFailuresForAName_makeItWait_andASuccessCountsNothing() {
        for (int i = 0; i < 15; i++) {
            signedIn(auth.withPassword("alice", "correct horse", HERE));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(auth.withPassword("alice", "wrong", HERE)).isEqualTo(new SignInResult.Wrong());
        }
        assertThat(auth.withPassword("alice", "correct horse", HERE))
                .isInstanceOfSatisfying(SignInResult.Later.class, later -> {
                    assertThat(later.seconds()).isBetween(1L, 60L);
                    assertThat(later.busy()).isFalse();
                });
        signedIn(auth.withPassword("alice", "correct horse", new Device(null, "", "10.0.0.1")));
        auth.clock.advance(Duration.ofSeconds(61));
        signedIn(auth.withPassword("alice", "correct horse", HERE));
    }

    @Test
    void passwordThatIsDue_isTheOnlyThingOneMayChange_untilItIsChanged() {
        Tokens due = signedIn(auth.withPassword("due", "changeme!", HERE));
        assertThat(due.mustChangePassword()).isTrue();
        assertThat(Objects.requireNonNull(auth.authenticator.authenticate(due.accessToken())).mustChangePassword())
                .isTrue();
        assertThat(signedIn(auth.signIns.renew(due.refreshToken(), HERE)).mustChangePassword()).isTrue();

        Tokens changed = signedIn(auth.changePassword("due", "changeme!", "much better", HERE));
        assertThat(changed.mustChangePassword()).isFalse();
        assertThat(signedIn(auth.withPassword("due", "much better", HERE)).mustChangePassword()).isFalse();
        assertThat(auth.withPassword("due", "changeme!", HERE)).isEqualTo(new SignInResult.Wrong());
    }

    @Test
    void changedPassword_endsAllOtherSignIns_andTellsTheOtherInstances() {
        Tokens other = signedIn(auth.withPassword("alice", "correct horse", HERE));
        Tokens now = signedIn(auth.changePassword("alice", "correct horse", "battery staple", HERE));
        assertThat(auth.authenticator.authenticate(other.accessToken())).isNull();
        assertThat(auth.signIns.renew(other.refreshToken(), HERE)).isEqualTo(new SignInResult.Wrong());
        assertThat(auth.authenticator.authenticate(now.accessToken())).isNotNull();
        signedIn(auth.signIns.renew(now.refreshToken(), HERE));
        assertThat(auth.bus.published).containsExactly(new BusMessage.RightsChanged());
    }

    @Test
    void newPassword_mustBeFit_andTheOldOneRight() {
        assertThat(auth.changePassword("alice", "correct horse", "short", HERE))
                .isEqualTo(new SignInResult.Unfit("The new password must have 8 to 128 characters."));
        assertThat(auth.changePassword("alice", "correct horse", "x".repeat(129), HERE))
                .isInstanceOf(SignInResult.Unfit.class);
        assertThat(auth.changePassword("alice", "correct horse", "correct horse", HERE))
                .isInstanceOf(SignInResult.Unfit.class);
        assertThat(auth.changePassword("alice", "wrong", "battery staple", HERE))
                .isEqualTo(new SignInResult.Wrong());
        signedIn(auth.withPassword("alice", "correct horse", HERE));
    }

    @Test
    void code_signsInOnce_alsoOneWhosePasswordIsDue() throws Exception {
        Path file = folder.resolve("code");
        auth.accounts.writeCode(Objects.requireNonNull(auth.accounts.find("due")), file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        String code = Files.readString(file);

        Tokens tokens = signedIn(auth.withCode(code, HERE));
        assertThat(tokens.name()).isEqualTo("due");
        assertThat(tokens.mustChangePassword()).isFalse();
        assertThat(signedIn(auth.signIns.renew(tokens.refreshToken(), HERE)).mustChangePassword()).isFalse();
        assertThat(auth.withCode(code, HERE)).isEqualTo(new SignInResult.Wrong());
        assertThat(auth.withCode("made up", HERE)).isEqualTo(new SignInResult.Wrong());
    }

    @Test
    void code_isVoidAfterTenMinutes_andNeverGoesIntoAFileThatIsThere() throws Exception {
        Path file = folder.resolve("code");
        Account due = Objects.requireNonNull(auth.accounts.find("due"));
        auth.accounts.writeCode(due, file);
        assertThatThrownBy(() -> auth.accounts.writeCode(due, file)).isInstanceOf(FileAlreadyExistsException.class);
        auth.clock.advance(Duration.ofMinutes(10));
        assertThat(auth.withCode(Files.readString(file), HERE)).isEqualTo(new SignInResult.Wrong());
    }

    @Test
    void refreshToken_worksOnceAndLeadsOn() {
        Tokens first = signedIn(auth.withPassword("alice", "correct horse", HERE));
        Tokens second = signedIn(auth.signIns.renew(first.refreshToken(), HERE));
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        signedIn(auth.signIns.renew(second.refreshToken(), HERE));
    }

    @Test
    void lastRefreshToken_ACC10_mayComeAgainForTenSeconds_andGetsTheSameSuccessor() {
        Tokens first = signedIn(auth.withPassword("alice", "correct horse", HERE));
        String successor = signedIn(auth.signIns.renew(first.refreshToken(), HERE)).refreshToken();
        auth.clock.advance(Duration.ofSeconds(10));
        assertThat(signedIn(auth.signIns.renew(first.refreshToken(), HERE)).refreshToken()).isEqualTo(successor);
        signedIn(auth.signIns.renew(successor, HERE));
    }

    @Test
    void retry_ACC10_isForTheSameDesktopOnly() {
        Device wall = new Device(TokenHash.of("wall"), "Wall", "10.0.0.1");
        String first = signedIn(auth.withPassword("alice", "correct horse", wall)).refreshToken();
        String successor = signedIn(auth.signIns.renew(first, wall)).refreshToken();
        Device moved = new Device(TokenHash.of("wall"), "Wall", "10.0.0.2");
        assertThat(signedIn(auth.signIns.renew(first, moved)).refreshToken()).isEqualTo(successor);
        Device thief = new Device(TokenHash.of("thief"), "Wall", "10.0.0.1");
        assertThat(auth.signIns.renew(first, thief)).isEqualTo(new SignInResult.Reused("alice"));
        assertThat(auth.signIns.renew(successor, wall)).isEqualTo(new SignInResult.Wrong());
    }

    @Test
    void retry_ACC10_getsTheSameSuccessor_alsoAcrossARotationOfTheKey_andNobodyIsSignedOut() {
        String first = signedIn(auth.withPassword("alice", "correct horse", HERE)).refreshToken();
        rotateRefreshKey();
        String second = signedIn(auth.signIns.renew(first, HERE)).refreshToken();
        assertThat(signedIn(auth.signIns.renew(first, HERE)).refreshToken()).isEqualTo(second);
        rotateRefreshKey();
        assertThat(signedIn(auth.signIns.renew(first, HERE)).refreshToken()).isEqualTo(second);
        signedIn(auth.signIns.renew(second, HERE));
    }

    private void rotateRefreshKey() {
        auth.clock.advance(Duration.ofSeconds(1));
        byte[] secret = new byte[32];
        auth.random.nextBytes(secret);
        auth.store.tokens().addSigningKey(new SigningKey("k" + auth.clock.millis(), Purpose.REFRESH, secret,
                auth.clock.millis()));
        auth.keys.prepare();
    }

    @Test
    void tokenThatNeverWasOne_ACC10_endsNobodysSignIn() {
        String token = signedIn(auth.withPassword("alice", "correct horse", HERE)).refreshToken();
        byte[] madeUp = Base64.getUrlDecoder().decode(token);
        madeUp[20] ^= 1;
        String other = Base64.getUrlEncoder().withoutPadding().encodeToString(madeUp);
        assertThat(auth.signIns.renew(other, HERE)).isEqualTo(new SignInResult.Wrong());
        auth.signIns.end(other);
        auth.signIns.changed();
        signedIn(auth.signIns.renew(token, HERE));
    }

    @Test
    void signIns_ACC12_areListedAndEnded_withTheirAccessTokens() {
        Device wall = new Device(TokenHash.of("wall"), "Wall", "10.0.0.1");
        Tokens here = signedIn(auth.withPassword("alice", "correct horse", HERE));
        auth.clock.advance(Duration.ofMinutes(1));
        Tokens there = signedIn(auth.withPassword("alice", "correct horse", wall));
        auth.rights.refresh();
        UUID current = Objects.requireNonNull(auth.authenticator.authenticate(here.accessToken())).signIn();
        List<SessionRow> rows = auth.signInList.of("alice", current);
        assertThat(rows).extracting(SessionRow::device).containsExactly("Wall", "");
        assertThat(rows).extracting(SessionRow::address).containsExactly("10.0.0.1", "127.0.0.1");
        assertThat(rows).extracting(SessionRow::current).containsExactly(false, true);
        assertThat(auth.signInList.end("due", UUID.fromString(rows.getFirst().id()))).isFalse();
        assertThat(auth.signInList.end("alice", UUID.fromString(rows.getFirst().id()))).isTrue();
        auth.signInList.changed();
        assertThat(auth.authenticator.authenticate(there.accessToken())).isNull();
        assertThat(auth.signIns.renew(there.refreshToken(), wall)).isEqualTo(new SignInResult.Wrong());
        signedIn(auth.withPassword("alice", "correct horse", wall));
        assertThat(auth.signInList.endAll("alice", current)).isEqualTo(1);
        auth.signInList.changed();
        assertThat(auth.signInList.of("alice", current)).singleElement().matches(SessionRow::current);
        assertThat(auth.authenticator.authenticate(here.accessToken())).isNotNull();
    }

    @Test
    void refreshTokenThatWasReplacedLongAgo_ACC9_endsItsFamily() {
        Tokens first = signedIn(auth.withPassword("alice", "correct horse", HERE));
        String successor = signedIn(auth.signIns.renew(first.refreshToken(), HERE)).refreshToken();
        auth.clock.advance(Duration.ofSeconds(11));
        assertThat(auth.signIns.renew(first.refreshToken(), HERE)).isEqualTo(new SignInResult.Reused("alice"));
        assertThat(auth.signIns.renew(successor, HERE)).isEqualTo(new SignInResult.Wrong());
    }

    @Test
    void refreshTokenBeforeTheLast_ACC9_endsItsFamilyAtOnce() {
        Tokens first = signedIn(auth.withPassword("alice", "correct horse", HERE));
        String second = signedIn(auth.signIns.renew(first.refreshToken(), HERE)).refreshToken();
        String third = signedIn(auth.signIns.renew(second, HERE)).refreshToken();
        assertThat(auth.signIns.renew(first.refreshToken(), HERE)).isEqualTo(new SignInResult.Reused("alice"));
        assertThat(auth.signIns.renew(third, HERE)).isEqualTo(new SignInResult.Wrong());
    }

    @Test
    void fiftyRenewalsAtTheSameTime_ACC9_giveOneSuccessor() throws Exception {
        Tokens first = signedIn(auth.withPassword("alice", "correct horse", HERE));
        Set<String> successors = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SignInResult>> renewals = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                renewals.add(threads.submit(() -> auth.signIns.renew(first.refreshToken(), HERE)));
            }
            for (Future<SignInResult> renewal : renewals) {
                successors.add(signedIn(renewal.get()).refreshToken());
            }
        }
        assertThat(successors).hasSize(1);
    }

    @Test
    void signIn_ACC11_endsAfterThreeIdleDaysOrThirtyDays() {
        String idle = signedIn(auth.withPassword("alice", "correct horse", HERE)).refreshToken();
        String busy = signedIn(auth.withPassword("alice", "correct horse", HERE)).refreshToken();
        for (int day = 0; day < 30; day++) {
            auth.clock.advance(Duration.ofDays(1));
            busy = signedIn(auth.signIns.renew(busy, HERE)).refreshToken();
        }
        assertThat(auth.signIns.renew(idle, HERE)).isEqualTo(new SignInResult.Wrong());
        auth.clock.advance(Duration.ofHours(1));
        assertThat(auth.signIns.renew(busy, HERE)).isEqualTo(new SignInResult.Wrong());
    }

    @Test
    void tokens_ACC9_haveEnoughBits_andAreNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Tokens tokens = signedIn(auth.withPassword("alice", "correct horse", HERE));
            assertThat(seen.add(tokens.refreshToken())).isTrue();
            assertThat(seen.add(tokens.accessToken())).isTrue();
            assertThat(Base64.getUrlDecoder().decode(tokens.refreshToken())).hasSizeGreaterThanOrEqualTo(16 + 32);
        }
    }

    /// Each is counted before it is looked at, so that two hundred under way at once are the worst case.
    @Test
    void twoHundredPeople_LIM16_behindOneAddress_signInAndRenewAtOnce() {
        SignInLimits limits = new SignInLimits(auth.limiter, auth.store.tokens(), auth.clock);
        for (int i = 0; i < 200; i++) {
            assertThat(limits.withPassword("198.51.100.7", "person" + i).verdict()).isEqualTo(Verdict.PASSED);
            assertThat(limits.renewal("198.51.100.7").verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void guessesFromElsewhere_LIM26_keepNobodyOutOfAPlaceThatHeSignsInFrom_onAnyInstance() {
        SignInLimits here = new SignInLimits(auth.limiter, auth.store.tokens(), auth.clock);
        here.withPassword("192.0.2.1", "Alice").succeeded();
        SignInLimits elsewhere = new SignInLimits(auth.limiter, auth.store.tokens(), auth.clock);
        int guesses = 0;
        while (elsewhere.withPassword("198.51.100." + guesses % 200, "alice").verdict() instanceof Verdict.Passed) {
            guesses++;
        }
        assertThat(guesses).isBetween(90, 110);
        assertThat(elsewhere.withPassword("203.0.113.9", "ALICE").verdict()).isInstanceOf(Verdict.TooOften.class);
        assertThat(elsewhere.withPassword("192.0.2.1", "ALICE").verdict()).isEqualTo(Verdict.PASSED);
        auth.clock.advance(Duration.ofDays(31));
        while (elsewhere.withPassword("198.51.100." + guesses % 200, "alice").verdict() instanceof Verdict.Passed) {
            guesses++;
        }
        assertThat(elsewhere.withPassword("192.0.2.1", "alice").verdict()).as("a month later")
                .isInstanceOf(Verdict.TooOften.class);
    }

    @Test
    void password_ACC15_lastsUntilSomebodyChangesIt() {
        auth.clock.advance(Duration.ofDays(3_650));
        assertThat(signedIn(auth.withPassword("alice", "correct horse", HERE)).mustChangePassword()).isFalse();
    }

    @Test
    void signOut_endsTheSignIn_andNonsenseEndsNothing() {
        Tokens tokens = signedIn(auth.withPassword("alice", "correct horse", HERE));
        auth.signIns.end("nonsense");
        auth.signIns.end(tokens.refreshToken());
        assertThat(auth.signIns.renew(tokens.refreshToken(), HERE)).isEqualTo(new SignInResult.Wrong());
        assertThat(auth.signIns.renew("", HERE)).isEqualTo(new SignInResult.Wrong());
    }

    private static Tokens signedIn(SignInResult result) {
        assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
        return ((SignInResult.SignedIn) result).tokens();
    }
}
