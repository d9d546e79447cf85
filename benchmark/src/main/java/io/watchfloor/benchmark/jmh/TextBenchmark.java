package io.watchfloor.benchmark.jmh;

import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextEdit;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One character is typed into a text, encoded in CBOR, decoded and applied to the text at another place, where the
/// characters go to all parts of a text that grows to 10,000 of them. `benchmark/yjs/peer.mjs` does the same with a
/// `Y.Text`. Confined to one thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TextBenchmark {

    private static final int LONGEST = 10_000;
    private static final ElementId ELEMENT = new ElementId(0x9e3779b97f4a7c15L);
    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);

    private Document mine = new Document();
    private Document theirs = new Document();
    private int length;

    /// Begins with empty texts.
    @Setup(Level.Iteration)
    public void begin() {
        mine = new Document();
        theirs = new Document();
        length = 0;
    }

    /// Types one character.
    @Benchmark
    public Document type() {
        if (length == LONGEST) {
            begin();
        }
        int at = length == 0 ? 0 : (int) (length * 7919L % length + length / 2) % length;
        TextEdit edit = new TextEdit(ELEMENT, Properties.TEXT, length, Delta.insert(at, "x"));
        mine.apply(edit);
        length++;
        byte[] encoded = CODEC
                .encode(new ServerMessage.Committed(7, new Entry(length, 3, length, "ada", 1_794_700_226_442L,
                        List.of(edit))));
        for (ServerMessage message : CODEC.decodeAll(encoded, ServerMessage.class)) {
            for (Operation operation : ((ServerMessage.Committed) message).entry().operations()) {
                theirs.apply((TextEdit) operation);
            }
        }
        return theirs;
    }
}
