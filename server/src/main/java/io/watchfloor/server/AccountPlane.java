package io.watchfloor.server;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.audit.Origin;
import io.watchfloor.server.auth.AccessTokens;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Invitations;
import io.watchfloor.server.auth.KeySeal;
import io.watchfloor.server.auth.Kiosks;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.auth.RefreshTokens;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.auth.SecondFactors;
import io.watchfloor.server.auth.ServiceTokens;
import io.watchfloor.server.auth.SignInLimits;
import io.watchfloor.server.auth.SignInList;
import io.watchfloor.server.auth.SignIns;
import io.watchfloor.server.auth.SigningKeys;
import io.watchfloor.server.auth.TokenAuthenticator;
import io.watchfloor.server.auth.TokenUses;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.host.FirstDashboard;
import io.watchfloor.server.http.AccountRoutes;
import io.watchfloor.server.http.AuditRoutes;
import io.watchfloor.server.http.DashboardRoutes;
import io.watchfloor.server.http.GrantRoutes;
import io.watchfloor.server.http.GroupRoutes;
import io.watchfloor.server.http.InvitationRoutes;
import io.watchfloor.server.http.KioskRoutes;
import io.watchfloor.server.http.Route;
import io.watchfloor.server.http.SecondFactorRoutes;
import io.watchfloor.server.http.ServiceTokenRoutes;
import io.watchfloor.server.http.SessionRoutes;
import io.watchfloor.server.http.UserRoutes;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.GroupStore;
import io.watchfloor.server.store.RightsStore;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.PostgresFactorStore;
import io.watchfloor.server.store.postgres.PostgresGroupStore;
import io.watchfloor.server.store.postgres.PostgresKioskStore;
import io.watchfloor.server.store.postgres.PostgresRightsStore;
import io.watchfloor.server.store.postgres.PostgresTokenStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who people and programs are, and what they may do. Thread-safe.
final class AccountPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccountPlane.class);

    private static final Duration ACCESS_TOKEN = Duration.ofMinutes(10);
    private static final String PASSWORD_FILE = "admin-password.txt";
    private static final String AT_START = "at the start of the server";

    private final ScheduledExecutorService executor = Executors
            .newScheduledThreadPool(2, Thread.ofPlatform().name("rights").daemon().factory());
    private final Accounts accounts;
    private final Rights rights;
    private final SignIns signIns;
    private final SignInList signInList;
    private final ServiceTokens serviceTokens;
    private final PasswordHasher hasher;
    private final Authenticator authenticator;
    private final TokenUses uses;
    private final SecondFactors factors;
    private final Invitations invitations;
    private final Kiosks kiosks;
    private final GroupStore groups;
    private final RightsStore rightsStore;
    private final AuditPlane audit;
    private final InstantSource clock;

    /// What is decided about it before it starts.
    ///
    /// @param instance names its chain in the audit log
    /// @param dataDir for checkpoints of the audit log
    /// @param seal of the installation's keys; absent to leave them open
    record Settings(String instance, Path dataDir, boolean secondFactorOptional, @Nullable KeySeal seal) {}

    /// Reads rights and keys, and begins to follow their changes.
    ///
    /// @throws io.watchfloor.server.store.StoreException where the database does not answer
    AccountPlane(Databases databases, EventBus bus, Limiter limiter, Settings settings, InstantSource clock,
            SecureRandom random) {
        this.clock = clock;
        Database database = databases.shared();
        PostgresAccountStore store = new PostgresAccountStore(database);
        PostgresTokenStore tokens = new PostgresTokenStore(database);
        hasher = new PasswordHasher(random, PasswordHasher.Cost.SERVING,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        SigningKeys keys = new SigningKeys(tokens, clock, random, settings.seal());
        keys.prepare();
        if (keys.lieOpen()) {
            LOG.info(
                    "The keys of this installation lie open in its database: whoever reads all of it, or a backup, can "
                            + "sign in as anybody; --key-file seals them.");
        }
        AccessTokens accessTokens = new AccessTokens(keys, clock, ACCESS_TOKEN);
        RefreshTokens refreshTokens = new RefreshTokens(tokens, keys, clock);
        accounts = new Accounts(store, hasher, clock, random);
        rightsStore = new PostgresRightsStore(database);
        rights = new Rights(new PostgresRightsStore(databases.vital()), bus, clock);
        audit = new AuditPlane(database, keys, clock, settings.instance(), settings.dataDir(),
                Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("audit").daemon().factory()));
        PostgresFactorStore factorStore = new PostgresFactorStore(database);
        factors = new SecondFactors(new SecondFactors.Stores(factorStore, factorStore), keys, clock, random,
                settings.secondFactorOptional());
        groups = new PostgresGroupStore(database);
        invitations = new Invitations(factorStore, groups, accounts, clock, random);
        SignInLimits signInLimits = new SignInLimits(limiter, tokens, clock);
        kiosks = new Kiosks(new PostgresKioskStore(database), new Kiosks.Mint(accessTokens, keys), signInLimits, clock,
                random);
        signIns = new SignIns(store, new SignIns.Proofs(hasher, factors), new SignIns.Mint(accessTokens, refreshTokens),
                rights,
                signInLimits, clock);
        signInList = new SignInList(tokens, rights);
        serviceTokens = new ServiceTokens(tokens, clock, random);
        uses = new TokenUses(tokens, clock);
        authenticator = new TokenAuthenticator(accessTokens, rights, uses, clock,
                settings.secondFactorOptional());
        Future<?> _ = rights.follow(executor);
        Future<?> _ = rights.watch(executor);
        Future<?> _ = executor.scheduleWithFixedDelay(this::writeUses, 15, 15, TimeUnit.SECONDS);
        Future<?> _ = executor.scheduleWithFixedDelay(() -> tidy(refreshTokens, keys), 1, 60, TimeUnit.MINUTES);
    }

    private void writeUses() {
        try {
            uses.flush();
        } catch (StoreException e) {
            LOG.warn("When programs used their tokens last could not be written: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("When programs used their tokens last could not be written", e);
        }
    }

    /// A fault must not end the schedule; what is left over goes next time.
    private static void tidy(RefreshTokens refreshTokens, SigningKeys keys) {
        try {
            refreshTokens.tidy();
            keys.prepare();
        } catch (StoreException e) {
            LOG.warn("Sign-ins that have ended could not be removed, or keys not renewed: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Sign-ins that have ended could not be removed, or keys not renewed", e);
        }
    }

    /// Makes the accounts and writes the files that were asked for at start.
    ///
    /// @param mayMake whether accounts that are asked for and are not there are made
    /// @throws StartException where a file cannot be written, or an account is not there
    void prepare(ServerConfig.AtStart asked, Path dataDir, boolean mayMake) throws StartException {
        Path file = dataDir.resolve(PASSWORD_FILE);
        try {
            boolean made = audit.log().together(() -> firstAdministrator(asked.adminPassword(), file));
            if (made && asked.adminPassword() == null) {
                LOG.info(
                        "The first administrator is \"{}\"; the password is in {} and must be changed at first sign-in.",
                        Accounts.ADMIN, file.toAbsolutePath());
            }
        } catch (UncheckedIOException e) {
            throw new StartException("Cannot write the first administrator's password to %s: %s."
                    .formatted(file.toAbsolutePath(), Reason.of(Objects.requireNonNull(e.getCause()))), e);
        }
        for (Map.Entry<String, Path> code : asked.signInCodes().entrySet()) {
            writeCode(code.getKey(), code.getValue(), mayMake);
        }
        rights.refresh();
    }

    /// Another instance may be doing the same, and a file that is left over is made anew at the next start: so it is written
    /// down only where it was done.
    private boolean firstAdministrator(@Nullable String password, Path file) {
        try {
            boolean made = accounts.ensureAdministrator(password, file);
            if (made) {
                audit.log().done(Origin.COMMAND_LINE, AuditAction.USER_ADDED, Accounts.ADMIN,
                        "as ADMIN, the first one, " + AT_START);
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes the dashboard that every installation begins with, and writes that down.
    void firstDashboard(Runnable creation) {
        audit.log().act(Origin.COMMAND_LINE, AuditAction.DASHBOARD_CREATED, FirstDashboard.ID.toString(),
                "the first one, " + AT_START, () -> {
                    creation.run();
                    return true;
                });
    }

    private void writeCode(String name, Path file, boolean mayMake) throws StartException {
        OperatorActs acts = new OperatorActs(audit.log());
        if (accounts.find(name) == null && mayMake) {
            acts.act(AuditAction.USER_ADDED, name, "as " + Role.EDITOR + ", " + AT_START,
                    () -> accounts.add(name, Role.EDITOR, null, false));
        }
        acts.act(AuditAction.SIGN_IN_CODE_MADE, name, AT_START, () -> {
            Account account = accounts.find(name);
            if (account == null) {
                throw new StartException("There is no account \"%s\" to write a sign-in code for.".formatted(name));
            }
            try {
                accounts.writeCode(account, file);
            } catch (IOException e) {
                throw new StartException("Cannot write a sign-in code to %s: %s.".formatted(file, Reason.of(e)), e);
            }
            return account;
        });
    }

    /// What people and administrators ask about accounts.
    List<Route> routes(DashboardStore dashboards, SecureRandom random) {
        AuditLog log = audit.log();
        List<Route> routes = new ArrayList<>(new AccountRoutes(signIns, log).routes());
        routes.addAll(new SessionRoutes(signInList, log).routes());
        routes.addAll(new SecondFactorRoutes(factors, signIns, log).routes());
        routes.addAll(new UserRoutes(accounts, factors, groups, signInList, rights, log).routes());
        routes.addAll(new GroupRoutes(groups, accounts, rights, log, clock).routes());
        routes.addAll(new InvitationRoutes(invitations, signIns, rights, log).routes());
        routes.addAll(new GrantRoutes(rightsStore, rights, log).routes());
        routes.addAll(new KioskRoutes(kiosks, rights, log).routes());
        routes.addAll(new AuditRoutes(log, audit.watch()).routes());
        routes.addAll(new DashboardRoutes(dashboards, rights, log, clock, random).routes());
        routes.addAll(new ServiceTokenRoutes(serviceTokens, rights, log).routes());
        return routes;
    }

    /// Writes down requests that somebody had no right to make.
    void refused(@Nullable String actor, String address, String route, int status) {
        audit.log().refused(new Origin(actor, address), AuditAction.REQUEST, route, "answered " + status);
    }

    /// Writes down what somebody asked for over a connection and had no right to.
    void refused(@Nullable String actor, String address, AuditAction action, @Nullable String subject, String detail) {
        audit.log().refused(new Origin(actor, address), action, subject, detail);
    }

    AuditLog audit() {
        return audit.log();
    }

    Rights rights() {
        return rights;
    }

    Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        writeUses();
        audit.close();
        hasher.close();
    }
}
