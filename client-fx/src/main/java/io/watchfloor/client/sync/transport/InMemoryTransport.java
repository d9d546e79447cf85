package io.watchfloor.client.sync.transport;

import java.net.URI;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A transport to a server in the same process: for tests, and for a simulation that delays what it likes. Every
/// delivery is a task of the network executor, which runs them one after the other. Thread-safe where that is.
public final class InMemoryTransport implements Transport {

    private final Executor network;
    private final Consumer<ServerEnd> server;

    /// @param network runs one task after the other
    /// @param server takes each attempt at a connection, on `network`; it accepts, refuses or leaves it hanging
    public InMemoryTransport(Executor network, Consumer<ServerEnd> server) {
        this.network = network;
        this.server = server;
    }

    @Override
    public Link open(URI address, String token, Listener listener) {
        ServerEnd end = new ServerEnd(network, token, listener);
        network.execute(() -> server.accept(end));
        return new Link() {

            @Override
            public void send(byte[] frame) {
                network.execute(() -> end.arrived(frame.clone()));
            }

            @Override
            public void close(int code, String reason) {
                network.execute(() -> end.closedByClient(code, reason));
            }
        };
    }

    @Override
    public void close() {
        // nothing is held between connections
    }

    /// The server's end of one connection. Confined to the network executor.
    public static final class ServerEnd {

        private final Executor network;
        private final String token;
        private final Listener client;
        private Consumer<byte[]> frames = _ -> {};
        private Consumer<Ending.Closed> closed = _ -> {};
        private @Nullable Ending ending;

        ServerEnd(Executor network, String token, Listener client) {
            this.network = network;
            this.token = token;
            this.client = client;
        }

        /// The token of the handshake.
        public String token() {
            return token;
        }

        /// Whether neither side has ended the connection.
        public boolean open() {
            return ending == null;
        }

        /// Accepts the connection.
        ///
        /// @param onFrame takes what the client sends
        /// @param onClosed told when the client ends the connection
        public void accept(Consumer<byte[]> onFrame, Consumer<Ending.Closed> onClosed) {
            frames = onFrame;
            closed = onClosed;
            network.execute(() -> {
                if (open()) {
                    client.opened();
                }
            });
        }

        public void send(byte[] frame) {
            byte[] copy = frame.clone();
            network.execute(() -> {
                if (open()) {
                    client.frame(copy);
                }
            });
        }

        /// Ends the connection, or refuses it.
        public void end(Ending how) {
            network.execute(() -> {
                if (open()) {
                    ending = how;
                    client.ended(how);
                }
            });
        }

        private void arrived(byte[] frame) {
            if (open()) {
                frames.accept(frame);
            }
        }

        private void closedByClient(int code, String reason) {
            if (open()) {
                Ending.Closed how = new Ending.Closed(code, reason);
                ending = how;
                closed.accept(how);
                client.ended(how);
            }
        }
    }
}
