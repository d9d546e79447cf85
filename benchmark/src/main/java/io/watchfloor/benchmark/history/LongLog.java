package io.watchfloor.benchmark.history;

import io.watchfloor.benchmark.fuzz.RawWebSocket;
import io.watchfloor.benchmark.load.ServerUnderLoad;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.DatabaseSettings;
import io.watchfloor.server.store.postgres.PostgresDashboardStore;
import io.watchfloor.server.store.postgres.PostgresHistoryStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;

/// Opens a dashboard with a long log, on a durable PostgreSQL of its own. The log is written as a room writes it: appended in
/// groups, a snapshot each thousand revisions; it ends right before the next snapshot. Then a server is started and the
/// dashboard opened over a WebSocket, again and again with a new server, so that nothing of it is in memory.
///
/// Confined to one thread.
public final class LongLog {

    private static final int GROUP = 1_000;
    private static final int WIDGETS = 200;
    private static final int ROUNDS = 11;
    private static final int STARTS = 5;
    private static final int CONNECTIONS = 2;
    private static final RecordCodec CBOR = RecordCodec.of(Encoding.CBOR);
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final PostgresDashboardStore store;
    private final PostgresHistoryStore history;
    private final PrintStream out;
    private final DashboardId dashboard;

    private LongLog(Database database, DashboardId dashboard, PrintStream out) {
        this.dashboard = dashboard;
        this.store = new PostgresDashboardStore(database);
        this.history = new PostgresHistoryStore(database);
        this.out = out;
    }

    /// @param args how many operations; a million where it is absent
    public static void main(String[] args) throws Exception {
        long operations = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        Path directory = Files.createTempDirectory("watchfloor-long-log-");
        try {
            measure(directory, operations, STARTS, System.out);
        } finally {
            delete(directory);
        }
    }

