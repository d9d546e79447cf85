package io.watchfloor.benchmark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Somebody in a dashboard who does nothing wrong, and whom no message may refuse anything. Confined to one thread.
final class Editor implements AutoCloseable {

    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);
    private static final int PATIENCE_MILLIS = 240_000;

    private final RawWebSocket socket;
    private final ServerMessage.Joined joined;
    private long pushed;

    private Editor(RawWebSocket socket, ServerMessage.Joined joined) {
        this.socket = socket;
        this.joined = joined;
    }

    /// Returns when the dashboard is open.
    static Editor joined(FuzzedServer server, String token, DashboardId dashboard) throws IOException {
        RawWebSocket socket = RawWebSocket.open(server.address(), Encoding.JSON.subprotocol(), token);
        socket.socket().setSoTimeout(PATIENCE_MILLIS);
        say(socket, new ClientMessage.Hello(1, "editor", List.of(), null));
        ReplicaId replica = new ReplicaId(UUID.randomUUID());
        ServerMessage.@Nullable Joined joined = null;
        say(socket, new ClientMessage.Join(dashboard, replica, null, 0));
        while (joined == null) {
            for (Message message : next(socket)) {
                if (message instanceof ServerMessage.Joined yes) {
                    joined = yes;
                } else if (message instanceof ServerMessage.NotJoined later) {
                    // too much for the database of a busy machine: desktops ask again, and so does this one
                    assertThat(later.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                    say(socket, new ClientMessage.Join(dashboard, replica, null, 0));
                }
            }
        }
        return new Editor(socket, joined);
    }

    ServerMessage.Joined joined() {
        return joined;
    }

    /// Changes the dashboard's title, without waiting.
    void push() throws IOException {
        pushed++;
        say(new ClientMessage.Push(joined.room(), pushed, List.of(new Assignment(ElementId.DASHBOARD, "title",
                Value.of("at " + pushed), new Stamp(pushed, 0, joined.replica())))));
    }

    void say(ClientMessage message) throws IOException {
        say(socket, message);
    }

    /// Waits until everything that was pushed is durable.
    void awaitAcks() throws IOException {
        long acked = 0;
        while (acked < pushed) {
            for (Message message : next(socket)) {
                if (message instanceof ServerMessage.Committed(_, var entry)
                        && entry.replica() == joined.replica()) {
                    acked = entry.clientSeq();
                }
            }
        }
    }

    /// Waits for the answer to a ping.
    void ping() throws IOException {
        say(new ClientMessage.Ping(pushed));
        boolean answered = false;
        while (!answered) {
            answered = next(socket).stream().anyMatch(ServerMessage.Pong.class::isInstance);
        }
    }

    private static void say(RawWebSocket socket, ClientMessage message) throws IOException {
        socket.send(RawWebSocket.TEXT, JSON.encode(message));
    }

    /// What the next frame holds, which is no refusal and takes no right away.
    private static List<Message> next(RawWebSocket socket) throws IOException {
        RawWebSocket.Received frame = socket.read();
        while (frame != null && frame.opcode() != RawWebSocket.TEXT) {
            frame = socket.read();
        }
        assertThat(frame).as("the connection stays").isNotNull();
        List<Message> messages = JSON.decodeAll(Objects.requireNonNull(frame).payload(), Message.class);
        assertThat(messages).noneMatch(message -> message instanceof ServerMessage.Failed
                || message instanceof ServerMessage.Rejected || message instanceof ServerMessage.Closing
                || message instanceof ServerMessage.Granted);
        return messages;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
