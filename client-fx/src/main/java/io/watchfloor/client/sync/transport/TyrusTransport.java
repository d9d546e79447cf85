package io.watchfloor.client.sync.transport;

import io.watchfloor.client.sync.trust.ServerTrust;
import io.watchfloor.client.sync.trust.UnknownServer;
import io.watchfloor.client.sync.trust.UnknownServerException;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.codec.Encoding;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLException;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.SslEngineConfigurator;
import org.glassfish.tyrus.client.ThreadPoolConfig;
import org.glassfish.tyrus.container.grizzly.client.GrizzlyClientProperties;
import org.glassfish.tyrus.core.HandshakeException;
import org.jspecify.annotations.Nullable;

/// WebSocket connections through Tyrus. Its threads are daemons and are shared by all connections of the process.
/// Thread-safe.
public final class TyrusTransport implements Transport {

    private static final String PATH = "/api/v1/ws";
    private static final int CONNECT_MILLIS = 10_000;
    private static final int IDLE_SECONDS = 5;
    /// Tyrus refuses pools whose greatest size is smaller.
    private static final int LEAST_POOL = 3;

    private final @Nullable ServerTrust trust;
    private final ClientManager inTheClear = client();
    private final ConcurrentMap<String, ClientManager> inTls = new ConcurrentHashMap<>();

    /// Believes servers that an authority of the system vouches for.
    public TyrusTransport() {
        this(null);
    }

    /// @param trust decides which servers are believed; absent for the system's authorities
    public TyrusTransport(@Nullable ServerTrust trust) {
        this.trust = trust;
    }

    private ClientManager client(URI server) {
        ServerTrust deciding = trust;
        if (deciding == null || !"https".equalsIgnoreCase(server.getScheme())) {
            return inTheClear;
        }
        return inTls.computeIfAbsent(ServerTrust.key(server), _ -> {
            ClientManager client = client();
            client.getProperties().put(ClientProperties.SSL_ENGINE_CONFIGURATOR,
                    new SslEngineConfigurator(deciding.context(server), true, false, false));
            return client;
        });
    }

    private static ClientManager client() {
        ClientManager client = ClientManager.createClient();
        Map<String, Object> properties = client.getProperties();
        properties.put(ClientProperties.HANDSHAKE_TIMEOUT, CONNECT_MILLIS);
        properties.put(ClientProperties.INCOMING_BUFFER_SIZE, Limits.SERVER_MESSAGE_BYTES);
        properties.put(ClientProperties.SHARED_CONTAINER, true);
        properties.put(ClientProperties.SHARED_CONTAINER_IDLE_TIMEOUT, IDLE_SECONDS);
        properties.put(GrizzlyClientProperties.WORKER_THREAD_POOL_CONFIG, threads("server-worker", 2));
        properties.put(GrizzlyClientProperties.SELECTOR_THREAD_POOL_CONFIG, threads("server-selector", 1));
        client.setDefaultMaxBinaryMessageBufferSize(Limits.SERVER_MESSAGE_BYTES);
        return client;
    }

    private static ThreadPoolConfig threads(String name, int count) {
        return ThreadPoolConfig.defaultConfig().setPoolName(name).setCorePoolSize(count)
                .setMaxPoolSize(Math.max(count, LEAST_POOL)).setDaemon(true);
    }

    @Override
    public Link open(URI server, String token, Listener listener) {
        TyrusLink link = new TyrusLink(listener);
        Thread.ofVirtual().name("connect").start(() -> connect(server, token, link));
        return link;
    }

    private void connect(URI server, String token, TyrusLink link) {
        try {
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                    .preferredSubprotocols(List.of(Encoding.CBOR.subprotocol()))
                    .configurator(new ClientEndpointConfig.Configurator() {

                        @Override
                        public void beforeRequest(Map<String, List<String>> headers) {
                            headers.put("Authorization", List.of("Bearer " + token));
                            // only pages have one, and the server goes by a list of theirs
                            headers.keySet().removeIf("Origin"::equalsIgnoreCase);
                        }
                    }).build();
            client(server).connectToServer(link, config, address(server));
        } catch (DeploymentException | IOException | RuntimeException e) {
            link.end(explain(e, server));
        }
    }

    static URI address(URI server) {
        String scheme = "https".equalsIgnoreCase(server.getScheme()) ? "wss" : "ws";
        String base = server.getRawPath() == null ? "" : server.getRawPath();
        String path = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(scheme + "://" + server.getRawAuthority() + path + PATH);
    }

    private static Ending explain(Exception failure, URI server) {
        UnknownServer unknown = UnknownServerException.in(failure);
        if (unknown != null) {
            return new Ending.Unreachable(unknown.changed()
                    ? "The server's certificate is not the one that was trusted before. Sign in again to look at it."
                    : "Nobody vouches for the server's certificate. Sign in again to look at it.");
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case HandshakeException refused -> {
                    return new Ending.Refused(refused.getHttpStatusCode());
                }
                case UnresolvedAddressException _ -> {
                    return new Ending.Unreachable("There is no machine named '" + server.getHost() + "'.");
                }
                case SSLException untrusted -> {
                    return new Ending.Unreachable(
                            "The server's certificate is not accepted (" + untrusted.getMessage() + ").");
                }
                default -> {}
            }
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return new Ending.Unreachable(text.contains("timeout") || text.contains("timed out")
                ? "The server at " + server.getAuthority() + " did not answer in time."
                : "No server answers at " + server.getAuthority() + ".");
    }

    @Override
    public void close() {
        inTheClear.shutdown();
        inTls.values().forEach(ClientManager::shutdown);
    }
}