    static void measure(Path directory, long operations, int starts, PrintStream out) throws Exception {
        DashboardId dashboard;
        try (ServerUnderLoad server = new ServerUnderLoad(directory, List.of());
                Database database = Database.open(new DatabaseSettings(server.database(), CONNECTIONS, false))) {
            dashboard = server.createDashboard("Long");
            new LongLog(database, dashboard, out).run(operations);
        }
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            try (ServerUnderLoad server = new ServerUnderLoad(directory, List.of())) {
                took.add(opened(server, dashboard, operations));
            }
        }
        print(out, "opened over a WebSocket, by a server that just started", took);
    }

    /// From the join to the document, at a client.
    private static long opened(ServerUnderLoad server, DashboardId dashboard, long operations) throws IOException {
        try (RawWebSocket socket = RawWebSocket.open(server.address(), Encoding.CBOR.subprotocol(), server.token())) {
            socket.send(RawWebSocket.BINARY, CBOR.encode(new ClientMessage.Hello(1, "long log", List.of(), null)));
            hear(socket, ServerMessage.Welcome.class);
            long start = System.nanoTime();
            socket.send(RawWebSocket.BINARY, CBOR.encode(
                    new ClientMessage.Join(dashboard, new ReplicaId(UUID.randomUUID()), null, 0)));
            ServerMessage.Joined joined = hear(socket, ServerMessage.Joined.class);
            Document document = Document.of(Objects.requireNonNull(joined.snapshot()));
            joined.entries().forEach(entry -> entry.operations().forEach(operation -> {
                if (operation instanceof Assignment assignment) {
                    document.apply(assignment);
                }
            }));
            long took = System.nanoTime() - start;
            long head = joined.snapshot().revision() + joined.entries().size();
            if (head < operations || document.snapshot(head).assignments().size() < WIDGETS) {
                throw new IllegalStateException("what was opened ends at revision " + head);
            }
            return took;
        }
    }

    private static <T extends ServerMessage> T hear(RawWebSocket socket, Class<T> type) throws IOException {
        for (RawWebSocket.Received frame = socket.read(); frame != null; frame = socket.read()) {
            if (frame.opcode() == RawWebSocket.BINARY) {
                for (ServerMessage message : CBOR.decodeAll(frame.payload(), ServerMessage.class)) {
                    if (type.isInstance(message)) {
                        return type.cast(message);
                    }
                }
            }
        }
        throw new IOException("the server ended the connection");
    }

    private void run(long operations) throws Exception {
        StoredDashboard made = stored();
        int replica = Objects.requireNonNull(store.register(dashboard, new ReplicaId(UUID.randomUUID()), "load")
                .toCompletableFuture().join()).number();
        long start = System.nanoTime();
        Document document = made.document();
        long head = made.snapshot().revision() + made.entries().size();
        append(made.epoch(), head, List.of(creation(head + 1, replica, document)));
        head++;
        long clientSeq = 1;
        while (head < operations) {
            append(made.epoch(), head, group(head, clientSeq, GROUP, replica, document));
            head += GROUP;
            clientSeq += GROUP;
            store.saveSnapshot(dashboard, made.epoch(), document.snapshot(head)).toCompletableFuture().join();
        }
        append(made.epoch(), head, group(head, clientSeq, GROUP - 1, replica, document));
        head += GROUP - 1;
        out.printf("%,d logged operations of a dashboard with %d widgets, written in %,d s%n", head, WIDGETS,
                (System.nanoTime() - start) / NANOS_PER_MILLI / 1_000);
        long middle = head / 2 + 777;
        figure("read from the database (snapshot and what follows)", () -> stored().document());
        figure("a page of 500 entries read backwards from the end",
                () -> history.entriesBefore(dashboard, Long.MAX_VALUE, 500));
        figure("the state in the middle of the log",
                () -> Objects.requireNonNull(history.at(dashboard, middle)).document());
    }

    private void append(Epoch epoch, long head, List<Decision> group) {
        AppendResult result = store.append(dashboard, new LogPosition(epoch, head), group).toCompletableFuture()
                .join();
        if (!(result instanceof AppendResult.Appended)) {
            throw new IllegalStateException("append: " + result);
        }
    }

    private StoredDashboard stored() {
        return Objects.requireNonNull(store.load(dashboard).toCompletableFuture().join());
    }

    /// The first round warms up and does not count.
    private void figure(String what, Callable<?> work) throws Exception {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i <= ROUNDS; i++) {
            long start = System.nanoTime();
            Object result = work.call();
            if (result == null) {
                throw new IllegalStateException("nothing came of: " + what);
            }
            if (i > 0) {
                took.add(System.nanoTime() - start);
            }
        }
        print(out, what, took);
    }

    private static void print(PrintStream out, String what, List<Long> took) {
        List<Long> sorted = took.stream().sorted().toList();
        out.printf("%-58s median %,7.1f ms, worst %,7.1f ms%n", what,
                (double) sorted.get(sorted.size() / 2) / NANOS_PER_MILLI,
                (double) sorted.getLast() / NANOS_PER_MILLI);
    }

    private static Decision creation(long revision, int replica, Document document) {
        List<Operation> operations = new ArrayList<>();
        Stamp stamp = new Stamp(1, 0, replica);
        for (int widget = 1; widget <= WIDGETS; widget++) {
            ElementId element = new ElementId(widget);
            operations.add(new Assignment(element, Properties.EXISTS, Value.of(true), stamp));
            operations.add(new Assignment(element, Properties.KIND, Value.of(Properties.KIND_METRIC), stamp));
            operations.add(new Assignment(element, Properties.PARENT, Value.of(ElementId.DASHBOARD.toString()),
                    stamp));
            operations.add(new Assignment(element, Properties.TITLE, Value.of("Widget " + widget), stamp));
        }
        operations.forEach(operation -> document.apply((Assignment) operation));
        return decided(revision, replica, 1, operations);
    }

    private static Decision decided(long revision, int replica, long clientSeq, List<Operation> operations) {
        return new Decision.Accepted(new Entry(revision, replica, clientSeq, "load", 1_000 + revision, operations),
                new Digest(clientSeq, clientSeq));
    }

    /// Each entry moves a widget, as a drag does.
    private static List<Decision> group(long head, long clientSeq, int size, int replica, Document document) {
        List<Decision> group = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            long revision = head + i;
            Assignment moved = new Assignment(new ElementId(1 + revision % WIDGETS), Properties.BOUNDS,
                    new Bounds((int) (revision % 20), (int) (revision % 500), 4, 4).toValue(),
                    new Stamp(1_000 + revision, 0, replica));
            document.apply(moved);
            group.add(decided(revision, replica, clientSeq + i, List.of(moved)));
        }
        return group;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
