package io.watchfloor.sample;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The labels of a series, sorted by name. Label names match `[a-zA-Z_][a-zA-Z0-9_]*`; values are any text.
/// The name of the series is not one of them.
///
/// Source: the Prometheus data model. Immutable.
public record Labels(SortedMap<String, String> pairs) {

    public static final Labels NONE = new Labels(new TreeMap<>());

    public Labels {
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    public static Labels of(Map<String, String> pairs) {
        return new Labels(new TreeMap<>(pairs));
    }

    /// @throws IllegalArgumentException for an odd number of arguments
    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must come in pairs");
        }
        TreeMap<String, String> pairs = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Labels(pairs);
    }

    /// The value of a label; a label that is not there has the empty value, as in Prometheus.
    public String get(String name) {
        return pairs.getOrDefault(name, "");
    }

    /// `{a="1", b="2"}`, or nothing where there are no labels.
    @Override
    public String toString() {
        if (pairs.isEmpty()) {
            return "";
        }
        return pairs.entrySet().stream().map(pair -> pair.getKey() + "=" + Selector.quote(pair.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
