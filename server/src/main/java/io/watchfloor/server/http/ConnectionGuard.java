package io.watchfloor.server.http;

import io.watchfloor.server.limit.AddressKey;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.Places;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the connections of a port: closes those that are too many for their address, those that may not be there at
/// all, and those that say nothing, or say their request so slowly that it is not heard in time. A connection between two
/// requests, and one whose request is being answered, are left to others. Thread-safe.
final class ConnectionGuard implements Connection.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);

    /// Nanoseconds from the end of one answer, or the begin of a connection, to the end of the next request's headers, once
    /// their first byte has come.
    private static final long HEADERS = TimeUnit.SECONDS.toNanos(15);

    private static final class Watched {

        private final Connection connection;
        private final @Nullable String placeOf;
        private long requests;
        private long bytes;
        private long since = System.nanoTime();

        Watched(Connection connection, @Nullable String placeOf) {
            this.connection = connection;
            this.placeOf = placeOf;
        }

        /// Whether it has been at one request for too long. Called by one thread at a time.
        boolean isTooSlow(long now) {
            long heard = connection.getMessagesIn();
            boolean answering = heard != connection.getMessagesOut();
            boolean fresh = heard == 0;
            if (answering || heard != requests || (!fresh && connection.getBytesIn() == bytes)) {
                requests = heard;
                bytes = connection.getBytesIn();
                since = now;
                return false;
            }
            return now - since > HEADERS;
        }
    }

    /// Hears of connections that were closed for breaking a rule. It may be called often, and must not block.
    @FunctionalInterface
    interface Refusals {

        /// @param address of the other end
        void refused(String address, String why);
    }

    private final Exposure exposure;
    private final Places places;
    private final Refusals refusals;
    private final ConcurrentMap<Connection, Watched> open = new ConcurrentHashMap<>();
    private final LongAdder tooSlow = new LongAdder();
    private volatile boolean stopped;

    /// @param places open connections by address
    ConnectionGuard(Exposure exposure, Places places, Refusals refusals) {
        this.exposure = exposure;
        this.places = places;
        this.refusals = refusals;
    }

    void start(Scheduler scheduler) {
        scheduler.schedule(() -> {
            try {
                sweep(System.nanoTime());
            } catch (RuntimeException e) {
                LOG.error("Slow connections could not be looked for; the next second tries again", e);
            }
            if (!stopped) {
                start(scheduler);
            }
        }, 1, TimeUnit.SECONDS);
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void onOpened(Connection connection) {
        boolean inTls = !(connection instanceof SslConnection) && exposure.tls() != null;
        InetAddress peer = connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : null;
        String key = null;
        if (!inTls && peer != null) {
            if (!exposure.lets(peer)) {
                refuse(connection, "not by way of the proxy");
                return;
            }
            if (!exposure.proxies().holds(peer)) {
                key = AddressKey.of(peer);
                if (!places.take(key)) {
                    refuse(connection, "over the limit " + Crowd.CONNECTIONS_ADDRESS.label());
                    return;
                }
            }
        }
        open.put(connection, new Watched(connection, key));
    }

    private void refuse(Connection connection, String why) {
        SocketAddress address = connection.getEndPoint().getRemoteSocketAddress();
        connection.getEndPoint().close();
        if (address instanceof InetSocketAddress peer) {
            refusals.refused(peer.getAddress().getHostAddress(), why);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Watched watched = open.remove(connection);
        if (watched != null && watched.placeOf != null) {
            places.free(watched.placeOf);
        }
    }

    private void sweep(long now) {
        for (Watched watched : open.values()) {
            if (speaksHttp(watched.connection) && watched.isTooSlow(now)) {
                tooSlow.increment();
                refuse(watched.connection, "said its request too slowly");
            }
        }
    }

    /// Before TLS is agreed on the HTTP connection in it has heard nothing, so that it stands for both.
    private static boolean speaksHttp(Connection connection) {
        return connection instanceof org.eclipse.jetty.server.ConnectionMetaData;
    }

    /// Connections that are open.
    int size() {
        return open.size();
    }

    /// Connections that were closed for being slow.
    long tooSlow() {
        return tooSlow.sum();
    }
}
