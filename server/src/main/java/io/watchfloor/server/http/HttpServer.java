package io.watchfloor.server.http;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
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

    private final ListenAddress listen;
    private final Server server;
    private final ServerConnector connector;

    public HttpServer(ListenAddress listen) {
        this.listen = listen;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_PLATFORM_THREADS);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-"));
        this.server = new Server(threads);
        server.setStopTimeout(STOP_MILLIS);
        server.setErrorHandler(new ProblemErrorHandler());
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        this.connector = new ServerConnector(server, 1, 2, new HttpConnectionFactory(http));
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

    /// @param webSocket makes the handler of the WebSocket path; it answers false to what is no upgrade
    public void start(Router router, @Nullable Function<Server, Handler> webSocket) {
        Handler rest = new GracefulHandler(compressed(router));
        server.setHandler(new SecurityHeaders(webSocket == null
                ? rest
                : new Handler.Sequence(new UpgradeOnly(WEB_SOCKET_PATH, webSocket.apply(server)), rest)));
        try {
            server.start();
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
        return URI.create("http://" + new ListenAddress(listen.host(), connector.getLocalPort()));
    }

    /// Takes no more connections; those that there are go on.
    public void stopAccepting() {
        CompletableFuture<Void> _ = connector.shutdown(); // ends with the last connection, which is not awaited
    }

    @Override
    public void close() {
        try {
            connector.close();
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server on " + listen + " did not stop", e);
        }
    }
}
