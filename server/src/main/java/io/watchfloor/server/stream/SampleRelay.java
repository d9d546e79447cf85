package io.watchfloor.server.stream;

import io.watchfloor.protocol.Samples;
import io.watchfloor.protocol.ServerMessage.NumberedSeries;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.store.NumberedSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Tells the other instances of samples that were stored here, and this one of theirs, so that a room shows the same
/// data on every instance. What the bus loses is in the store and comes with the next history. Thread-safe.
public final class SampleRelay implements Consumer<List<NumberedSample>> {

    /// Samples of one message; more go into the next.
    private static final int MESSAGE_SAMPLES = 2_000;

    private final EventBus bus;

    /// @param fromOthers is told of the samples of other instances, on the bus's thread; must be quick
    public SampleRelay(EventBus bus, Consumer<List<NumberedSample>> fromOthers) {
        this.bus = bus;
        bus.subscribe(message -> {
            if (message instanceof BusMessage.Written written) {
                fromOthers.accept(read(written));
            }
        });
    }

    /// Tells the others.
    @Override
    public void accept(List<NumberedSample> samples) {
        int from = 0;
        while (from < samples.size()) {
            int end = end(samples, from);
            bus.publish(written(samples.subList(from, end)));
            from = end;
        }
    }

    /// Where the message that begins here ends: it is full, or a time is too far from its first one for an offset.
    private static int end(List<NumberedSample> samples, int from) {
        int end = from;
        while (end < samples.size() && end - from < MESSAGE_SAMPLES) {
            long offset = samples.get(end).time() - samples.get(from).time();
            if (offset != (int) offset) {
                break;
            }
            end++;
        }
        return end;
    }

    private static BusMessage.Written written(List<NumberedSample> samples) {
        Map<Integer, NumberedSeries> series = new LinkedHashMap<>();
        long base = samples.getFirst().time();
        int[] numbers = new int[samples.size()];
        int[] offsets = new int[samples.size()];
        double[] values = new double[samples.size()];
        for (int i = 0; i < numbers.length; i++) {
            NumberedSample sample = samples.get(i);
            series.computeIfAbsent(sample.number(), number -> new NumberedSeries(number, sample.key()));
            numbers[i] = sample.number();
            offsets[i] = Math.toIntExact(sample.time() - base);
            values[i] = sample.value();
        }
        return new BusMessage.Written(List.copyOf(series.values()), new Samples(base, numbers, offsets, values));
    }

    /// A sample of a series that the message does not describe is left out.
    private static List<NumberedSample> read(BusMessage.Written written) {
        Map<Integer, SeriesKey> series = new HashMap<>();
        written.series().forEach(each -> series.put(each.number(), each.key()));
        Samples columns = written.samples();
        List<NumberedSample> samples = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            SeriesKey key = series.get(columns.series()[i]);
            if (key != null) {
                samples.add(new NumberedSample(columns.series()[i], key, columns.time(i), columns.values()[i]));
            }
        }
        return samples;
    }
}
