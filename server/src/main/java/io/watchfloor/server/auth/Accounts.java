package io.watchfloor.server.auth;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.AccountChange;
import io.watchfloor.server.store.AccountStore;
import io.watchfloor.server.store.TokenHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes accounts, and files with secrets for those who sign in for the first time.
///
/// Calls block; they fail with [io.watchfloor.server.store.StoreException]. Thread-safe.
public final class Accounts {

    /// Name of the first administrator.
    public static final String ADMIN = "admin";

    private static final int ONE_TIME_LENGTH = 20;
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);

    private final AccountStore store;
    private final PasswordHasher hasher;
    private final InstantSource clock;
    private final SecureRandom random;

    public Accounts(AccountStore store, PasswordHasher hasher, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.hasher = hasher;
        this.clock = clock;
        this.random = random;
    }

    /// Makes the first administrator where there are no accounts at all.
    ///
    /// @param password absent for a random one, which must be changed and is written to the file
    /// @return whether it was made
    /// @throws IOException where the file cannot be written; no account is made then
    public boolean ensureAdministrator(@Nullable String password, Path file) throws IOException {
        if (!store.accounts().isEmpty()) {
            return false;
        }
        if (password != null) {
            return add(ADMIN, Role.ADMIN, password, false);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.deleteIfExists(file);
        return addWithPasswordFile(ADMIN, Role.ADMIN, file);
    }

    /// Makes an account with a random password, which must be changed and is written to a new file, which only its owner
    /// can read.
    ///
    /// @return false where there is an account of this name already
    /// @throws IOException where there is such a file already, or it cannot be written; no account is made then
    public boolean addWithPasswordFile(String name, Role role, Path file) throws IOException {
        // The file comes first: an account whose password nobody knows would lock everybody out.
        String made = newPassword();
        PrivateFile.write(file, made + System.lineSeparator());
        boolean added = add(name, role, made, true);
        if (!added) {
            Files.deleteIfExists(file);
        }
        return added;
    }

    /// A password that was hashed already: what keeps it needs not wait for that, within a transaction least of all.
    ///
    /// @param phc Argon2id in PHC format
    public record Hashed(String phc) {

        @Override
        public String toString() {
            return "Hashed[]";
        }
    }

    /// Blocks for as long as hashing takes, and longer where others come first.
    ///
    /// @throws PasswordHasher.BusyException where too many wait already
    public Hashed hashed(String password) {
        return new Hashed(hasher.hash(password));
    }

    /// @return false where there is one of this name already, however cased
    public boolean addHashed(String name, Role role, @Nullable Hashed password, boolean mustChangePassword) {
        return store.add(new Account(name, role, password == null ? null : password.phc(), mustChangePassword, false, 1,
                clock.millis()));
    }

    /// @param password absent for an account that signs in by code only
    /// @return false where there is one of this name already, however cased
    public boolean add(String name, Role role, @Nullable String password, boolean mustChangePassword) {
        return addHashed(name, role, password == null ? null : hashed(password), mustChangePassword);
    }

    /// A random password, to be told once.
    public String newPassword() {
        return Secret.random(random).substring(0, ONE_TIME_LENGTH);
    }

    /// Replaces the password by one that must be changed at the next sign-in, and ends all sign-ins.
    ///
    /// @return false where there is no such account
    public boolean resetPassword(String name, Hashed password) {
        return store.resetPassword(name, password.phc());
    }

    /// The same, with a password that is written to a new file, which only its owner can read.
    ///
    /// @throws IOException where it cannot be written; nothing is changed then
    public void resetPasswordIntoFile(String name, Path file) throws IOException {
        String made = newPassword();
        PrivateFile.write(file, made + System.lineSeparator());
        resetPassword(name, hashed(made));
    }

    public AccountChange changeRole(String name, Role role) {
        return store.changeRole(name, role);
    }

    public AccountChange changeDisabled(String name, boolean disabled) {
        return store.changeDisabled(name, disabled);
    }

    /// Whether the password is that of the account.
    public boolean isPassword(String name, String password) {
        Account account = store.account(name);
        return hasher.fits(password, account == null ? null : account.password());
    }

    /// All accounts, by name.
    public List<Account> list() {
        return store.accounts();
    }

    public @Nullable Account find(String name) {
        return store.account(name);
    }

    /// Writes a secret into a new file, which only its owner can read.
    ///
    /// @throws IOException where there is such a file already, or it cannot be written
    public void writeSecret(String secret, Path file) throws IOException {
        PrivateFile.write(file, secret + System.lineSeparator());
    }

    /// Writes a one-time code that signs in to an account into a new file, which only its owner can read.
    ///
    /// @throws IOException where there is such a file already, or it cannot be written
    public void writeCode(Account account, Path file) throws IOException {
        String code = Secret.random(random);
        PrivateFile.write(file, code + System.lineSeparator());
        store.addCode(TokenHash.of(code), account.name(), clock.millis() + CODE_LIFETIME.toMillis());
    }
}
