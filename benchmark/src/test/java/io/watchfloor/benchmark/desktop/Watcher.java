package io.watchfloor.benchmark.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.transport.Transport;
import io.watchfloor.client.sync.transport.Transport.Ending;
import io.watchfloor.client.sync.transport.TyrusTransport;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A session that speaks the protocol and nothing more, straight to the server: takes down what it is told of the log,
/// from the revision that it joined at. Thread-safe.
final class Watcher implements Transport.Listener, AutoCloseable {

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);

    private static final long PATIENCE_SECONDS = 60;

    private final TyrusTransport transport = new TyrusTransport();
    private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
    private final CompletableFuture<Boolean> joined = new CompletableFuture<>();
    private final List<Entry> entries = new ArrayList<>();
    private Document document = new Document();
    private long begin;
    private final Transport.Link link;

    Watcher(URI server, String token, DashboardId dashboard) {
        link = transport.open(server, token, this);
        opened.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        send(new ClientMessage.Hello(1, "watcher", List.of(), null));
        send(new ClientMessage.Join(dashboard, new ReplicaId(UUID.randomUUID()), null, 0));
        joined.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private void send(ClientMessage message) {
        link.send(CODEC.encode(message));
    }

    @Override
    public void opened() {
        opened.complete(true);
    }

    @Override
    public void frame(byte[] frame) {
        CODEC.decodeAll(frame, ServerMessage.class).forEach(this::take);
    }

    private synchronized void take(ServerMessage message) {
        if (message instanceof ServerMessage.Joined answer) {
            begin = answer.snapshot() == null ? 0 : answer.snapshot().revision();
            document = answer.snapshot() == null ? new Document() : Document.of(answer.snapshot());
            answer.entries().forEach(this::apply);
            joined.complete(true);
        } else if (message instanceof ServerMessage.Committed committed) {
            apply(committed.entry());
        } else if (message instanceof ServerMessage.Beat) {
            send(new ClientMessage.Ping(1));
        }
    }

    private void apply(Entry entry) {
        entries.add(entry);
        entry.operations().forEach(operation -> {
            if (operation instanceof Assignment assignment) {
                document.apply(assignment);
            }
        });
    }

    @Override
    public void ended(Ending ending) {
        joined.completeExceptionally(new AssertionError(ending.toString()));
        opened.completeExceptionally(new AssertionError(ending.toString()));
    }

    synchronized long revision() {
        return begin + entries.size();
    }

    synchronized StateHash stateHash() {
        return document.stateHash();
    }

    /// The log holds each of these titles in exactly one entry, has no gap, and nobody's push twice.
    synchronized void assertExactlyOnce(List<String> titles) {
        for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).revision()).isEqualTo(begin + i + 1);
        }
        assertThat(entries.stream().map(entry -> entry.replica() + "/" + entry.clientSeq())).doesNotHaveDuplicates();
        assertThat(titles()).containsExactlyInAnyOrderElementsOf(titles);
    }

    /// As often as each is in the log.
    synchronized List<String> titles() {
        return entries.stream().flatMap(entry -> entry.operations().stream()).map(Watcher::title)
                .filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    }

    private static @Nullable String title(io.watchfloor.document.Operation operation) {
        return operation instanceof Assignment assignment && assignment.property().equals(Properties.TITLE)
                && assignment.value() instanceof Value.Str(String text) ? text : null;
    }

    @Override
    public void close() {
        link.close(1000, "");
        transport.close();
    }
}
