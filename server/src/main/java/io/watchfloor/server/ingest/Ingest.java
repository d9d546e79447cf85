package io.watchfloor.server.ingest;

import io.watchfloor.server.stream.SampleWriter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/// Takes bodies of Influx line protocol. A body is read in pieces, each handed to the writer when it is full, so that
/// neither its length nor a slow database makes memory grow. Good lines are stored even where others are refused.
///
/// Calls block until what they report is durable; make them from a virtual thread. Thread-safe.
public final class Ingest {

    /// Most bytes of a body, after unpacking; whoever hands the body over sees to it.
    public static final int BODY_BYTES = 64 << 20;
    /// Bodies that are read at the same time; one more is told to come again.
    private static final int AT_ONCE = 64;
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final SampleWriter writer;
    private final InstantSource clock;
    private final Duration retention;
    private final IngestFigures figures;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /// @param clock tells the time of samples that come without one
    /// @param retention how long samples are kept; older ones are refused
    public Ingest(SampleWriter writer, InstantSource clock, Duration retention, IngestFigures figures) {
        this.writer = writer;
        this.clock = clock;
        this.retention = retention;
        this.figures = figures;
    }

    /// Reads and stores a body.
    ///
    /// @param body plain text, read to its end, or as far as there is sense in it; not closed
    /// @param precision of its timestamps
    /// @throws IOException where the body cannot be received; what came before may have been stored
    public WriteOutcome write(InputStream body, Precision precision) throws IOException {
        if (!places.tryAcquire()) {
            figures.busy();
            return new WriteOutcome.Busy(0, RETRY, "Too many bodies are being written at the same time.");
        }
        Body reader = new Body(writer, new LineParser(precision, TimeWindow.around(clock.instant(), retention)));
        try {
            reader.read(new LineScanner(body));
            return outcome(reader);
        } finally {
            places.release();
            figures.samples(reader.finish(), reader.refused());
        }
    }

    private WriteOutcome outcome(Body reader) {
        int stored = reader.finish();
        String trouble = reader.trouble();
        if (trouble != null) {
            figures.busy();
            return new WriteOutcome.Busy(stored, RETRY, trouble);
        }
        return reader.refused() == 0
                ? new WriteOutcome.Stored(stored)
                : new WriteOutcome.Partly(stored, reader.refused(), reader.problems());
    }
}
