package io.watchfloor.server;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.AccessTokens;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.KeySeal;
import io.watchfloor.server.auth.Kiosks;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.auth.SecondFactors;
import io.watchfloor.server.auth.ServiceTokens;
import io.watchfloor.server.auth.SignInLimits;
import io.watchfloor.server.auth.SigningKeys;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.DashboardSummary;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.DatabaseAddress;
import io.watchfloor.server.store.postgres.DatabaseSettings;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.PostgresAuditStore;
import io.watchfloor.server.store.postgres.PostgresDashboardStore;
import io.watchfloor.server.store.postgres.PostgresFactorStore;
import io.watchfloor.server.store.postgres.PostgresKioskStore;
import io.watchfloor.server.store.postgres.PostgresTokenStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The database as commands use it: that of a running server, or of one that does not run at present, which is started
/// for the moment. Running servers see what was changed within a second. Confined to its thread.
final class StoreAccess implements AutoCloseable {

    private static final int CONNECTIONS = 2;

    private final @Nullable EmbeddedPostgres started;
    private final Database database;
    private final @Nullable KeySeal seal;
    private final SecureRandom random = new SecureRandom();
    private final PasswordHasher hasher = new PasswordHasher(random, PasswordHasher.Cost.SERVING, 1);

    private StoreAccess(@Nullable EmbeddedPostgres started, Database database, @Nullable KeySeal seal) {
        this.seal = seal;
        this.started = started;
        this.database = database;
    }

    /// @throws StartException where there is no database, or it cannot be used
    static StoreAccess open(StorageOptions options) throws StartException {
        KeySeal seal = StorageOptions.seal(options.keyFile(), new SecureRandom());
        try {
            return switch (options.database(true)) {
                case DatabaseChoice.Embedded _ -> openEmbedded(options.dataDir(), seal);
                case DatabaseChoice.External external -> new StoreAccess(null,
                        Database.open(external.settings(CONNECTIONS)), seal);
            };
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static StoreAccess openEmbedded(Path dataDir, @Nullable KeySeal seal) throws StartException {
        if (!Files.isDirectory(dataDir.resolve("postgres"))) {
            throw new StartException(("There is no database in %s; start the server once, or name its directory with "
                    + "--data-dir, or its database with --database-url.").formatted(dataDir));
        }
        DatabaseAddress running = EmbeddedPostgres.running(dataDir);
        if (running != null) {
            return new StoreAccess(null, open(running, EmbeddedPostgres.serving(dataDir, running)), seal);
        }
        EmbeddedPostgres started = EmbeddedPostgres.start(dataDir);
        try {
            return new StoreAccess(started, open(started.address(), started.serving()), seal);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static Database open(DatabaseAddress owner, @Nullable DatabaseAddress serving) {
        return Database.open(serving == null
                ? new DatabaseSettings(owner, CONNECTIONS, true)
                : new DatabaseSettings(serving, owner, CONNECTIONS, true));
    }

    SigningKeys keys() {
        SigningKeys keys = new SigningKeys(new PostgresTokenStore(database), InstantSource.system(), random, seal);
        keys.prepare();
        return keys;
    }

    AuditStore auditStore() {
        return new PostgresAuditStore(database);
    }

    /// The chain of what is done on the command line.
    AuditLog audit() {
        return new AuditLog(auditStore(), database, keys(), InstantSource.system(), "command line");
    }

    /// Does something and writes it down; neither is kept without the other.
    <T> T act(AuditAction action, String subject, String detail, OperatorActs.Act<T> act) throws StartException {
        return new OperatorActs(audit()).act(action, subject, detail, act);
    }

    Kiosks kiosks() {
        SigningKeys keys = keys();
        return new Kiosks(new PostgresKioskStore(database),
                new Kiosks.Mint(new AccessTokens(keys, InstantSource.system(), Duration.ZERO), keys),
                new SignInLimits(
                        new Limiter(new InMemoryBuckets(LimitSettings.USUAL, InstantSource.system(), 1), null),
                        new PostgresTokenStore(database), InstantSource.system()),
                InstantSource.system(), random);
    }

    /// The one dashboard with this title or id.
    ///
    /// @throws StartException where there is none, or more than one
    DashboardId dashboard(String title) throws StartException {
        List<DashboardId> found = new PostgresDashboardStore(database).list().toCompletableFuture().join().stream()
                .filter(each -> each.title().equals(title) || each.dashboard().toString().equals(title))
                .map(DashboardSummary::dashboard).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new StartException(found.isEmpty()
                ? "There is no dashboard called \"%s\".".formatted(title)
                : "There are several dashboards called \"%s\"; give the id of one: %s.".formatted(title,
                        found.stream().map(DashboardId::toString).collect(Collectors.joining(", "))));
    }

    SecondFactors secondFactors() {
        PostgresFactorStore store = new PostgresFactorStore(database);
        return new SecondFactors(new SecondFactors.Stores(store, store), keys(), InstantSource.system(), random, false);
    }

    /// Ends all sign-ins of an account.
    void endSignIns(String account) {
        new PostgresTokenStore(database).endFamilies(account, null);
    }

    ServiceTokens serviceTokens() {
        return new ServiceTokens(new PostgresTokenStore(database), InstantSource.system(), random);
    }

    /// @return how many dashboards there are
    int renewEpochs() {
        try {
            return new PostgresDashboardStore(database).renewEpochs().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreException fault ? fault : e;
        }
    }

    Accounts accounts() {
        return new Accounts(new PostgresAccountStore(database), hasher, InstantSource.system(), random);
    }

    @Override
    public void close() {
        hasher.close();
        database.close();
        if (started != null) {
            started.close();
        }
    }
}
