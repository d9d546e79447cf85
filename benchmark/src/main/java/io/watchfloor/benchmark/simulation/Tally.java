package io.watchfloor.benchmark.simulation;

import java.util.Map;
import java.util.TreeMap;

/// How often what has happened, by name. Confined to its run's thread.
final class Tally {

    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        count(what, 1);
    }

    void count(String what, long times) {
        counts.merge(what, times, Long::sum);
    }

    long of(String what) {
        return counts.getOrDefault(what, 0L);
    }

    void add(Tally other) {
        other.counts.forEach((what, times) -> counts.merge(what, times, Long::sum));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((what, times) -> text.append("  ").append(what).append(": ").append(times).append('\n'));
        return text.toString();
    }
}
