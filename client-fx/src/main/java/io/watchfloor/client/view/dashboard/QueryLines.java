package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.sync.FeedState;
import io.watchfloor.client.sync.SampleSink;
import io.watchfloor.client.widget.chart.SampleRing;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.SeriesKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The lines of one live query, in rings. The transport's thread writes; the FX thread looks when the pulse asks it to.
/// Thread-safe.
final class QueryLines implements SampleSink {

    /// More than a day of one sample a second.
    private static final int CAPACITY = 100_000;

    /// One line. Thread-safe.
    record Followed(SeriesKey key, SampleRing ring, Intervals intervals) {}

    private final Runnable dirty;
    private volatile Map<Integer, Followed> lines = Map.of();
    private volatile FeedState state = FeedState.WAITING;
    private volatile int version;

    /// @param dirty told after each change, on any thread; must return at once
    QueryLines(Runnable dirty) {
        this.dirty = dirty;
    }

    @Override
    public void history(List<Line> history) {
        Map<Integer, Followed> next = new HashMap<>();
        for (Line line : history) {
            Followed known = lines.get(line.number());
            Followed followed = known == null ? follow(line.key()) : known;
            followed.ring.replace(line.times(), line.values());
            followed.intervals.begin(line.times());
            next.put(line.number(), followed);
        }
        publish(next);
        dirty.run();
    }

    @Override
    public void newLine(int number, SeriesKey key) {
        Map<Integer, Followed> next = new HashMap<>(lines);
        next.put(number, follow(key));
        publish(next);
        dirty.run();
    }

    @Override
    public void sample(int number, long time, double value) {
        Followed followed = lines.get(number);
        if (followed != null) {
            followed.ring.put(time, value);
            followed.intervals.add(time);
        }
    }

    @Override
    public void batchEnd() {
        dirty.run();
    }

    @Override
    public void state(FeedState newState) {
        state = newState;
        dirty.run();
    }

    /// By the number of the series.
    Map<Integer, Followed> lines() {
        return lines;
    }

    /// Rises when a line comes or goes.
    int version() {
        return version;
    }

    Reading reading() {
        Map<Integer, Followed> now = lines;
        long newest = Reading.NONE;
        long interval = 0;
        for (Followed line : now.values()) {
            long last = line.ring.lastTime();
            if (last > newest) {
                newest = last;
                interval = line.intervals.usual();
            }
        }
        return new Reading(state, !now.isEmpty(), newest, interval);
    }

    private static Followed follow(SeriesKey key) {
        return new Followed(key, new SampleRing(CAPACITY), new Intervals());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // calls into a sink come one after the other
    private void publish(Map<Integer, Followed> next) {
        lines = Map.copyOf(next);
        version++;
    }
}
