package io.watchfloor.benchmark.load;

import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// From the moment an edit is due until it is applied at a second client, durable in between. The load is open: edits
/// are sent at their times however slow the server is, and the wait of one that is sent late counts.
final class EditLatency {

    /// @param dashboards each with one who edits and one who looks on
    /// @param perSecond edits of all dashboards together
    /// @param warmUpSeconds not measured, at half the speed
    record Load(int dashboards, int perSecond, int warmUpSeconds, int seconds) {

        int warmUpEdits() {
            return perSecond * warmUpSeconds / 2;
        }
    }

    /// Pause where a window is full; what waits is due all the same.
    private static final long FULL = TimeUnit.MICROSECONDS.toNanos(100);

    private EditLatency() {}

    private static final class Pair {

        private final ElementId widget;
        /// When each push was due, by its number from the first edit on.
        private final long[] due;
        private final int firstReplica;
        private final Seat writer;
        private volatile long applied;

        Pair(Seat writer, ElementId widget, int edits) {
            this.writer = writer;
            this.widget = widget;
            this.due = new long[edits];
            this.firstReplica = writer.replica();
        }
    }

    /// Takes down what the second client applies.
    private static final class Taker implements Seat.Watcher {

        private final Map<Seat, Pair> pairs = new HashMap<>();
        private final Latencies latencies = new Latencies();
        private final AtomicLong applied = new AtomicLong();
        private long measuredFrom = Long.MAX_VALUE;

        @Override
        public void applied(Seat seat, Entry entry) {
            Pair pair = pairs.get(seat);
            if (pair != null && entry.replica() == pair.firstReplica && entry.clientSeq() > 1) {
                long due = pair.due[(int) entry.clientSeq() - 2];
                pair.applied = entry.clientSeq() - 1;
                applied.incrementAndGet();
                if (due - measuredFrom >= 0) {
                    latencies.add(System.nanoTime() - due);
                }
            }
        }
    }

    static Latencies measure(ServerUnderLoad server, Load load) throws IOException, InterruptedException {
        Taker taker = new Taker();
        try (SocketLoop loop = new SocketLoop()) {
            List<Pair> pairs = new ArrayList<>();
            int edits = load.warmUpEdits() + load.perSecond() * load.seconds();
            for (int i = 0; i < load.dashboards(); i++) {
                var dashboard = server.createDashboard("Latency " + i);
                Seat writer = Seat.take(loop, server, dashboard, (_, _) -> {});
                writer.joined();
                ElementId widget = new ElementId(i + 1L);
                writer.createWidget(widget);
                Pair pair = new Pair(writer, widget, edits / load.dashboards() + 1);
                Seat reader = Seat.take(loop, server, dashboard, taker);
                reader.joined();
                loop.execute(() -> taker.pairs.put(reader, pair));
                pairs.add(pair);
            }
            send(pairs, taker, load, edits, loop);
            for (int i = 0; taker.applied.get() < edits; i++) {
                loop.check();
                if (i > 600) {
                    throw new IllegalStateException(
                            "Only " + taker.applied.get() + " of " + edits + " edits were applied.");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        return taker.latencies;
    }

    private static void send(List<Pair> pairs, Taker taker, Load load, int edits, SocketLoop loop)
            throws IOException {
        long interval = TimeUnit.SECONDS.toNanos(1) / load.perSecond();
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
        taker.measuredFrom = due + 2 * interval * load.warmUpEdits();
        for (int i = 0; i < edits; i++) {
            Pair pair = pairs.get(i % pairs.size());
            int number = i / pairs.size();
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            while (number - pair.applied >= Limits.PUSHES_IN_FLIGHT) {
                loop.check();
                LockSupport.parkNanos(FULL);
            }
            pair.due[number] = due;
            pair.writer.send(pair.writer.nextMove(pair.widget));
            due += i < load.warmUpEdits() ? 2 * interval : interval;
        }
    }
}
