package io.watchfloor.benchmark.rooms;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A client that says what it is told to say, over a real socket. Confined to the test's thread, but for what it hears.
final class Talker implements WebSocket.Listener, AutoCloseable {

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.JSON);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    Talker(HttpClient http, URI server, String token) {
        socket = http.newWebSocketBuilder().subprotocols(Encoding.JSON.subprotocol())
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws" + server.toString().substring("http".length()) + "/api/v1/ws"), this)
                .join();
        say(new ClientMessage.Hello(1, "test", List.of(), null));
        await(ServerMessage.Welcome.class, 1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.addAll(CODEC.decodeAll(part.toString().getBytes(StandardCharsets.UTF_8), Message.class));
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    void say(ClientMessage message) {
        socket.sendText(new String(CODEC.encode(message), StandardCharsets.UTF_8), true).join();
    }

    <T extends Message> List<T> heard(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /// Waits until it has heard so many of a kind.
    <T extends Message> T await(Class<T> type, int count) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2))
                .until(() -> heard(type).size() >= count);
        return heard(type).get(count - 1);
    }

    /// Joins, and waits for the answer.
    ServerMessage.Joined join(DashboardId dashboard, ReplicaId replica, @Nullable Epoch epoch, long revision) {
        int before = heard(ServerMessage.Joined.class).size();
        say(new ClientMessage.Join(dashboard, replica, epoch, revision));
        return await(ServerMessage.Joined.class, before + 1);
    }

    void title(ServerMessage.Joined joined, long clientSeq) {
        say(new ClientMessage.Push(joined.room(), clientSeq, List.of(new Assignment(ElementId.DASHBOARD,
                Properties.TITLE, Value.of("title " + clientSeq),
                new Stamp(1_000 + clientSeq, 0, joined.replica())))));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
