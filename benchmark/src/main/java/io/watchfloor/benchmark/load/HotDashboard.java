package io.watchfloor.benchmark.load;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/// Many sessions that edit one dashboard as fast as their windows allow, each with 64 pushes in flight. Every edit is
/// delivered to every session.
///
/// All sessions get the same bytes. One more session decodes and applies them; those that edit count theirs and keep a
/// checksum, and know by the count which of their pushes are acked. In the end the checksums must be equal. So nothing is
/// left out but the decoding in the clients that edit, which have machines of their own elsewhere.
final class HotDashboard {

    /// @param sessions that edit
    record Load(int sessions, int warmUpSeconds, int seconds) {}

    /// @param perSecond durable edits per second, acked and delivered
    /// @param perGroup edits of one commit, on average
    /// @param megabytes per second that the server delivered to all sessions together
    /// @param cpu what it cost
    record Result(double perSecond, double perGroup, double megabytes, String cpu) {}

    private final Map<Integer, Editor> editors = new HashMap<>();
    private final Map<Integer, Long> answered = new HashMap<>();
    private final CRC32C checksum = new CRC32C();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong applied = new AtomicLong();
    private volatile boolean checked;
    private boolean stopping;

    private HotDashboard() {}

    /// @throws IllegalStateException where a session got something else than the others, or an edit is missing
    static Result measure(ServerUnderLoad server, Load load) throws IOException, InterruptedException {
        return new HotDashboard().run(server, load);
    }

    private Result run(ServerUnderLoad server, Load load) throws IOException, InterruptedException {
        try (SocketLoop loop = new SocketLoop()) {
            DashboardId dashboard = server.createDashboard("Hot");
            Seat onlooker = Seat.take(loop, server, dashboard, (_, entry) -> applied(entry));
            onlooker.joined();
            List<Editor> all = new ArrayList<>();
            for (int i = 0; i < load.sessions(); i++) {
                Editor editor = new Editor(Seat.take(loop, server, dashboard, (_, _) -> {}), new ElementId(i + 1L));
                editor.seat.createWidget(editor.widget);
                all.add(editor);
            }
            await(loop, () -> applied.get() == load.sessions());
            // From here on all sessions get the same bytes: nobody comes, nobody goes.
            TimeUnit.SECONDS.sleep(2);
            loop.execute(() -> start(onlooker, all));
            TimeUnit.SECONDS.sleep(load.warmUpSeconds());
            double appendsBefore = appends(server);
            ServerUnderLoad.Cpu cpuBefore = server.cpu();
            long before = applied.get();
            long bytesBefore = received.get();
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(load.seconds());
            double seconds = (System.nanoTime() - begin) / 1e9;
            double edits = applied.get() - before;
            double bytes = received.get() - bytesBefore;
            double appends = appends(server) - appendsBefore;
            String cpu = server.cpu().since(cpuBefore, edits);
            loop.execute(() -> stopping = true);
            await(loop, () -> onlooker.beatAt() == total(all));
            // What was sent to all at once does not come to all at once.
            await(loop, () -> {
                loop.execute(() -> check(onlooker, all));
                return checked;
            });
            return new Result(edits / seconds, edits / appends, bytes / seconds / 1e6 * (load.sessions() + 1), cpu);
        }
    }

    private void start(Seat onlooker, List<Editor> all) {
        onlooker.divert((_, payload, last) -> {
            checksum.update(payload.duplicate());
            received.addAndGet(payload.remaining());
            onlooker.read(payload, last);
            answered.forEach((replica, clientSeq) -> editor(replica).answered(received.get(), clientSeq));
            answered.clear();
        });
        for (Editor editor : all) {
            editors.put(editor.seat.replica(), editor);
            editor.seat.divert(editor);
            editor.fill();
        }
    }

    private Editor editor(int replica) {
        return Objects.requireNonNull(editors.get(replica));
    }

    private void applied(Entry entry) {
        applied.incrementAndGet();
        if (!editors.isEmpty()) {
            answered.put(entry.replica(), entry.clientSeq());
        }
    }

    /// The revision that made the dashboard, one for each widget, and the edits.
    private static long total(List<Editor> all) {
        return 1 + all.stream().mapToLong(editor -> editor.sent).sum();
    }

    private void check(Seat onlooker, List<Editor> all) {
        if (!all.stream().allMatch(editor -> editor.received == received.get())) {
            return;
        }
        for (Editor editor : all) {
            if (editor.checksum.getValue() != checksum.getValue()) {
                throw new IllegalStateException("A session got other bytes than the others.");
            }
            if (editor.acked != editor.sent) {
                throw new IllegalStateException("A session's edits were not all acked.");
            }
        }
        if (onlooker.differed()) {
            throw new IllegalStateException("A state hash differed.");
        }
        checked = true;
    }

    private static double appends(ServerUnderLoad server) throws IOException, InterruptedException {
        return server.metrics().lines().filter(line -> line.startsWith("watchfloor_appends_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    private static void await(SocketLoop loop, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            loop.check();
            if (System.nanoTime() > until) {
                throw new IllegalStateException("The load did not come to its end within a minute.");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// An answered push, and where in the stream of bytes its answer ends.
    private record Ack(long end, long clientSeq) {}

    /// A session that edits; it has made its widget in push 1.
    private final class Editor implements LoadSocket.Receiver {

        private final Seat seat;
        private final ElementId widget;
        private final ArrayDeque<Ack> acks = new ArrayDeque<>();
        private final CRC32C checksum = new CRC32C();
        private long received;
        private long acked = 1;
        private volatile long sent = 1;

        Editor(Seat seat, ElementId widget) {
            this.seat = seat;
            this.widget = widget;
        }

        @Override
        public void received(LoadSocket from, ByteBuffer payload, boolean last) {
            received += payload.remaining();
            checksum.update(payload);
            fill();
        }

        void answered(long end, long clientSeq) {
            acks.addLast(new Ack(end, clientSeq));
            fill();
        }

        /// Sends as many pushes as the window takes, in one frame.
        void fill() {
            while (!acks.isEmpty() && acks.getFirst().end() <= received) {
                acked = acks.removeFirst().clientSeq();
            }
            if (stopping || sent - acked == Limits.PUSHES_IN_FLIGHT) {
                return;
            }
            List<ClientMessage> pushes = new ArrayList<>();
            for (long seq = sent; seq < acked + Limits.PUSHES_IN_FLIGHT; seq++) {
                pushes.add(seat.nextMove(widget));
            }
            sent = acked + Limits.PUSHES_IN_FLIGHT;
            try {
                seat.send(pushes.toArray(ClientMessage[]::new));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
