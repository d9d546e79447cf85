package io.watchfloor.benchmark.desktop;

import io.watchfloor.client.sync.FeedState;
import io.watchfloor.client.sync.SampleSink;
import io.watchfloor.client.sync.TableSink;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a widget would hold. Thread-safe.
final class CollectedSamples implements SampleSink, TableSink {

    final ConcurrentSkipListMap<Long, Double> samples = new ConcurrentSkipListMap<>();
    final List<FeedState> states = new CopyOnWriteArrayList<>();
    final List<Table> tables = new CopyOnWriteArrayList<>();

    @Override
    public void history(List<Line> lines) {
        Map<Long, Double> told = new HashMap<>();
        for (Line line : lines) {
            for (int i = 0; i < line.times().length; i++) {
                told.put(line.times()[i], line.values()[i]);
            }
        }
        samples.putAll(told); // so that whoever looks meanwhile finds it empty only where it is
        samples.keySet().retainAll(told.keySet());
    }

    @Override
    public void newLine(int number, SeriesKey key) {
        // the samples say enough
    }

    @Override
    public void sample(int number, long time, double value) {
        samples.put(time, value);
    }

    @Override
    public void batchEnd() {
        // nothing is drawn here
    }

    @Override
    public void table(Table table) {
        tables.add(table);
    }

    @Override
    public void state(FeedState state) {
        states.add(state);
    }

    FeedState state() {
        return states.isEmpty() ? FeedState.WAITING : states.getLast();
    }
}
