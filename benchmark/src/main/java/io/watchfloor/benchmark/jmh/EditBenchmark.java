package io.watchfloor.benchmark.jmh;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.TextEdit;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// What every edit goes through: it is made in one document, encoded in CBOR as the entry of the log that everybody gets,
/// decoded, and applied to another document. `benchmark/yjs/peer.mjs` does the same with Yjs, in a process of its own too,
/// with as long a warm-up, as many iterations and as large a heap. Confined to one thread.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xms512m", "-Xmx512m"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class EditBenchmark {

    static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);
    static final int REPLICA = 3;

    Document mine = new Document();
    Document theirs = new Document();
    long revision;
    long bytes;

    /// Goes on with empty documents.
    final void beginAnew() {
        mine = new Document();
        theirs = new Document();
        revision = 0;
    }

    /// Takes what was done in one document to the other one.
    final void send(List<Operation> operations, long at) {
        revision++;
        byte[] encoded = CODEC.encode(
                new ServerMessage.Committed(7, new Entry(revision, REPLICA, revision, "ada", at, operations)));
        bytes += encoded.length;
        for (ServerMessage message : CODEC.decodeAll(encoded, ServerMessage.class)) {
            for (Operation operation : ((ServerMessage.Committed) message).entry().operations()) {
                switch (operation) {
                    case Assignment assignment -> theirs.apply(assignment);
                    case TextEdit edit -> theirs.apply(edit);
                }
            }
        }
    }
}
