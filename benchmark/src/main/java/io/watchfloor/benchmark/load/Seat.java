package io.watchfloor.benchmark.load;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A session in one dashboard that applies what comes as a desktop does, without a desktop. Sending is one thread's, all
/// else the loop's.
final class Seat implements LoadSocket.Receiver {

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);
    private static final long GUARD_SECONDS = 60;

    /// Is told what has been applied, on the loop's thread.
    interface Watcher {

        void applied(Seat seat, Entry entry);

        default void refused(String why) {
            throw new IllegalStateException(why);
        }
    }

    private final LoadSocket socket;
    private final Watcher watcher;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final CompletableFuture<ServerMessage.Joined> joined = new CompletableFuture<>();
    private final Document document = new Document();
    private long revision;
    private long clientSeq;
    private volatile long beatAt;
    private boolean differed;
    private LoadSocket.@Nullable Receiver diverted;

    private Seat(SocketLoop loop, ServerUnderLoad server, Watcher watcher) throws IOException, InterruptedException {
        this.watcher = watcher;
        this.socket = loop.open(server.address(), server.token(), this);
    }

    static Seat take(SocketLoop loop, ServerUnderLoad server, DashboardId dashboard, Watcher watcher)
            throws IOException, InterruptedException {
        Seat seat = new Seat(loop, server, watcher);
        seat.send(new ClientMessage.Hello(1, "load", List.of(), null),
                new ClientMessage.Join(dashboard, new ReplicaId(UUID.randomUUID()), null, 0));
        return seat;
    }

    ServerMessage.Joined joined() {
        return joined.orTimeout(GUARD_SECONDS, TimeUnit.SECONDS).join();
    }

    int replica() {
        return joined().replica();
    }

    LoadSocket socket() {
        return socket;
    }

    long revision() {
        return revision;
    }

    StateHash stateHash() {
        return document.stateHash();
    }

    /// Revision of the newest beat, 0 where none has come.
    long beatAt() {
        return beatAt;
    }

    /// Whether a beat ever told another state hash than this seat has at the same revision.
    boolean differed() {
        return differed;
    }

    void send(ClientMessage... messages) throws IOException {
        socket.send(CODEC.join(List.of(messages).stream().map(CODEC::encode).toList()));
    }

    /// Makes a widget; it is there for others once they have applied the entry.
    void createWidget(ElementId widget) throws IOException {
        long now = System.currentTimeMillis();
        push(new Assignment(widget, Properties.EXISTS, Value.of(true), new Stamp(now, 0, replica())),
                new Assignment(widget, Properties.KIND, Value.of(Properties.KIND_CHART), new Stamp(now, 1, replica())),
                new Assignment(widget, Properties.PARENT, Value.of(ElementId.DASHBOARD.toString()),
                        new Stamp(now, 2, replica())));
    }

    private void push(Operation... operations) throws IOException {
        send(new ClientMessage.Push(joined().room(), ++clientSeq, List.of(operations)));
    }

    /// The next push: a widget is dragged to another place.
    ClientMessage.Push nextMove(ElementId widget) {
        long step = ++clientSeq;
        Value bounds = new Bounds((int) (step % 12), (int) (step % 97), 6, 4).toValue();
        return new ClientMessage.Push(joined().room(), step, List.of(new Assignment(widget, Properties.BOUNDS, bounds,
                new Stamp(System.currentTimeMillis(), (int) step, replica()))));
    }

    /// From now on everything goes there. On the loop's thread.
    void divert(LoadSocket.Receiver other) {
        diverted = other;
    }

    @Override
    public void received(LoadSocket from, ByteBuffer payload, boolean last) {
        if (diverted == null) {
            read(payload, last);
        } else {
            diverted.received(from, payload, last);
        }
    }

    /// Decodes and applies.
    void read(ByteBuffer payload, boolean last) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        if (!last) {
            partial.writeBytes(bytes);
            return;
        }
        if (partial.size() > 0) {
            partial.writeBytes(bytes);
            bytes = partial.toByteArray();
            partial.reset();
        }
        CODEC.decodeAll(bytes, ServerMessage.class).forEach(this::take);
    }

    private void take(ServerMessage message) {
        switch (message) {
            case ServerMessage.Joined answer -> {
                if (answer.snapshot() != null) {
                    answer.snapshot().assignments().forEach(document::apply);
                    revision = answer.snapshot().revision();
                }
                answer.entries().forEach(this::apply);
                joined.complete(answer);
            }
            case ServerMessage.Committed committed -> {
                apply(committed.entry());
                watcher.applied(this, committed.entry());
            }
            case ServerMessage.Beat told -> {
                beatAt = told.revision();
                differed |= told.revision() == revision && !told.hash().equals(document.stateHash());
            }
            case ServerMessage.Rejected _, ServerMessage.Failed _, ServerMessage.NotJoined _, ServerMessage.Closing _ ->
                watcher.refused(message.toString());
            case ServerMessage.Welcome _, ServerMessage.Pong _, ServerMessage.Granted _, ServerMessage.Acked _, ServerMessage.People _, ServerMessage.Seen _, ServerMessage.Tick _, ServerMessage.History _, ServerMessage.Lagged _ -> {
                // nothing to apply
            }
        }
    }

    private void apply(Entry entry) {
        if (entry.revision() != revision + 1) {
            watcher.refused("revision " + entry.revision() + " came after " + revision);
        }
        revision = entry.revision();
        for (Operation operation : entry.operations()) {
            switch (operation) {
                case Assignment assignment -> document.apply(assignment);
                case TextEdit edit -> document.apply(edit);
            }
        }
    }
}
