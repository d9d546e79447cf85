package io.watchfloor.server.history;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Walks along a log and tells of each entry what it did to the dashboard as it was. Confined to one thread.
final class Facts {

    private static final int LONGEST_NAME = 60;

    private final Document document;

    /// @param document right before the first entry; walks along
    Facts(Document document) {
        this.document = document;
    }

    /// What one register of the entry was and is.
    private record Was(@Nullable Value before, @Nullable Value after) {}

    /// What the next entry did, by what it was done to.
    Map<Fact.Key, Fact> of(Entry entry) {
        boolean first = document.elementCount() == 0;
        Map<ElementId, Map<String, Was>> registers = new LinkedHashMap<>();
        Set<ElementId> written = new LinkedHashSet<>();
        Set<ElementId> described = new LinkedHashSet<>();
        Set<ElementId> named = new LinkedHashSet<>();
        Map<ElementId, String> names = new LinkedHashMap<>();
        for (Operation operation : entry.operations()) {
            named.add(widgetOf(operation.element()));
            names.computeIfAbsent(operation.element(), this::name);
            switch (operation) {
                case Assignment assignment -> registers.computeIfAbsent(assignment.element(), _ -> new TreeMap<>())
                        .merge(assignment.property(), assign(assignment),
                                (was, is) -> new Was(was.before(), is.after()));
                case TextEdit edit -> {
                    document.apply(edit);
                    (edit.property().equals(Properties.DESCRIPTION) ? described : written).add(edit.element());
                }
            }
        }
        Map<Fact.Key, Fact> facts = new LinkedHashMap<>();
        if (first) {
            add(facts, Deed.MADE, ElementId.DASHBOARD, "", "");
            return facts;
        }
        Set<ElementId> whole = new LinkedHashSet<>();
        registers.forEach((element, properties) -> {
            if (changed(properties.get(Properties.EXISTS))) {
                whole.add(element);
            }
        });
        for (ElementId element : whole) {
            if (widgetOf(element).equals(element) || !whole.contains(widgetOf(element))) {
                existence(facts, element, registers.getOrDefault(element, Map.of()), names);
            }
        }
        registers.forEach((element, properties) -> {
            if (!whole.contains(element) && !whole.contains(widgetOf(element))) {
                properties.forEach((property, was) -> {
                    if (changed(was)) {
                        property(facts, element, property, was);
                    }
                });
            }
        });
        written.forEach(element -> add(facts, Deed.WROTE, element, "", ""));
        described.forEach(element -> add(facts, Deed.DESCRIBED, element, "", ""));
        if (facts.isEmpty()) {
            named.forEach(element -> add(facts, Deed.OVERRIDDEN, element, "", ""));
        }
        return facts;
    }

    private Was assign(Assignment assignment) {
        Value before = document.get(assignment.element(), assignment.property());
        document.apply(assignment);
        return new Was(before, document.get(assignment.element(), assignment.property()));
    }

    private static boolean changed(@Nullable Was was) {
        return was != null && was.after() != null && !was.after().equals(was.before());
    }

    private void existence(Map<Fact.Key, Fact> facts, ElementId element, Map<String, Was> properties,
            Map<ElementId, String> names) {
        Was was = properties.get(Properties.EXISTS);
        boolean exists = was != null && Value.of(true).equals(was.after());
        ElementId widget = widgetOf(element);
        if (!widget.equals(element)) {
            add(facts, exists ? Deed.ADDED_LINE : Deed.REMOVED_LINE, widget, "", "");
        } else if (was != null && exists) {
            add(facts, was.before() == null ? Deed.ADDED : Deed.RETURNED, element, "", "");
        } else {
            Fact fact = new Fact(Deed.REMOVED, element, names.getOrDefault(element, "a widget"), "", "");
            facts.put(fact.key(), fact);
        }
    }

