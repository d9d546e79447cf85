package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.sample.SeriesKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the lines of a query are called and in which order they stand. Stateless.
final class LineNames {

    private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*}}");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,15}");

    /// Lets `core 10` follow `core 9`.
    static final Comparator<String> NATURAL = LineNames::compare;

    private LineNames() {}

    /// The name of a line.
    ///
    /// @param legend with `{{label}}` in it; empty for what tells this line from the others
    /// @param all keys of the query's lines, this one's included
    static String name(String legend, SeriesKey key, Collection<SeriesKey> all) {
        return PlainText.line(written(legend, key, all));
    }

    private static String written(String legend, SeriesKey key, Collection<SeriesKey> all) {
        if (!legend.isBlank()) {
            Matcher labels = LABEL.matcher(legend);
            String name = labels.replaceAll(label -> Matcher.quoteReplacement(key.labels().get(label.group(1))));
            return name.isBlank() ? key.name() : name;
        }
        if (all.size() < 2) {
            return key.name();
        }
        List<String> parts = new ArrayList<>();
        TreeSet<String> labels = new TreeSet<>();
        all.forEach(each -> labels.addAll(each.labels().pairs().keySet()));
        for (String label : labels) {
            boolean differs = all.stream().map(each -> each.labels().get(label)).distinct().count() > 1;
            if (differs && !key.labels().get(label).isEmpty()) {
                parts.add(key.labels().get(label));
            }
        }
        return parts.isEmpty() ? key.name() : String.join(" ", parts);
    }

    /// Tells equal names apart by a number.
    static List<String> distinct(List<String> names) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> distinct = new ArrayList<>();
        for (String name : names) {
            int count = seen.merge(name, 1, Integer::sum);
            distinct.add(count == 1 ? name : name + " (" + count + ")");
        }
        return distinct;
    }

    private static int compare(String a, String b) {
        Matcher left = DIGITS.matcher(a);
        Matcher right = DIGITS.matcher(b);
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int order;
            if (left.region(i, a.length()).lookingAt() && right.region(j, b.length()).lookingAt()) {
                order = Long.compare(Long.parseLong(left.group()), Long.parseLong(right.group()));
                i = left.end();
                j = right.end();
            } else {
                order = Character.compare(a.charAt(i), b.charAt(j));
                i++;
                j++;
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }
}
