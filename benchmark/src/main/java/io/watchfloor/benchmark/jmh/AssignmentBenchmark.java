package io.watchfloor.benchmark.jmh;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.HybridClock;
import io.watchfloor.document.Operation;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One property is set in a document, and what was set is encoded in CBOR, decoded and applied to another document, in
/// batches of 50 to an entry. `benchmark/yjs/peer.mjs` does the same with a `Y.Map`. Confined to one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AssignmentBenchmark {

    static final int BATCH = 50;
    private static final int ELEMENTS = 1_000;
    private static final int REPLICA = 3;
    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);

    private final Document mine = new Document();
    private final Document theirs = new Document();
    private final HybridClock clock = new HybridClock();
    private final ElementId[] elements = new ElementId[ELEMENTS];
    private long now = 1_794_700_226_442L;
    private long sets;
    private long revision;
    private long bytes;

    /// Makes empty documents.
    public AssignmentBenchmark() {
        for (int i = 0; i < ELEMENTS; i++) {
            elements[i] = new ElementId(0x9e3779b97f4a7c15L * (i + 1));
        }
    }

    /// Sets a number.
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Document number() {
        return batch(false);
    }

    /// Sets the bounds of a widget, four numbers.
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Document bounds() {
        return batch(true);
    }

    private Document batch(boolean bounds) {
        List<Operation> operations = new ArrayList<>(BATCH);
        now++;
        for (int i = 0; i < BATCH; i++) {
            int step = (int) (sets++ % 1_000_000);
            Value value = bounds ? new Bounds(step % 12, step % 97, 6, 4).toValue() : Value.of((long) step);
            Assignment assignment = new Assignment(elements[step % ELEMENTS], bounds ? "bounds" : "range", value,
                    clock.next(now, REPLICA));
            mine.apply(assignment);
            operations.add(assignment);
        }
        revision++;
        byte[] encoded = CODEC
                .encode(new ServerMessage.Committed(7, new Entry(revision, REPLICA, revision, "ada", now, operations)));
        bytes += encoded.length;
        apply(encoded);
        return theirs;
    }

    private void apply(byte[] encoded) {
        for (ServerMessage message : CODEC.decodeAll(encoded, ServerMessage.class)) {
            for (Operation operation : ((ServerMessage.Committed) message).entry().operations()) {
                switch (operation) {
                    case Assignment assignment -> theirs.apply(assignment);
                    case TextEdit edit -> theirs.apply(edit);
                }
            }
        }
    }

    /// What 1,000,000 sets leave behind. Not timed.
    static Size size(boolean bounds) {
        AssignmentBenchmark run = new AssignmentBenchmark();
        int early = 0;
        while (run.sets < 1_000_000) {
            run.batch(bounds);
            if (run.sets == 100_000) {
                early = run.snapshot();
            }
        }
        return new Size((double) run.bytes / run.sets, early, run.snapshot());
    }

    private int snapshot() {
        theirs.stateHash();
        return CODEC.encode(theirs.snapshot(revision)).length;
    }

    /// @param perAssignment bytes in CBOR
    /// @param early bytes of the whole document after 100,000 sets
    /// @param late the same after 1,000,000
    record Size(double perAssignment, int early, int late) {}
}
