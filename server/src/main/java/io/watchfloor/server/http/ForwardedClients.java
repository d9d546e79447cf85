package io.watchfloor.server.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/// Takes the client's address, and whether he spoke TLS, from the headers of named proxies; those of everybody else are
/// ignored. Thread-safe.
final class ForwardedClients implements HttpConfiguration.Customizer {

    private final Proxies proxies;

    ForwardedClients(Proxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (!(connection.getRemoteSocketAddress() instanceof InetSocketAddress peer) || peer.getAddress() == null
                || !proxies.holds(peer.getAddress())) {
            return request;
        }
        InetAddress client = proxies.client(peer.getAddress(),
                request.getHeaders().getValuesList("X-Forwarded-For"));
        boolean secure = connection.isSecure()
                || "https".equalsIgnoreCase(request.getHeaders().get("X-Forwarded-Proto"));
        ConnectionMetaData told = new Told(connection, new InetSocketAddress(client, peer.getPort()), secure);
        return new Request.Wrapper(request) {

            @Override
            public ConnectionMetaData getConnectionMetaData() {
                return told;
            }

            @Override
            public boolean isSecure() {
                return secure;
            }
        };
    }

    private static final class Told extends ConnectionMetaData.Wrapper {

        private final SocketAddress client;
        private final boolean secure;

        Told(ConnectionMetaData connection, SocketAddress client, boolean secure) {
            super(connection);
            this.client = client;
            this.secure = secure;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return client;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }
    }
}
