package io.watchfloor.benchmark.simulation;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What happens in a run, line by line, for whoever wants to know why it failed. Confined to its run's thread.
final class Story {

    private final @Nullable Consumer<String> reader;
    private final Scheduler scheduler;

    /// @param reader null where nobody listens
    Story(@Nullable Consumer<String> reader, Scheduler scheduler) {
        this.reader = reader;
        this.scheduler = scheduler;
    }

    /// @param line made only where somebody listens
    void tell(Supplier<String> line) {
        if (reader != null) {
            reader.accept("%7d  %s".formatted(scheduler.now() - Scheduler.START, line.get()));
        }
    }
}
