package io.watchfloor.client.view.dashboard;

import io.watchfloor.document.Properties;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.SelectorException;
import io.watchfloor.sample.SeriesKey;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// Turns what people type into queries, and names of series into what a new widget is called and counts in. Stateless.
final class SeriesText {

    /// Tables that every server can show of its own machine.
    static final List<String> TABLES = List.of("processes", "interfaces", "filesystems");

    private SeriesText() {}

    /// The query for what was typed.
    ///
    /// @param kind of the widget it is for
    /// @throws IllegalArgumentException with a sentence for people
    static Query parse(String kind, String text) {
        String typed = text.strip();
        if (kind.equals(Properties.KIND_TABLE)) {
            String name = typed.toLowerCase(Locale.ROOT);
            if (!TABLES.contains(name)) {
                throw new IllegalArgumentException(
                        "There is no table '" + typed + "'. There are processes, interfaces and filesystems.");
            }
            return Query.hostTable(name);
        }
        if (typed.isEmpty()) {
            throw new IllegalArgumentException("Name a series, as in cpu_usage_percent{core=\"total\"}.");
        }
        try {
            return Query.promql(Selector.parse(typed).toString());
        } catch (SelectorException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// What could be meant: every known series by name, and each single one where there are several.
    static List<String> suggestions(Collection<SeriesKey> known, String typed) {
        TreeSet<String> names = new TreeSet<>(LineNames.NATURAL);
        known.forEach(key -> names.add(key.name()));
        TreeSet<String> all = new TreeSet<>(LineNames.NATURAL);
        all.addAll(names);
        known.forEach(key -> all.add(key.toString()));
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(text -> text.toLowerCase(Locale.ROOT).contains(wanted) && !text.equals(typed.strip()))
                .toList();
    }

    /// `cpu_usage_percent{...}` is called "Cpu usage".
    static String title(Query query) {
        String name = query.text();
        int brace = name.indexOf('{');
        name = brace < 0 ? name : name.substring(0, brace);
        for (String ending : List.of("_bytes_per_second", "_per_second", "_bytes", "_percent", "_seconds")) {
            if (name.endsWith(ending)) {
                name = name.substring(0, name.length() - ending.length());
                break;
            }
        }
        String words = name.replaceAll("[_:]+", " ").strip();
        return words.isEmpty() ? "New widget" : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /// The unit that the name of a series ends with.
    static String unit(Query query) {
        String name = query.text();
        int brace = name.indexOf('{');
        name = brace < 0 ? name : name.substring(0, brace);
        if (name.endsWith("_percent")) {
            return "percent";
        }
        if (name.endsWith("_bytes_per_second")) {
            return "bytes/s";
        }
        if (name.endsWith("_per_second")) {
            return "count/s";
        }
        if (name.endsWith("_bytes")) {
            return "bytes";
        }
        return name.endsWith("_seconds") ? "seconds" : "none";
    }
}
