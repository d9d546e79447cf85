package io.watchfloor.benchmark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.limit.LimitSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// People who do nothing wrong, against a whole server with its usual limits.
@Timeout(400)
class HonestUseTest {

    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);
    private static final int PEOPLE = 200;
    private static final int DRAG_STEPS = 120;

    @TempDir
    Path directory = Path.of("");

    @Test
    void draggingAndComingBackTogether_LIM16_meetNoLimit() throws Exception {
        String administrator;
        String viewer;
        DashboardId dashboard;
        try (FuzzedServer server = new FuzzedServer(directory.resolve("data"), LimitSettings.USUAL)) {
            administrator = server.administrator();
            viewer = server.viewer();
            dashboard = server.make("Wall");
            drag(server, administrator, dashboard);
            nothingWasRefused(server);
        }
        try (FuzzedServer again = new FuzzedServer(directory.resolve("data"), LimitSettings.USUAL);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            DashboardId seen = again.seen();
            List<Future<RawWebSocket>> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                boolean edits = i % 2 == 0;
                people.add(threads.submit(() -> joined(again, edits ? administrator : viewer,
                        edits ? dashboard : seen)));
            }
            for (Future<RawWebSocket> person : people) {
                person.get(180, TimeUnit.SECONDS).close();
            }
            nothingWasRefused(again);
        }
    }

    private static void nothingWasRefused(FuzzedServer server) throws Exception {
        assertThat(server.figure("watchfloor_limits_refused_total{")).isZero();
        assertThat(server.figure("watchfloor_limits_crowded_total{")).isZero();
        assertThat(server.figure("watchfloor_http_slow_total{")).isZero();
    }

    /// Thirty edits and thirty pointers a second, as the desktop sends them, without a pause between gestures.
    private static void drag(FuzzedServer server, String token, DashboardId dashboard) throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(server.address(), Encoding.JSON.subprotocol(), token)) {
            say(socket, new ClientMessage.Hello(1, "operator", List.of(), null));
            say(socket, new ClientMessage.Join(dashboard, new ReplicaId(new UUID(4, 2)), null, 0));
            ServerMessage.Joined joined = hear(socket, ServerMessage.Joined.class);
            for (int i = 1; i <= DRAG_STEPS; i++) {
                say(socket, new ClientMessage.Push(joined.room(), i, List.of(new Assignment(ElementId.DASHBOARD, "title",
                        Value.of("at " + i), new Stamp(i, 0, joined.replica())))));
                say(socket, new ClientMessage.Show(joined.room(),
                        new Presence(new Presence.Point(i % 24, 4), List.of(), List.of(), null, null, null)));
                say(socket, new ClientMessage.Ping(i));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(33));
            }
            int committed = 0;
            while (committed < DRAG_STEPS) {
                committed += (int) next(socket).stream().filter(ServerMessage.Committed.class::isInstance).count();
            }
        }
    }

    private static RawWebSocket joined(FuzzedServer server, String token, DashboardId dashboard) throws IOException {
        RawWebSocket socket = RawWebSocket.open(server.address(), Encoding.JSON.subprotocol(), token);
        say(socket, new ClientMessage.Hello(1, "desktop", List.of(), null));
        say(socket, new ClientMessage.Join(dashboard, new ReplicaId(UUID.randomUUID()), null, 0));
        hear(socket, ServerMessage.Joined.class);
        return socket;
    }

    private static void say(RawWebSocket socket, ClientMessage message) throws IOException {
        socket.send(RawWebSocket.TEXT, JSON.encode(message));
    }

    /// The next message of that kind; what else comes in its frame is left.
    private static <T extends Message> T hear(RawWebSocket socket, Class<T> type) throws IOException {
        while (true) {
            for (Message message : next(socket)) {
                if (type.isInstance(message)) {
                    return type.cast(message);
                }
            }
        }
    }

    /// What the next frame holds, which is no refusal.
    private static List<Message> next(RawWebSocket socket) throws IOException {
        RawWebSocket.Received frame = socket.read();
        while (frame != null && frame.opcode() != RawWebSocket.TEXT) {
            frame = socket.read();
        }
        assertThat(frame).as("the connection stays").isNotNull();
        List<Message> messages = JSON.decodeAll(java.util.Objects.requireNonNull(frame).payload(), Message.class);
        assertThat(messages).noneMatch(message -> message instanceof ServerMessage.Failed
                || message instanceof ServerMessage.Rejected || message instanceof ServerMessage.Closing);
        return messages;
    }
}
