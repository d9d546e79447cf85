package io.watchfloor.server;

import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.http.HttpServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.http.OperationsRoutes;
import io.watchfloor.server.http.Route;
import io.watchfloor.server.http.Router;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole server: the one place that knows every part, makes them in order, and stops them in the opposite order.
/// Thread-safe.
public final class WatchfloorServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchfloorServer.class);

    /// What has been started, newest first.
    private final Deque<Part> parts = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable HttpServer http;

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

    private void startParts(ServerConfig config) throws StartException {
        Meters meters = started("meters", new Meters(config.instance()));
        HttpServer http = bound(config.listening().address(), config.listening().insecureHttp());
        this.http = http;
        Authenticator authenticator = new Nobody();
        OperationsRoutes operations = new OperationsRoutes(List.of(), meters.registry());
        List<Route> routes = new ArrayList<>(operations.health());
        http.start(new Router(routes, authenticator, meters.registry()), null);
        log.info("Serving {} as instance {}.", http.address(), config.instance());
    }

    private <T extends AutoCloseable> T started(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    private HttpServer bound(ListenAddress listen, boolean insecureHttp) throws StartException {
        try {
            if (!insecureHttp && !listen.isLoopback()) {
                throw new StartException(
                        ("Refusing to listen on %s without encryption, because passwords would cross the "
                                + "network readable by others; listen on 127.0.0.1 behind a proxy with TLS, or give "
                                + "--insecure-http where the network is yours alone.").formatted(listen));
            }
            HttpServer http = started("http", new HttpServer(listen));
            http.bind();
            return http;
        } catch (UnknownHostException | UnresolvedAddressException e) {
            throw new StartException("Cannot listen on %s: this machine does not know the name \"%s\"."
                    .formatted(listen, listen.host()), e);
        } catch (IOException e) {
            String reason = isTaken(e)
                    ? "another program uses that port already; stop it, or choose another port with --listen"
                    : String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            throw new StartException("Cannot listen on %s: %s.".formatted(listen, reason), e);
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

    private static final class Nobody implements Authenticator {

        @Override
        public @Nullable Caller authenticate(String bearerToken) {
            return null;
        }

        @Override
        public @Nullable ServiceCaller authenticateService(String bearerToken) {
            return null;
        }
    }
}
