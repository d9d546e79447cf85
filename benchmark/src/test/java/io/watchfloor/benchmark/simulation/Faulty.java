package io.watchfloor.benchmark.simulation;

import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.session.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Frames of servers, with messages changed or left out. Stateless.
final class Faulty {

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);

    /// Changes messages; null leaves one out.
    interface Change {

        @Nullable
        ServerMessage of(ServerMessage message);
    }

    private Faulty() {}

    static byte[] changed(byte[] frame, Change change) {
        List<byte[]> kept = new ArrayList<>();
        for (ServerMessage message : CODEC.decodeAll(frame, ServerMessage.class)) {
            ServerMessage other = change.of(message);
            if (other != null) {
                kept.add(CODEC.encode(other));
            }
        }
        return CODEC.join(kept);
    }

    /// A connection over which a server says something else than it meant to.
    static Transport speaking(Transport connection, Change change) {
        return new Transport() {

            @Override
            public void send(byte[] frame, Consumer<@Nullable Throwable> done) {
                connection.send(changed(frame, change), done);
            }

            @Override
            public void close(int code, String text) {
                connection.close(code, text);
            }

            @Override
            public void abort() {
                connection.abort();
            }
        };
    }

    /// A network over which a desktop hears something else than was said, or says something else than it meant to.
    static io.watchfloor.client.sync.transport.Transport hearing(io.watchfloor.client.sync.transport.Transport network,
            UnaryOperator<byte[]> change, UnaryOperator<byte[]> sent) {
        return new io.watchfloor.client.sync.transport.Transport() {

            @Override
            public Link open(java.net.URI server, String token, Listener listener) {
                Link link = network.open(server, token, new Listener() {

                    @Override
                    public void opened() {
                        listener.opened();
                    }

                    @Override
                    public void frame(byte[] frame) {
                        listener.frame(change.apply(frame));
                    }

                    @Override
                    public void ended(Ending ending) {
                        listener.ended(ending);
                    }
                });
                return new Link() {

                    @Override
                    public void send(byte[] frame) {
                        link.send(sent.apply(frame));
                    }

                    @Override
                    public void close(int code, String reason) {
                        link.close(code, reason);
                    }
                };
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }
}
