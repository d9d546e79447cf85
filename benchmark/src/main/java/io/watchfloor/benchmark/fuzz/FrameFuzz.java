package io.watchfloor.benchmark.fuzz;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Opens connection after connection and says wrong things on each. Every connection is made from the seed and its own
/// number, so that it can be made again alone. Thread-safe.
public final class FrameFuzz {

    private static final System.Logger LOG = System.getLogger(FrameFuzz.class.getName());
    /// One in so many connections never says who it is.
    private static final int STRANGERS = 6;
    private static final int FRAMES_PER_CONNECTION = 60;
    /// Stands for a connection that did not become a WebSocket.
    static final int NO_HANDSHAKE = 1;

    /// Who speaks.
    ///
    /// @param token absent for one who is nobody
    /// @param dashboard that his messages are about
    public record Speaker(@Nullable String token, DashboardId dashboard) {}

    /// What came of it.
    ///
    /// @param frames sent
    /// @param closeCodes how connections ended; 1006 is an end without a close frame
    /// @param hung connections that the server neither ended nor answered
    public record Outcome(long frames, long connections, Map<Integer, Long> closeCodes, long hung) {}

    private final FuzzedServer server;
    private final long seed;
    private final List<Speaker> speakers;
    private final Map<Integer, LongAdder> codes = new ConcurrentHashMap<>();
    private final LongAdder hung = new LongAdder();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();

    public FrameFuzz(FuzzedServer server, long seed, List<Speaker> speakers) {
        this.server = server;
        this.seed = seed;
        this.speakers = List.copyOf(speakers);
    }

    /// Goes on until so many frames are sent.
    ///
    /// @param parallel connections at a time
    public Outcome run(long frames, int parallel) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new java.util.ArrayList<>();
            for (int i = 0; i < parallel; i++) {
                workers.add(threads.submit(() -> {
                    while (sent.get() < frames) {
                        connection(connections.getAndIncrement(), threads);
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        Map<Integer, Long> ended = new TreeMap<>();
        codes.forEach((code, count) -> ended.put(code, count.sum()));
        return new Outcome(sent.get(), connections.get(), ended, hung.sum());
    }

    private void connection(long number, ExecutorService threads)
            throws IOException, InterruptedException, ExecutionException {
        SplittableRandom random = new SplittableRandom(seed ^ (number * 0x9e37_79b9_7f4a_7c15L));
        Encoding encoding = random.nextBoolean() ? Encoding.JSON : Encoding.CBOR;
        Speaker speaker = speakers.get(random.nextInt(speakers.size()));
        boolean stranger = speaker.token() == null || random.nextInt(STRANGERS) == 0;
        RawWebSocket opened;
        long begin = System.nanoTime();
        try {
            opened = RawWebSocket.open(server.address(), encoding.subprotocol(), speaker.token());
        } catch (IOException turnedAway) {
            codes.computeIfAbsent(NO_HANDSHAKE, _ -> new LongAdder()).increment();
            LOG.log(System.Logger.Level.WARNING, "connection {0} of seed {1}, after {2} ms: {3}", number, seed,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin), turnedAway);
            return;
        }
        try (RawWebSocket socket = opened) {
            Future<Integer> end = threads.submit(socket::readToEnd);
            UUID replica = new UUID(speakers.indexOf(speaker), random.nextInt(8));
            FrameMaker maker = new FrameMaker(random, encoding, speaker.dashboard(), replica);
            try {
                if (!stranger) {
                    greet(socket, encoding, speaker.dashboard(), replica);
                }
                say(socket, maker, 1 + random.nextInt(stranger ? 5 : FRAMES_PER_CONNECTION));
                socket.send(RawWebSocket.CLOSE, new byte[]{0x03, (byte) 0xe8});
                // what was said last may have announced more than has come
                socket.socket().shutdownOutput();
            } catch (IOException closed) {
                // the server has had enough, which is its right
            }
            codes.computeIfAbsent(ending(end), _ -> new LongAdder()).increment();
        }
    }

    private int ending(Future<Integer> end) throws InterruptedException, ExecutionException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof java.net.SocketTimeoutException) {
                hung.increment();
                return 0;
            }
            throw e;
        }
    }

    private static void greet(RawWebSocket socket, Encoding encoding, DashboardId dashboard, UUID replica)
            throws IOException {
        RecordCodec codec = RecordCodec.of(encoding);
        byte[] hello = codec.join(List.of(codec.encode(new ClientMessage.Hello(1, "fuzz", List.of(), null)),
                codec.encode(new ClientMessage.Join(dashboard,
                        new ReplicaId(replica), null, 0))));
        socket.send(encoding == Encoding.JSON ? RawWebSocket.TEXT : RawWebSocket.BINARY, hello);
    }

    /// In one write, so that the server meets them in whatever pieces the network makes of them.
    private void say(RawWebSocket socket, FrameMaker maker, int count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int frames = 0;
        while (frames < count) {
            FrameMaker.Made made = maker.next();
            out.writeBytes(made.bytes());
            frames += made.frames();
        }
        sent.addAndGet(frames);
        socket.write(out.toByteArray());
    }
}
