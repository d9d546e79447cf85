package io.watchfloor.client.sync;

import io.watchfloor.sample.Line;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What a widget would hold, and what it was told. Confined to the test's thread.
final class RecordingSink implements SampleSink, TableSink {

    final TreeMap<Long, Double> samples = new TreeMap<>();
    final List<String> told = new ArrayList<>();
    final List<FeedState> states = new ArrayList<>();
    final List<Table> tables = new ArrayList<>();

    @Override
    public void history(List<Line> lines) {
        samples.clear();
        for (Line line : lines) {
            for (int i = 0; i < line.times().length; i++) {
                samples.put(line.times()[i], line.values()[i]);
            }
        }
        told.add("history");
    }

    @Override
    public void newLine(int number, SeriesKey key) {
        told.add("line " + number + " " + key);
    }

    @Override
    public void sample(int number, long time, double value) {
        samples.put(time, value);
    }

    @Override
    public void batchEnd() {
        told.add("batch");
    }

    @Override
    public void table(Table table) {
        tables.add(table);
    }

    @Override
    public void state(FeedState state) {
        states.add(state);
    }
}
