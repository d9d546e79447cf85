package io.watchfloor.server.http;

import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Places;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// One port that speaks HTTP and, where it is given a handler for it, WebSocket at `/api/v1/ws`.
///
/// [#bind] takes the port, [#start] begins to answer, [#stopAccepting] takes no more connections, [#close] ends those
/// that there are after their requests are answered. Thread-safe once started.
public final class HttpServer implements AutoCloseable {

    public static final String WEB_SOCKET_PATH = "/api/v1/ws";

    /// Milliseconds that a connection may be silent: longer than clients keep one for their next request, so that it is
    /// they who close it.
    private static final long IDLE_MILLIS = 60_000;
    /// The same once the server stops, so that connections kept for later do not hold it up.
    private static final long STOPPING_IDLE_MILLIS = 200;
    /// Milliseconds that requests have to end in when the server stops.
    private static final long STOP_MILLIS = 5_000;
    private static final int MOST_PLATFORM_THREADS = 64;
    /// Most bytes of a request's first line and headers together.
    private static final int HEADER_BYTES = 16 << 10;

    private final ListenAddress listen;
    private final Server server;
    private final ServerConnector connector;
    private final ConnectionGuard guard;
    private final @Nullable Tls tls;
    private volatile ConnectionGuard.Refusals refusals = (_, _) -> {};

    /// For this machine alone, with the usual limits.
    public HttpServer(ListenAddress listen) {
        this(listen, Exposure.OWN_MACHINE, null, new Places(Crowd.CONNECTIONS_ADDRESS, LimitSettings.USUAL));
    }

    /// @param places open connections by address
    /// @throws IOException with a sentence where the certificate cannot be used
    public static HttpServer of(ListenAddress listen, Exposure exposure, Places places) throws IOException {
        TlsFiles files = exposure.tls();
        return new HttpServer(listen, exposure, files == null ? null : new Tls(files), places);
    }

    private HttpServer(ListenAddress listen, Exposure exposure, @Nullable Tls tls, Places places) {
        this.listen = listen;
        this.tls = tls;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_PLATFORM_THREADS);
        threads.setName("http");
        Executor blocking = VirtualThreads.getNamedVirtualThreadsExecutor("http-");
        threads.setVirtualThreadsExecutor(blocking);
        this.guard = new ConnectionGuard(exposure, places,
                (address, why) -> blocking.execute(() -> refusals.refused(address, why)));
        this.server = new Server(threads);
        server.setStopTimeout(STOP_MILLIS);
        server.setErrorHandler(new ProblemErrorHandler());
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        if (tls != null) {
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
        if (!exposure.proxies().isEmpty()) {
            http.addCustomizer(new ForwardedClients(exposure.proxies()));
        }
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        this.connector = tls == null
                ? new PatientConnector(server, plain)
                : new PatientConnector(server, PatientConnector.tls(tls.factory(), plain.getProtocol()), plain);
        connector.addBean(guard);
        connector.setHost(listen.host());
        connector.setPort(listen.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setShutdownIdleTimeout(STOPPING_IDLE_MILLIS);
        server.addConnector(connector);
    }

    /// Takes the port, so that a second server fails before it does anything else.
    ///
    /// @throws IOException where the port is taken or the address is not of this machine
    public void bind() throws IOException {
        connector.open();
    }

    /// Has connections heard of that are closed for breaking a rule, on threads that may block.
    ///
    /// @param heard is given the address of the other end, and why
    public void onRefused(BiConsumer<String, String> heard) {
        refusals = heard::accept;
    }

    /// @param webSocket makes the handler of the WebSocket path; it answers false to what is no upgrade
    public void start(Router router, @Nullable Function<Server, Handler> webSocket) {
        Handler rest = new GracefulHandler(compressed(router));
        server.setHandler(new SecurityHeaders(webSocket == null
                ? rest
                : new Handler.Sequence(new UpgradeOnly(WEB_SOCKET_PATH, webSocket.apply(server)), rest)));
        try {
            server.start();
            guard.start(connector.getScheduler());
            if (tls != null) {
                tls.watch(connector.getScheduler());
            }
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the HTTP server on " + listen + " did not start", e);
        }
    }

    private static Handler compressed(Handler handler) {
        CompressionHandler compression = new CompressionHandler(handler);
        compression.putCompression(new GzipCompression());
        compression.putConfiguration("/", CompressionConfig.builder().defaults().build());
        return compression;
    }

    /// Base of all addresses of this server, like `http://127.0.0.1:7470`.
    public URI address() {
        return URI.create(
                (tls == null ? "http://" : "https://") + new ListenAddress(listen.host(), connector.getLocalPort()));
    }

    /// SHA-256 of the certificate, as `AB:CD:...`; absent where it speaks in the clear.
    public @Nullable String fingerprint() {
        return tls == null ? null : tls.fingerprint();
    }

    /// Connections that are open.
    public int connections() {
        return guard.size();
    }

    /// Connections that were closed for being slow.
    public long tooSlow() {
        return guard.tooSlow();
    }

    /// Takes no more connections; those that there are go on.
    public void stopAccepting() {
        CompletableFuture<Void> _ = connector.shutdown(); // ends with the last connection, which is not awaited
    }

    @Override
    public void close() {
        guard.stop();
        if (tls != null) {
            tls.stop();
        }
        try {
            connector.close();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server on " + listen + " did not stop", e);
        }
    }
}
