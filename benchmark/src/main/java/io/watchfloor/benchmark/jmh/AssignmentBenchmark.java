package io.watchfloor.benchmark.jmh;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.HybridClock;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Value;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Sets properties, in batches of 50 to an entry, with new documents after every 200,000. Next to it stands a `Y.Map`.
/// Confined to one thread.
@State(Scope.Thread)
public class AssignmentBenchmark extends EditBenchmark {

    static final int BATCH = 50;
    private static final int ELEMENTS = 1_000;
    private static final int LONGEST = 200_000;

    private final HybridClock clock = HybridClock.ofReplica();
    private final ElementId[] elements = new ElementId[ELEMENTS];
    private long now = 1_794_700_226_442L;
    private int sets;

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
        return bounded(false);
    }

    /// Sets the bounds of a widget, four numbers.
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Document bounds() {
        return bounded(true);
    }

    private Document bounded(boolean bounds) {
        if (sets == LONGEST) {
            sets = 0;
            beginAnew();
        }
        return batch(bounds);
    }

    private Document batch(boolean bounds) {
        List<Operation> operations = new ArrayList<>(BATCH);
        now++;
        for (int i = 0; i < BATCH; i++) {
            int step = sets++;
            Value value = bounds ? new Bounds(step % 12, step % 97, 6, 4).toValue() : Value.of((long) step);
            Assignment assignment = new Assignment(elements[step % ELEMENTS], bounds ? "bounds" : "range", value,
                    clock.next(now, REPLICA));
            mine.apply(assignment);
            operations.add(assignment);
        }
        send(operations, now);
        return theirs;
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
