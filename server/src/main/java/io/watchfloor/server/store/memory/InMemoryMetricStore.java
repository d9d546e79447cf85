package io.watchfloor.server.store.memory;

import io.watchfloor.sample.Line;
import io.watchfloor.sample.M4;
import io.watchfloor.sample.Sample;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.store.MetricStore;
import io.watchfloor.server.store.NumberedSample;
import io.watchfloor.server.store.TooManyLinesException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Samples in memory. Keeps everything for as long as it lives. Thread-safe.
public final class InMemoryMetricStore implements MetricStore {

    private record Stored(int number, NavigableMap<Long, Double> samples) {}

    private final Map<SeriesKey, Stored> series = new LinkedHashMap<>();

    @Override
    public synchronized List<NumberedSample> write(List<Sample> samples) {
        List<NumberedSample> numbered = new ArrayList<>(samples.size());
        for (Sample sample : samples) {
            Stored stored = series.computeIfAbsent(sample.series(),
                    _ -> new Stored(series.size() + 1, new TreeMap<>()));
            stored.samples().put(sample.time(), sample.value());
            numbered.add(new NumberedSample(stored.number(), sample.series(), sample.time(), sample.value()));
        }
        return numbered;
    }

    @Override
    public synchronized Series query(Selector selector, long from, long to, int points) {
        List<Line> lines = new ArrayList<>();
        series.forEach((key, stored) -> {
            if (selector.matches(key)) {
                M4 m4 = new M4(from, to, points);
                if (from <= to) {
                    stored.samples().subMap(from, true, to, true).forEach(m4::add);
                }
                lines.add(m4.line(stored.number(), key));
            }
        });
        if (lines.size() > MAX_LINES) {
            throw new TooManyLinesException(selector.toString());
        }
        return new Series(lines);
    }
}
