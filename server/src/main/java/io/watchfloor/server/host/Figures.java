package io.watchfloor.server.host;

import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Sample;
import io.watchfloor.sample.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Gathers the samples of one moment, all with one label in common. Confined to one thread.
final class Figures {

    private final String label;
    private final String value;
    private final Map<List<String>, SeriesKey> keys = new HashMap<>();
    private List<Sample> samples = new ArrayList<>();
    private long time;

    /// @param label name of the label that all have
    /// @param value its value
    Figures(String label, String value) {
        this.label = label;
        this.value = value;
    }

    void start(long now) {
        time = now;
        samples = new ArrayList<>();
    }

    void add(String name, double figure) {
        add(name, null, "", figure);
    }

    void add(String name, long figure) {
        add(name, null, "", (double) figure);
    }

    void add(String name, String also, String named, long figure) {
        add(name, also, named, (double) figure);
    }

    /// @param also name of one more label, or null
    /// @param named its value
    void add(String name, @Nullable String also, String named, double figure) {
        if (Double.isFinite(figure)) {
            samples.add(new Sample(keys.computeIfAbsent(List.of(name, named), _ -> key(name, also, named)), time,
                    figure));
        }
    }

    List<Sample> samples() {
        return samples;
    }

    private SeriesKey key(String name, @Nullable String also, String named) {
        Map<String, String> labels = new TreeMap<>(Map.of(label, value));
        if (also != null) {
            labels.put(also, named);
        }
        return new SeriesKey(name, Labels.of(labels));
    }
}
