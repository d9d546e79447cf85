package io.watchfloor.server.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What comes in over HTTP, counted. Thread-safe.
public final class IngestFigures {

    private final Counter accepted;
    private final Counter refused;
    private final Counter busy;

    public IngestFigures(MeterRegistry registry) {
        accepted = Counter.builder("watchfloor.ingest.samples").description("Samples taken over HTTP")
                .register(registry);
        refused = Counter.builder("watchfloor.ingest.refused.lines").description("Lines refused").register(registry);
        busy = Counter.builder("watchfloor.ingest.busy").description("Bodies told to come again later")
                .register(registry);
    }

    void samples(int stored, int refusedLines) {
        accepted.increment(stored);
        refused.increment(refusedLines);
    }

    void busy() {
        busy.increment();
    }
}
