package io.watchfloor.server;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A client of the WebSocket that keeps what it is told, and when. Thread-safe.
final class LiveClient implements WebSocket.Listener, AutoCloseable {

    private final RecordCodec codec = RecordCodec.of(Encoding.JSON);
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private volatile int closed;

    LiveClient(URI server, String token) {
        socket = http.newWebSocketBuilder().subprotocols(Encoding.JSON.subprotocol())
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(server.toString().replace("http", "ws") + "/api/v1/ws"), this).join();
        say(new ClientMessage.Hello(1, "test", List.of(), null));
    }

    void say(Message... messages) {
        byte[] frame = codec.join(List.of(messages).stream().map(codec::encode).toList());
        socket.sendText(new String(frame, StandardCharsets.UTF_8), true).join();
    }

    ServerMessage.Joined join(DashboardId dashboard) {
        say(new ClientMessage.Join(dashboard, new ReplicaId(UUID.randomUUID()), null, 0));
        return first(ServerMessage.Joined.class);
    }

    void title(ServerMessage.Joined at, long clientSeq, String title) {
        say(new ClientMessage.Push(at.room(), clientSeq, List.of(new Assignment(ElementId.DASHBOARD, "title",
                Value.of(title), new Stamp(System.currentTimeMillis(), 0, at.replica())))));
    }

    /// All that it was told of a kind.
    <T extends Message> List<T> all(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends Message> T first(Class<T> type) {
        Awaitility.await().until(() -> !all(type).isEmpty());
        return all(type).getFirst();
    }

    /// The code that the server closed the connection with; 0 while it is open.
    int closed() {
        return closed;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            heard.addAll(codec.decodeAll(part.toString().getBytes(StandardCharsets.UTF_8), Message.class));
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = code;
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
