package io.watchfloor.benchmark.history;

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
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.DatabaseSettings;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import io.watchfloor.server.store.postgres.PostgresDashboardStore;
import io.watchfloor.server.store.postgres.PostgresHistoryStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;

/// Opens a dashboard with a long log, on a durable PostgreSQL of its own. The log is written as a room writes it: appended in
/// groups, a snapshot each thousand revisions. Started by hand:
///
/// ```
/// java -cp ... io.watchfloor.benchmark.history.LongLog [OPERATIONS]
/// ```
///
/// Confined to one thread.
public final class LongLog {

    private static final int GROUP = 1_000;
    private static final int WIDGETS = 200;
    private static final int ROUNDS = 11;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final PostgresDashboardStore store;
    private final PostgresHistoryStore history;
    private final PrintStream out;
    private final DashboardId dashboard = new DashboardId(UUID.randomUUID());

    private LongLog(Database database, PrintStream out) {
        this.store = new PostgresDashboardStore(database);
        this.history = new PostgresHistoryStore(database);
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        long operations = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        Path directory = Files.createTempDirectory("watchfloor-long-log-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
                Database database = Database.open(DatabaseSettings.durable(postgres.address()))) {
            new LongLog(database, System.out).run(operations);
        } finally {
            delete(directory);
        }
    }

    private void run(long operations) throws Exception {
        store.create(dashboard, "Long", null, List.of(creation())).toCompletableFuture().join();
        Epoch epoch = stored().epoch();
        int replica = Objects.requireNonNull(store.register(dashboard, new ReplicaId(UUID.randomUUID()), "ann")
                .toCompletableFuture().join()).number();
        long start = System.nanoTime();
        Document document = stored().document();
        for (long head = 1; head < operations; head += GROUP) {
            List<Decision> group = group(head, replica, document);
            AppendResult result = store.append(dashboard, new LogPosition(epoch, head), group).toCompletableFuture()
                    .join();
            if (!(result instanceof AppendResult.Appended)) {
                throw new IllegalStateException("append: " + result);
            }
            store.saveSnapshot(dashboard, epoch, document.snapshot(head + GROUP)).toCompletableFuture().join();
        }
        long head = Objects.requireNonNull(history.head(dashboard));
        out.printf("%,d logged operations of a dashboard with %d widgets, written in %,d s%n", head, WIDGETS,
                (System.nanoTime() - start) / NANOS_PER_MILLI / 1_000);
        figure("opened (newest snapshot and what follows, as a document)", () -> stored().document());
        figure("a page of 500 entries read backwards from the end",
                () -> history.entriesBefore(dashboard, Long.MAX_VALUE, 500));
        figure("the state in the middle of the log",
                () -> Objects.requireNonNull(history.at(dashboard, head / 2 + 7_777)).document());
    }

    private StoredDashboard stored() {
        return Objects.requireNonNull(store.load(dashboard).toCompletableFuture().join());
    }

    /// Median and worst of some rounds; the first warms up and does not count.
    private void figure(String what, Callable<?> work) throws Exception {
        long[] took = new long[ROUNDS];
        for (int i = 0; i <= ROUNDS; i++) {
            long start = System.nanoTime();
            Object result = work.call();
            if (result == null) {
                throw new IllegalStateException("nothing came of: " + what);
            }
            took[Math.max(0, i - 1)] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        out.printf("%-58s median %,7.1f ms, worst %,7.1f ms%n", what, (double) took[ROUNDS / 2] / NANOS_PER_MILLI,
                (double) took[ROUNDS - 1] / NANOS_PER_MILLI);
    }

    private static Entry creation() {
        List<Operation> operations = new ArrayList<>();
        Stamp stamp = new Stamp(1, 0, 0);
        for (int widget = 1; widget <= WIDGETS; widget++) {
            ElementId element = new ElementId(widget);
            operations.add(new Assignment(element, Properties.EXISTS, Value.of(true), stamp));
            operations.add(new Assignment(element, Properties.KIND, Value.of(Properties.KIND_METRIC), stamp));
            operations.add(new Assignment(element, Properties.PARENT, Value.of(ElementId.DASHBOARD.toString()),
                    stamp));
            operations.add(new Assignment(element, Properties.TITLE, Value.of("Widget " + widget), stamp));
        }
        return new Entry(1, 0, 1, "server", 1, operations);
    }

    /// Each entry moves a widget, as a drag does.
    private static List<Decision> group(long head, int replica, Document document) {
        List<Decision> group = new ArrayList<>();
        for (int i = 1; i <= GROUP; i++) {
            long revision = head + i;
            Assignment moved = new Assignment(new ElementId(1 + revision % WIDGETS), Properties.BOUNDS,
                    new Bounds((int) (revision % 20), (int) (revision % 500), 4, 4).toValue(),
                    new Stamp(1_000 + revision, 0, replica));
            document.apply(moved);
            group.add(new Decision.Accepted(new Entry(revision, replica, revision, "ann", 1_000 + revision,
                    List.of(moved)), new Digest(revision, revision)));
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
