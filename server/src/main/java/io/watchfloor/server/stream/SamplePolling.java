package io.watchfloor.server.stream;

import io.watchfloor.sample.Line;
import io.watchfloor.sample.Selector;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.store.MetricStore;
import io.watchfloor.server.store.NumberedSample;
import io.watchfloor.server.store.TooManyLinesException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads from the store what is wanted here and other instances may have stored, for as long as the bus cannot tell of it,
/// and once when it can again. What was stored here is read with it: a sample that comes again replaces itself. One that is
/// older than what was read of its series before comes with the next history.
///
/// [#poll] is confined to one thread at a time, and blocks.
public final class SamplePolling {

    /// Milliseconds from a sample's time until it is durable and read, clocks that differ included.
    private static final long LATE = 10_000;
    /// Milliseconds that samples may be ahead.
    private static final long AHEAD = 600_000;
    /// Of one series; more are reduced.
    private static final int POINTS = 4_000;

    private final EventBus bus;
    private final MetricStore store;
    private final InstantSource clock;
    private final Supplier<? extends Collection<Selector>> wanted;
    private final Consumer<List<NumberedSample>> live;
    private final AtomicBoolean missed = new AtomicBoolean();
    /// Time of the newest sample of each series that was read since the bus was heard last.
    private final Map<Integer, Long> newest = new HashMap<>();
    private long read;

    /// @param wanted what is shown here
    /// @param live is told of what was read
    public SamplePolling(EventBus bus, MetricStore store, InstantSource clock,
            Supplier<? extends Collection<Selector>> wanted, Consumer<List<NumberedSample>> live) {
        this.bus = bus;
        this.store = store;
        this.clock = clock;
        this.wanted = wanted;
        this.live = live;
        read = clock.millis();
        bus.onGap(() -> missed.set(true));
    }

    /// To be called every second.
    ///
    /// @throws io.watchfloor.server.store.StoreException where the store does not answer; the next call reads all the same
    public void poll() {
        long now = clock.millis();
        if (bus.isConnected() && !missed.get()) {
            newest.clear();
            read = now;
            return;
        }
        missed.set(false);
        List<NumberedSample> samples = new ArrayList<>();
        try {
            for (Selector selector : wanted.get()) {
                samples.addAll(newSamples(selector, now));
            }
        } catch (RuntimeException fault) {
            missed.set(true);
            throw fault;
        }
        read = now;
        samples.forEach(sample -> newest.merge(sample.number(), sample.time(), Math::max));
        if (!samples.isEmpty()) {
            live.accept(samples);
        }
    }

    private List<NumberedSample> newSamples(Selector selector, long now) {
        List<NumberedSample> samples = new ArrayList<>();
        try {
            for (Line line : store.query(selector, read - LATE, now + AHEAD, POINTS).lines()) {
                long known = newest.getOrDefault(line.number(), Long.MIN_VALUE);
                for (int i = 0; i < line.times().length; i++) {
                    if (line.times()[i] > known) {
                        samples.add(new NumberedSample(line.number(), line.key(), line.times()[i], line.values()[i]));
                    }
                }
            }
        } catch (TooManyLinesException _) {
            // whoever watches it is told so, and shown nothing of it
        }
        return samples;
    }
}
