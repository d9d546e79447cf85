package io.watchfloor.server.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// What the sample writer counts about itself. Thread-safe.
public final class WriterFigures {

    private final Counter written;
    private final Counter lost;
    private final Counter rejected;
    private final Timer batches;

    public WriterFigures(MeterRegistry registry) {
        written = Counter.builder("watchfloor.samples.written").description("Samples made durable").register(registry);
        lost = Counter.builder("watchfloor.samples.failed").description("Samples the database did not take")
                .register(registry);
        rejected = Counter.builder("watchfloor.samples.rejected").description("Samples for which the queue had no room")
                .register(registry);
        batches = Timer.builder("watchfloor.samples.batch").description("Time to store one batch of samples")
                .publishPercentileHistogram().register(registry);
    }

    void written(int samples, long took, TimeUnit unit) {
        written.increment(samples);
        batches.record(took, unit);
    }

    void rejected(int samples) {
        rejected.increment(samples);
    }

    void lost(int samples) {
        lost.increment(samples);
    }
}