    private void property(Map<Fact.Key, Fact> facts, ElementId element, String property, Was was) {
        ElementId widget = widgetOf(element);
        if (element.equals(ElementId.DASHBOARD)) {
            switch (property) {
                case Properties.RESTORED -> add(facts, Deed.RESTORED, element, "", String.valueOf(
                        was.after() instanceof Value.Int(long revision) ? revision : 0));
                case Properties.TITLE -> add(facts, Deed.NAMED_DASHBOARD, element, "", quoted(was.after()));
                case Properties.RANGE -> add(facts, Deed.RANGE, element, "", time(was.after()));
                default -> add(facts, Deed.SETTINGS, element, "", "");
            }
        } else if (!widget.equals(element)) {
            add(facts, property.equals(Properties.ORDER) ? Deed.ORDERED_LINES : Deed.CHANGED_LINES, widget, "", "");
        } else {
            switch (property) {
                case Properties.TITLE -> add(facts, Deed.RENAMED, element, quoted(was.before()), quoted(was.after()));
                case Properties.BOUNDS -> add(facts, sameSize(was) ? Deed.MOVED : Deed.RESIZED, element, "", "");
                case Properties.Z -> add(facts, Deed.FRONTED, element, "", "");
                case Properties.QUERY -> add(facts, Deed.QUERY, element, "", "");
                case Properties.UNIT -> add(facts, Deed.UNIT, element, "", "");
                case Properties.LEGEND -> add(facts, Deed.LEGEND, element, "", "");
                case Properties.THRESHOLDS -> add(facts, Deed.THRESHOLDS, element, "", "");
                case Properties.AXIS -> add(facts, Deed.AXIS, element, "", "");
                default -> add(facts, Deed.SETTINGS, element, "", "");
            }
        }
    }

    private void add(Map<Fact.Key, Fact> facts, Deed deed, ElementId element, String before, String after) {
        Fact fact = new Fact(deed, element, name(element), before, after);
        facts.merge(fact.key(), fact, Fact::then);
    }

    private static boolean sameSize(Was was) {
        Bounds before = was.before() == null ? null : Bounds.of(was.before());
        Bounds after = was.after() == null ? null : Bounds.of(was.after());
        return before != null && after != null && before.w() == after.w() && before.h() == after.h();
    }

    /// The widget that an element is part of: itself, or the chart that a line belongs to.
    private ElementId widgetOf(ElementId element) {
        if (document.get(element, Properties.PARENT) instanceof Value.Str(String id)) {
            try {
                ElementId parent = ElementId.parse(id);
                return parent.equals(ElementId.DASHBOARD) || parent.equals(element) ? element : parent;
            } catch (IllegalArgumentException e) {
                return element;
            }
        }
        return element;
    }

    /// As it is called now.
    private String name(ElementId element) {
        if (element.equals(ElementId.DASHBOARD)) {
            return "the dashboard";
        }
        String title = quoted(document.get(element, Properties.TITLE));
        if (!title.isEmpty()) {
            return title;
        }
        return document.get(element, Properties.KIND) instanceof Value.Str(String kind) ? switch (kind) {
            case Properties.KIND_CHART -> "a chart";
            case Properties.KIND_METRIC -> "a number";
            case Properties.KIND_TABLE -> "a table";
            case Properties.KIND_TEXT -> "a note";
            default -> "a widget";
        } : "a widget";
    }

    /// Without what would break the line or turn it around; empty where there is no title.
    private static String quoted(@Nullable Value title) {
        if (!(title instanceof Value.Str(String text)) || text.isBlank()) {
            return "";
        }
        StringBuilder plain = new StringBuilder();
        text.strip().codePoints().forEach(c -> {
            boolean odd = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
            plain.appendCodePoint(odd ? ' ' : c);
        });
        if (plain.codePointCount(0, plain.length()) > LONGEST_NAME) {
            plain.setLength(plain.offsetByCodePoints(0, LONGEST_NAME - 1));
            plain.append('…');
        }
        return "'" + plain + "'";
    }

    private static String time(@Nullable Value range) {
        long seconds = range instanceof Value.Int(long s) ? s : 0;
        if (seconds >= 86_400 && seconds % 86_400 == 0) {
            return seconds / 86_400 == 1 ? "1 day" : seconds / 86_400 + " days";
        }
        if (seconds >= 3_600 && seconds % 3_600 == 0) {
            return seconds / 3_600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
