package io.watchfloor.server.ingest;

import io.watchfloor.sample.Sample;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.stream.SampleWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One body on its way to the writer. Confined to one thread.
final class Body {

    /// Samples handed to the writer together.
    private static final int PIECE = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration COMMIT = Duration.ofSeconds(30);

    private record Piece(int samples, CompletableFuture<Void> written) {}

    private final SampleWriter writer;
    private final LineParser parser;
    private List<Sample> gathered = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final List<LineProblem> problems = new ArrayList<>();
    private int refused;
    private int stored;
    private @Nullable String trouble;

    Body(SampleWriter writer, LineParser parser) {
        this.writer = writer;
        this.parser = parser;
    }

    /// Reads to the end, or until the writer takes no more.
    void read(LineScanner lines) throws IOException {
        while (trouble == null) {
            switch (lines.next()) {
                case LINE -> line(lines);
                case TOO_LONG -> refuse(lines, "It is longer than " + IngestLimits.LINE_BYTES + " bytes.");
                case OPEN_QUOTE ->
                    refuse(lines, "It opens a quote that the body never closes; what follows was not read.");
                case END -> {
                    return;
                }
            }
        }
    }

    /// Waits for what was handed over.
    ///
    /// @return samples that are durable
    int finish() {
        handOver();
        long deadline = System.nanoTime() + COMMIT.toNanos();
        for (Piece piece : pieces) {
            try {
                piece.written().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                stored += piece.samples();
            } catch (ExecutionException fault) {
                trouble = "The database cannot take samples at the moment.";
            } catch (TimeoutException slow) {
                trouble = "The database did not take the samples within " + COMMIT.toSeconds() + " seconds.";
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                trouble = "The server is stopping.";
                break;
            }
        }
        pieces.clear();
        return stored;
    }

    int refused() {
        return refused;
    }

    List<LineProblem> problems() {
        return problems;
    }

    /// Why not all could be stored, a sentence; null where nothing stood in the way.
    @Nullable
    String trouble() {
        return trouble;
    }

    private void line(LineScanner lines) {
        try {
            parser.parse(lines.bytes(), lines.start(), lines.end(), this::sample);
        } catch (LineException reason) {
            refuse(lines, reason.getMessage());
        }
        if (gathered.size() >= PIECE) {
            handOver();
        }
    }

    private void sample(SeriesKey series, long time, double value) {
        gathered.add(new Sample(series, time, value));
    }

    private void refuse(LineScanner lines, @Nullable String reason) {
        refused++;
        if (problems.size() < IngestLimits.PROBLEMS_NAMED) {
            problems.add(new LineProblem(lines.number(), String.valueOf(reason)));
        }
    }

    private void handOver() {
        if (gathered.isEmpty()) {
            return;
        }
        CompletableFuture<Void> written = writer.offer(gathered, PATIENCE);
        if (written == null) {
            trouble = "More samples are coming in than the database takes.";
        } else {
            pieces.add(new Piece(gathered.size(), written));
        }
        gathered = new ArrayList<>();
    }
}
