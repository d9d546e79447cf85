package io.watchfloor.server.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// A port that shuts nothing of a WebSocket's connection before its peer has taken its leave, as RFC 6455, 7.1.1 has it.
///
/// Jetty shuts its own direction as soon as a close frame is written. Over TLS that end then comes in one piece with the
/// last frames, and there are clients, the desktop's among them, and proxies that let go of those frames when they meet
/// the end behind them. Who takes no leave is cut off by whoever has sent the close frame. HTTP is left as it is.
/// Thread-safe as [ServerConnector] is.
final class PatientConnector extends ServerConnector {

    private static final int ACCEPTORS = 1;
    private static final int SELECTORS = 2;

    PatientConnector(Server server, ConnectionFactory... protocols) {
        super(server, ACCEPTORS, SELECTORS, protocols);
    }

    /// TLS around the next protocol, as patient.
    static SslConnectionFactory tls(SslContextFactory.Server keys, String next) {
        return new SslConnectionFactory(keys, next) {

            @Override
            protected SslConnection newSslConnection(Connector connector, EndPoint peer, SSLEngine engine) {
                return new SslConnection(connector.getByteBufferPool(), connector.getExecutor(), keys, peer, engine,
                        isDirectBuffersForEncryption(), isDirectBuffersForDecryption()) {

                    @Override
                    protected SslEndPoint newSslEndPoint() {
                        return new SslEndPoint() {

                            @Override
                            public void doShutdownOutput() {
                                if (isOver(getConnection())) {
                                    super.doShutdownOutput();
                                }
                            }
                        };
                    }
                };
            }
        };
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint peer = new SocketChannelEndPoint(channel, selector, key, getScheduler()) {

            @Override
            protected void doShutdownOutput() {
                if (isOver(getConnection())) {
                    super.doShutdownOutput();
                }
            }
        };
        peer.setIdleTimeout(getIdleTimeout());
        return peer;
    }

    /// Whether one that has said all it will say may shut its direction.
    private static boolean isOver(Connection connection) {
        return connection instanceof ConnectionMetaData || connection instanceof SslConnection;
    }
}
