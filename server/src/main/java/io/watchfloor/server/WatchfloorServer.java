package io.watchfloor.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.Readiness;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.bus.memory.InMemoryEventBus;
import io.watchfloor.server.bus.redis.RedisAddress;
import io.watchfloor.server.bus.redis.RedisEventBus;
import io.watchfloor.server.history.Histories;
import io.watchfloor.server.host.FirstDashboard;
import io.watchfloor.server.host.Sampling;
import io.watchfloor.server.http.Access;
import io.watchfloor.server.http.Exposure;
import io.watchfloor.server.http.HistoryRoutes;
import io.watchfloor.server.http.HttpServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.http.OpenApi;
import io.watchfloor.server.http.OperationsRoutes;
import io.watchfloor.server.http.Route;
import io.watchfloor.server.http.Router;
import io.watchfloor.server.http.SampleRoute;
import io.watchfloor.server.http.WriteRoute;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Places;
import io.watchfloor.server.session.SessionContext;
import io.watchfloor.server.store.HistoryStore;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.DatabaseSettings;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import io.watchfloor.server.store.postgres.PostgresDashboardStore;
import io.watchfloor.server.store.postgres.PostgresHistoryStore;
import io.watchfloor.server.store.postgres.PostgresMilestoneStore;
import io.watchfloor.server.ws.WebSocketHandler;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole server: the one place that knows every part, makes them in order, and stops them in the opposite order.
/// Thread-safe.
public final class WatchfloorServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchfloorServer.class);
    private static final Duration UPKEEP_EVERY = Duration.ofHours(1);
    /// A server that is restarted every half an hour lets old entries go all the same.
    private static final Duration FIRST_LOG_UPKEEP = Duration.ofMinutes(1);
    /// How long replicas are remembered after their last use.
    private static final Duration REPLICAS = Duration.ofDays(400);

    /// What has been started, newest first.
    private final Deque<Part> parts = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable HttpServer http;
    private @Nullable HttpServer metrics;

    private record Part(String name, AutoCloseable closing) {}

    private WatchfloorServer() {}

    /// Starts everything and returns when requests are answered.
    ///
    /// @throws StartException with nothing left running
    public static WatchfloorServer start(ServerConfig config) throws StartException {
        WatchfloorServer server = new WatchfloorServer();
        try {
            server.startParts(config);
            return server;
        } catch (StartException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /// What one of its meters says, by its name in the code.
    double counted(String meter) {
        return parts.stream().map(Part::closing).filter(Meters.class::isInstance).map(Meters.class::cast)
                .mapToDouble(meters -> meters.figure(meter)).sum();
    }

    private void startParts(ServerConfig config) throws StartException {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        Sampling.Identity identity = new Sampling.Identity(HostName.ofThisMachine(), config.instance());
        Meters meters = started("meters", new Meters(config.instance()));
        ServerConfig.Listening listening = config.listening();
        Places connections = new Places(Crowd.CONNECTIONS_ADDRESS, listening.limits());
        HttpServer port = bound(listening.address(), listening.exposure(), connections);
        http = port;
        StoreMeters.bind(port, meters.registry());
        try {
            Databases databases = openDatabase(config);
            Database database = databases.shared();
            StoreMeters.bind(databases, meters.registry());
            EventBus bus = started("event bus",
                    openBus(config.redis(), database.installation(), random, meters.registry()));
            PostgresDashboardStore dashboards = new PostgresDashboardStore(database, databases.edits());
            LimitPlane limits = started("limits", new LimitPlane(listening.limits(), connections,
                    config.redis(), database.installation(), clock, meters.registry()));
            AccountPlane accounts = started("accounts",
                    new AccountPlane(databases, bus, limits.limiter(),
                            new AccountPlane.Settings(config.instance(), config.dataDir(),
                                    config.atStart().secondFactorOptional(),
                                    StorageOptions.seal(config.atStart().keyFile(), random)),
                            clock, random));
            accounts.prepare(config.atStart(), config.dataDir(), config.database() instanceof DatabaseChoice.Embedded);
            StoreMeters.bind(accounts.rights(), meters.registry());
            SessionPlane sessions = new SessionPlane(new SessionPlane.Settings(
                    config.instance() + "/" + HexFormat.of().toHexDigits(random.nextLong()),
                    config.keeping().emptyRooms()), dashboards, bus, accounts.rights(), clock, meters.registry());
            DataPlane data = started("samples", new DataPlane(database, bus, sessions.live(), sessions,
                    new DataPlane.Settings(identity, config.keeping().samples(), clock), meters.registry()));
            HistoryStore past = new PostgresHistoryStore(database);
            started("log upkeep", new Recurring("upkeep of logs", FIRST_LOG_UPKEEP, UPKEEP_EVERY,
                    () -> past.letGo(config.keeping().history(), REPLICAS)));
            if (new FirstDashboard(dashboards, new PostgresMilestoneStore(database), clock, random).ensure(identity,
                    accounts::firstDashboard)) {
                accounts.rights().refresh();
            }
            started("http", port);
            started("sessions", sessions);
            started("accepting", port::stopAccepting);
            List<Route> routes = accounts.routes(dashboards, random);
            routes.addAll(new HistoryRoutes(new Histories(past, sessions.openRooms(), clock, random), accounts.rights(),
                    accounts.audit()).routes());
            routes.add(new WriteRoute(data.ingest()).route());
            routes.add(new SampleRoute(data.queries(), clock).route());
            OperationsRoutes operations = new OperationsRoutes(
                    List.of(databases::check, () -> busCheck(bus)),
                    meters.registry());
            routes.addAll(operations.health());
            routes.add(operations.metrics(Access.ownMachine(Scope.METRICS, listening.address(),
                    listening.exposure().proxies())));
            routes.add(new OpenApi(routes, Version.ofThisServer()).route());
            WebSocketHandler webSocket = sessions.webSocket(
                    new SessionContext.Identity(config.instance(), Version.ofThisServer()), accounts.authenticator(),
                    data.queries(), clock, limits,
                    new SessionPlane.Listening(listening.exposure().origins(), accounts::refused));
            port.onRefused((address, why) -> accounts.refused(null, address, AuditAction.CONNECTION, null, why));
            port.start(new Router(routes, accounts.authenticator(), limits.limiter(), meters.registry(),
                    accounts::refused), webSocket::on);
            serveMetrics(listening.metrics(), operations,
                    parts -> new Router(parts, accounts.authenticator(), limits.limiter(), meters.registry()));
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        log.info("Serving {} as instance {}.", port.address(), config.instance());
        String fingerprint = port.fingerprint();
        if (fingerprint != null) {
            log.info("The SHA-256 fingerprint of its certificate is {}; desktops show it at first use.", fingerprint);
        }
        writeReadyFile(config.atStart().readyFile(), port.address());
    }

    /// On a port of their own, which is for those who watch over the server and gives nothing else away.
    private void serveMetrics(@Nullable ListenAddress listen, OperationsRoutes operations,
            Function<List<Route>, Router> router) throws StartException {
        if (listen != null) {
            List<Route> routes = new ArrayList<>(operations.health());
            routes.add(operations.metrics(Access.anyone()));
            HttpServer metricsPort = bound(listen, Exposure.INSECURE,
                    new Places(Crowd.CONNECTIONS_ADDRESS, LimitSettings.USUAL));
            metrics = metricsPort;
            metricsPort.start(router.apply(routes), null);
            log.info("Serving metrics at {}/metrics.", metricsPort.address());
        }
    }

    private Databases openDatabase(ServerConfig config) {
        DatabaseSettings settings = switch (config.database()) {
            case DatabaseChoice.Embedded _ -> {
                EmbeddedPostgres postgres = started("embedded database", EmbeddedPostgres.start(config.dataDir()));
                yield DatabaseSettings.durable(postgres.serving(), postgres.address());
            }
            case DatabaseChoice.External external -> external.settings(DatabaseSettings.CONNECTIONS);
        };
        return started("database", Databases.open(settings));
    }

    /// Without a Redis this is the only instance, and the bus has nobody to tell.
    private static EventBus openBus(@Nullable URI redis, String installation, SecureRandom random,
            MeterRegistry registry) throws StartException {
        if (redis == null) {
            InMemoryEventBus bus = new InMemoryEventBus.Hub(Runnable::run).connect();
            StoreMeters.bind(bus, bus.figures(), registry);
            return bus;
        }
        try {
            RedisEventBus bus = RedisEventBus.open(RedisAddress.parse(redis.toString()), installation, random);
            StoreMeters.bind(bus, bus.figures(), registry);
            return bus;
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Without Redis editing goes on, so that a lost one is told but is no reason to send people elsewhere.
    private static Readiness.Check busCheck(EventBus bus) {
        return new Readiness.Check("event bus", true,
                bus.isConnected() ? null : "Redis cannot be reached; other instances are followed by polling.");
    }

    private static void writeReadyFile(@Nullable Path file, URI address) throws StartException {
        if (file == null) {
            return;
        }
        try {
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "ready", ".tmp");
            Files.writeString(fresh, address + System.lineSeparator());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StartException("Cannot write the ready file %s: %s.".formatted(file, Reason.of(e)), e);
        }
    }

    private <T extends AutoCloseable> T started(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    private HttpServer bound(ListenAddress listen, Exposure exposure, Places connections) throws StartException {
        try {
            if (!exposure.mayListenElsewhere() && !listen.isLoopback()) {
                throw new StartException(
                        ("Refusing to listen on %s without encryption, because passwords would cross the "
                                + "network readable by others; give --tls-certificate and --tls-key, or name the proxy "
                                + "that encrypts with --proxy, or give --insecure-http where the network is yours "
                                + "alone.").formatted(listen));
            }
            HttpServer port = started("port", open(listen, exposure, connections));
            port.bind();
            return port;
        } catch (UnknownHostException | UnresolvedAddressException e) {
            throw new StartException("Cannot listen on %s: this machine does not know the name \"%s\"."
                    .formatted(listen, listen.host()), e);
        } catch (IOException e) {
            String reason = isTaken(e)
                    ? "another program uses that port already; stop it, or choose another port"
                    : String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            throw new StartException("Cannot listen on %s: %s.".formatted(listen, reason), e);
        }
    }

    private static HttpServer open(ListenAddress listen, Exposure exposure, Places connections) throws StartException {
        try {
            return HttpServer.of(listen, exposure, connections);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isTaken(IOException e) {
        String message = String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        return message.contains("in use");
    }

    /// Base of all addresses of this server, like `http://127.0.0.1:7470`.
    public URI address() {
        return Objects.requireNonNull(http).address();
    }

    /// Base of the addresses of its figures, where those have a port of their own.
    URI metricsAddress() {
        return Objects.requireNonNull(metrics).address();
    }

    /// Tells sessions, finishes what has begun, and stops everything. A second call does nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (Part part : parts) {
            try {
                part.closing().close();
            } catch (Exception e) {
                log.warn("Stopping {} failed: {}", part.name(), e.toString());
            }
        }
    }
}
