package io.watchfloor.client.model;

import io.watchfloor.document.Value;
import io.watchfloor.sample.Query;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the parts of a widget are written as values of properties. What does not have the expected form, as from a newer
/// version, reads as absent. Stateless.
final class ElementForms {

    private static final String SOURCE = "source";
    private static final String LANGUAGE = "language";
    private static final String TEXT = "text";
    private static final String WARN = "warn";
    private static final String ALARM = "alarm";
    private static final String MIN = "min";
    private static final String MAX = "max";

    private ElementForms() {}

    static Value of(Query query) {
        return fields(Map.of(SOURCE, Value.of(query.source()), LANGUAGE, Value.of(query.language()), TEXT,
                Value.of(query.text())));
    }

    static Value of(Thresholds thresholds) {
        return fields(Map.of(WARN, number(thresholds.warn()), ALARM, number(thresholds.alarm())));
    }

    static Value of(Axis axis) {
        return fields(Map.of(MIN, number(axis.min()), MAX, number(axis.max())));
    }

    private static Value fields(Map<String, Value> values) {
        return new Value.Fields(new TreeMap<>(values));
    }

    private static Value number(@Nullable Double number) {
        return number == null ? Value.NULL : Value.of(number.doubleValue());
    }

    static @Nullable Query query(@Nullable Value value) {
        if (!(value instanceof Value.Fields(SortedMap<String, Value> parts))) {
            return null;
        }
        String source = text(parts.get(SOURCE));
        String language = text(parts.get(LANGUAGE));
        String text = text(parts.get(TEXT));
        return source == null || language == null || text == null ? null : new Query(source, language, text);
    }

    static Thresholds thresholds(@Nullable Value value) {
        return value instanceof Value.Fields(SortedMap<String, Value> parts)
                ? new Thresholds(number(parts.get(WARN)), number(parts.get(ALARM)))
                : Thresholds.NONE;
    }

    static Axis axis(@Nullable Value value) {
        return value instanceof Value.Fields(SortedMap<String, Value> parts)
                ? new Axis(number(parts.get(MIN)), number(parts.get(MAX)))
                : Axis.AUTOMATIC;
    }

    /// How far back charts look.
    static long rangeMillis(@Nullable Value value) {
        return value instanceof Value.Int(long seconds) && seconds > 0
                ? seconds * 1_000
                : DashboardModel.DEFAULT_RANGE_MILLIS;
    }

    static @Nullable String text(@Nullable Value value) {
        return value instanceof Value.Str(String text) ? text : null;
    }

    static String text(@Nullable Value value, String otherwise) {
        String text = text(value);
        return text == null ? otherwise : text;
    }

    private static @Nullable Double number(@Nullable Value value) {
        return switch (value) {
            case Value.Int(long whole) -> (double) whole;
            case Value.Real(double real) -> real;
            case null, default -> null;
        };
    }
}
