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
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// A client of the WebSocket that keeps what it is told, and when. Thread-safe.
final class LiveClient implements WebSocket.Listener, AutoCloseable {

    /// For how long a test waits before it says that something does not come, however busy the machine is.
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RecordCodec codec = RecordCodec.of(Encoding.JSON);
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final LongSupplier ticks;
    private volatile int closed;

    /// What it was told.
    ///
    /// @param tick what its clock said then
    /// @param nanos of the system's clock then
    record Heard(Message message, long tick, long nanos) {}

    LiveClient(URI server, String token) {
        this(server, token, () -> 0);
    }

    /// @param ticks a clock of the test's own
    LiveClient(URI server, String token, LongSupplier ticks) {
        this.ticks = ticks;
        socket = http.newWebSocketBuilder().subprotocols(Encoding.JSON.subprotocol())
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(server.toString().replace("http", "ws") + "/api/v1/ws"), this).join();
        say(new ClientMessage.Hello(1, "test", List.of(), null));
    }

    void say(Message... messages) {
        byte[] frame = codec.join(List.of(messages).stream().map(codec::encode).toList());
        text(new String(frame, StandardCharsets.UTF_8));
    }

    /// Says what may be no message.
    void text(String text) {
        socket.sendText(text, true).join();
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
        return heard.stream().map(Heard::message).filter(type::isInstance).map(type::cast).toList();
    }

    /// All that it was told.
    List<Heard> heard() {
        return List.copyOf(heard);
    }

    /// The first message of its kind after so many, for which it waits.
    Heard next(int after, Predicate<Message> kind) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> heard.stream().skip(after)
                .anyMatch(each -> kind.test(each.message())));
        return heard.stream().skip(after).filter(each -> kind.test(each.message())).findFirst().orElseThrow();
    }

    <T extends Message> T first(Class<T> type) {
        Awaitility.await().atMost(PATIENCE).until(() -> !all(type).isEmpty());
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
            long tick = ticks.getAsLong();
            long nanos = System.nanoTime();
            codec.decodeAll(part.toString().getBytes(StandardCharsets.UTF_8), Message.class)
                    .forEach(message -> heard.add(new Heard(message, tick, nanos)));
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
