package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.memory.InMemoryAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
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
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AccountsTest {

    private final SecureRandom random = new SecureRandom();
    private final InMemoryAccounts store = new InMemoryAccounts();
    private final PasswordHasher hasher = new PasswordHasher(random, PasswordHasher.Cost.SERVING, 1);
    private final Accounts accounts = new Accounts(store, hasher, new TestClock(), random);

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() {
        hasher.close();
    }

    @Test
    void firstAdministrator_getsARandomPasswordInAPrivateFile_thatMustBeChanged() throws IOException {
        Path file = folder.resolve("password");
        assertThat(accounts.ensureAdministrator(null, file)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        var admin = Objects.requireNonNull(accounts.find("admin"));
        assertThat(admin.role()).isEqualTo(Role.ADMIN);
        assertThat(admin.mustChangePassword()).isTrue();
        assertThat(hasher.fits(Files.readString(file).strip(), admin.password())).isTrue();
    }

    @Test
    void firstAdministrator_takesTheGivenPassword_andWritesNoFile() throws IOException {
        Path file = folder.resolve("password");
        assertThat(accounts.ensureAdministrator("given password", file)).isTrue();
        assertThat(file).doesNotExist();
        var admin = Objects.requireNonNull(accounts.find("admin"));
        assertThat(admin.mustChangePassword()).isFalse();
        assertThat(hasher.fits("given password", admin.password())).isTrue();
    }

    @Test
    void secondStart_changesNothing() throws IOException {
        accounts.ensureAdministrator("given password", folder.resolve("password"));
        var before = accounts.list();
        assertThat(accounts.ensureAdministrator("another password", folder.resolve("password"))).isFalse();
        assertThat(accounts.list()).isEqualTo(before);
    }

    @Test
    void passwordFileThatCannotBeWritten_leavesNoAccountBehind() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> accounts.ensureAdministrator(null, noFolder.resolve("password")))
                .isInstanceOf(IOException.class);
        assertThat(accounts.list()).isEmpty();
    }

    @Test
    void hash_isSaltedAndFitsItsPasswordOnly() {
        String hash = hasher.hash("pässwörd");
        assertThat(hash).startsWith("$argon2id$").isNotEqualTo(hasher.hash("pässwörd"));
        assertThat(hasher.fits("pässwörd", hash)).isTrue();
        assertThat(hasher.fits("passwort", hash)).isFalse();
        assertThat(hasher.fits("anything", null)).isFalse();
    }

    /// In Turkish an I that is made small has no dot.
    @Test
    void hash_isMadeAndReadAlike_whateverTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.ROOT);
            String made = Argon2Function.getInstance(64, 2, 1, 32, Argon2.ID).hash("pässwörd").getResult();
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(hasher.fits("pässwörd", made)).isTrue();
            assertThat(hasher.fits("passwort", made)).isFalse();
            assertThat(hasher.isOutdated(made)).isTrue();
            String here = hasher.hash("pässwörd");
            assertThat(here).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            Locale.setDefault(Locale.ROOT);
            assertThat(Argon2Function.getInstanceFromHash(here).check("pässwörd", here)).isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void flood_findsTheHasherBusy_andThoseWhoGotInAreServed() throws Exception {
        int served = 0;
        int busy = 0;
        try (PasswordHasher slow = new PasswordHasher(random, new PasswordHasher.Cost(16 << 10, 1), 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String hash = slow.hash("password");
            List<Future<Boolean>> attempts = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                attempts.add(threads.submit(() -> slow.fits("password", hash)));
            }
            for (Future<Boolean> attempt : attempts) {
                try {
                    assertThat(attempt.get()).isTrue();
                    served++;
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(PasswordHasher.BusyException.class);
                    busy++;
                }
            }
        }
        assertThat(served).isGreaterThanOrEqualTo(32);
        assertThat(busy).isPositive();
    }
}
