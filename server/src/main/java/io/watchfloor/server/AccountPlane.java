package io.watchfloor.server;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.auth.AccessTokens;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.auth.RefreshTokens;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.auth.ServiceTokens;
import io.watchfloor.server.auth.SignInLimits;
import io.watchfloor.server.auth.SignInList;
import io.watchfloor.server.auth.SignIns;
import io.watchfloor.server.auth.SigningKeys;
import io.watchfloor.server.auth.TokenAuthenticator;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.PostgresRightsStore;
import io.watchfloor.server.store.postgres.PostgresTokenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who people and programs are, and what they may do. Thread-safe.
final class AccountPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountPlane.class);

    private static final Duration ACCESS_TOKEN = Duration.ofMinutes(10);
    private static final String PASSWORD_FILE = "admin-password.txt";

    private final ScheduledExecutorService executor = Executors
            .newScheduledThreadPool(2, Thread.ofPlatform().name("rights").daemon().factory());
    private final Accounts accounts;
    private final Rights rights;
    private final SignIns signIns;
    private final SignInList signInList;
    private final ServiceTokens serviceTokens;
    private final PasswordHasher hasher;
    private final Authenticator authenticator;

    /// Reads rights and keys, and begins to follow their changes.
    ///
    /// @throws io.watchfloor.server.store.StoreException where the database does not answer
    AccountPlane(Database database, EventBus bus, Limiter limiter, InstantSource clock, SecureRandom random) {
        PostgresAccountStore store = new PostgresAccountStore(database);
        PostgresTokenStore tokens = new PostgresTokenStore(database);
        hasher = new PasswordHasher(random, PasswordHasher.Cost.SERVING,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        SigningKeys keys = new SigningKeys(tokens, clock, random);
        keys.prepare();
        AccessTokens accessTokens = new AccessTokens(keys, clock, ACCESS_TOKEN);
        RefreshTokens refreshTokens = new RefreshTokens(tokens, keys, clock);
        accounts = new Accounts(store, hasher, clock, random);
        rights = new Rights(new PostgresRightsStore(database), bus, clock);
        signIns = new SignIns(store, hasher, new SignIns.Mint(accessTokens, refreshTokens), rights,
                new SignInLimits(limiter), clock);
        signInList = new SignInList(tokens, rights);
        serviceTokens = new ServiceTokens(tokens, clock, random);
        authenticator = new TokenAuthenticator(accessTokens, rights, clock);
        Future<?> _ = rights.follow(executor);
        Future<?> _ = rights.watch(executor);
        Future<?> _ = executor.scheduleWithFixedDelay(() -> tidy(refreshTokens, keys), 1, 60, TimeUnit.MINUTES);
    }

    /// A fault must not end the schedule; what is left over goes next time.
    private static void tidy(RefreshTokens refreshTokens, SigningKeys keys) {
        try {
            refreshTokens.tidy();
            keys.prepare();
        } catch (StoreException e) {
            LOG.warn("Sign-ins that have ended could not be removed, or keys not renewed: {}", e.getMessage());
        }
    }

    /// Makes the accounts and writes the files that were asked for at start.
    ///
    /// @param mayMake whether accounts that are asked for and are not there are made
    /// @throws StartException where a file cannot be written, or an account is not there
    void prepare(ServerConfig.AtStart asked, Path dataDir, boolean mayMake) throws StartException {
        Path file = dataDir.resolve(PASSWORD_FILE);
        try {
            if (accounts.ensureAdministrator(asked.adminPassword(), file)) {
                LOG.info(
                        "The first administrator is \"{}\"; the password is in {} and must be changed at first sign-in.",
                        Accounts.ADMIN, file.toAbsolutePath());
            }
        } catch (IOException e) {
            throw new StartException("Cannot write the first administrator's password to %s: %s."
                    .formatted(file.toAbsolutePath(), Reason.of(e)), e);
        }
        for (Map.Entry<String, Path> code : asked.signInCodes().entrySet()) {
            writeCode(code.getKey(), code.getValue(), mayMake);
        }
        rights.refresh();
    }

    private void writeCode(String name, Path file, boolean mayMake) throws StartException {
        if (accounts.find(name) == null && mayMake) {
            accounts.add(name, Role.EDITOR, null, false);
        }
        Account account = accounts.find(name);
        if (account == null) {
            throw new StartException("There is no account \"%s\" to write a sign-in code for.".formatted(name));
        }
        try {
            accounts.writeCode(account, file);
        } catch (IOException e) {
            throw new StartException("Cannot write a sign-in code to %s: %s.".formatted(file, Reason.of(e)), e);
        }
    }

    Rights rights() {
        return rights;
    }

    SignIns signIns() {
        return signIns;
    }

    SignInList signInList() {
        return signInList;
    }

    ServiceTokens serviceTokens() {
        return serviceTokens;
    }

    Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        hasher.close();
    }
}
