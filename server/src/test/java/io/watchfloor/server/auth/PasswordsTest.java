package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nulabinc.zxcvbn.StandardDictionaries;
import io.watchfloor.protocol.Role;
import io.watchfloor.server.auth.PasswordHasher.BusyException;
import io.watchfloor.server.auth.PasswordHasher.Cost;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.Device;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PasswordsTest {

    private static final int MOST_COMMON = 3_000;

    private final AuthFixture auth = new AuthFixture();

    @AfterEach
    void close() {
        auth.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "Password", "12345678", "qwertyuiop", "football", "iloveyou", "Watchfloor!2026",
            "dashboard1", "short", "alice2026!", "myAliceIsBest"})
    void password_ACC15_thatIsTriedFirst_isRefused(String password) {
        assertThat(AccountRules.problemOfPassword(password, "alice")).isNotNull();
    }

    /// ASVS 6.2.4: of those that are long enough to be one here.
    @Test
    void password_ACC15_ofTheThreeThousandMostCommon_isRefused_howeverItIsCased() throws IOException {
        List<String> common = StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                .filter(password -> password.length() >= 8).limit(MOST_COMMON).toList();
        assertThat(common).hasSize(MOST_COMMON).allSatisfy(password -> {
            assertThat(AccountRules.problemOfPassword(password)).isNotNull();
            assertThat(AccountRules.problemOfPassword(password.toUpperCase(Locale.ROOT))).isNotNull();
        });
    }

    /// ASVS 6.2.8: nothing is trimmed, cut, folded or normalised.
    @Test
    void password_ACC15_isTakenExactlyAsItWasTyped() {
        Device here = new Device(null, "", "127.0.0.1");
        String typed = " Ünïcödé \tpässwörd" + "x".repeat(108) + "9 ";
        auth.store.replace(new Account("alice", Role.EDITOR, auth.hasher.hash(typed), false, false, 1, 0));
        for (String other : List.of(typed.strip(), typed.substring(0, typed.length() - 2) + "8 ",
                typed.substring(0, 72),
                typed.toLowerCase(Locale.ROOT), typed.toUpperCase(Locale.ROOT), typed.replace('\t', ' '),
                Normalizer.normalize(typed, Normalizer.Form.NFD), typed + "\u0000")) {
            assertThat(auth.withPassword("alice", other, here)).as(other).isEqualTo(new SignInResult.Wrong());
        }
        assertThat(auth.withPassword("alice", typed, here)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "aaaabbbbccc!", "ünïcödé pässwörd", "nur kleine buchstaben",
            "\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80"})
    void password_ACC15_needsNoKindsOfCharacters(String password) {
        assertThat(AccountRules.problemOfPassword(password, "alice")).isNull();
    }

    @Test
    void length_ACC15_isCountedInCharacters() {
        assertThat(AccountRules.problemOfPassword("\uD83D\uDE80".repeat(7))).isNotNull();
        assertThat(AccountRules.problemOfPassword("zq".repeat(64))).isNull();
        assertThat(AccountRules.problemOfPassword("zq".repeat(64) + "!")).isNotNull();
    }

    @Test
    void hash_ACC16_isMadeAgainAtASignIn_whenMoreIsAskedForThanItWasMadeWith() {
        try (PasswordHasher cheap = new PasswordHasher(auth.random, new Cost(32, 1), 1)) {
            String old = cheap.hash("correct horse");
            auth.store.replace(new Account("alice", Role.EDITOR, old, false, false, 1, 0));
            Device here = new Device(null, "", "127.0.0.1");
            assertThat(auth.withPassword("alice", "wrong", here)).isEqualTo(new SignInResult.Wrong());
            assertThat(password()).isEqualTo(old);
            assertThat(auth.withPassword("alice", "correct horse", here))
                    .isInstanceOf(SignInResult.SignedIn.class);
            String fresh = password();
            assertThat(fresh).contains("m=64").isNotEqualTo(old);
            assertThat(auth.withPassword("alice", "correct horse", here))
                    .isInstanceOf(SignInResult.SignedIn.class);
            assertThat(password()).isEqualTo(fresh);
            assertThat(auth.accounts.find("alice")).extracting(Account::generation).isEqualTo(1);
        }
    }

    @Test
    void floodOfSignIns_ACC17_findsThePoolBusy_andTakesNoMoreThanItsThreads() throws Exception {
        try (PasswordHasher slow = new PasswordHasher(auth.random, new Cost(8 << 10, 3), 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> checks = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                checks.add(threads.submit(() -> slow.fits("x", null)));
            }
            int busy = 0;
            for (Future<Boolean> check : checks) {
                try {
                    assertThat(check.get()).isFalse();
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(BusyException.class);
                    busy++;
                }
            }
            assertThat(busy).isGreaterThan(300);
            assertThat(slow.runs()).isLessThan(200);
        }
    }

    private String password() {
        return Objects.requireNonNull(Objects.requireNonNull(auth.accounts.find("alice")).password());
    }
}
