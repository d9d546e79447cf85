package io.watchfloor.document;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the known properties may hold. Properties of a newer version are not judged. Stateless.
public final class PropertyTypes {

    private static final int TITLE_LENGTH = 200;
    private static final int LEGEND_LENGTH = 200;
    private static final int COLUMN_LENGTH = 200;
    private static final int QUERY_LENGTH = 4096;
    private static final int NAME_LENGTH = 32;
    private static final long LONGEST_RANGE = 400L * 24 * 3600;

    private PropertyTypes() {}

    /// Whether a property is known to be a long text, which is changed by text edits and never assigned.
    public static boolean isLongText(String property) {
        return property.equals(Properties.TEXT) || property.equals(Properties.DESCRIPTION);
    }

    /// Whether a property is known to be a register, which is assigned and never changed by text edits.
    public static boolean isRegister(String property) {
        return switch (property) {
            case Properties.EXISTS, Properties.KIND, Properties.PARENT, Properties.TITLE, Properties.BOUNDS,
                    Properties.Z,
                    Properties.ORDER, Properties.QUERY, Properties.UNIT, Properties.LEGEND, Properties.THRESHOLDS,
                    Properties.AXIS, Properties.RANGE, Properties.COLUMN, Properties.RESTORED ->
                true;
            default -> false;
        };
    }

    /// What is wrong with the value of a property, as the end of a sentence ("... must be true or false"); null where
    /// nothing is. An optional property may hold null.
    public static @Nullable String problemOf(String property, Value value) {
        return switch (property) {
            case Properties.EXISTS -> value instanceof Value.Bool ? null : "must be true or false";
            case Properties.KIND -> isText(value, 1, NAME_LENGTH) ? null : "must be text of 1 to 32 characters";
            case Properties.PARENT -> isElementId(value) ? null : "must be the id of an element";
            case Properties.TITLE -> isText(value, 0, TITLE_LENGTH) ? null : "must be text of at most 200 characters";
            case Properties.BOUNDS -> Bounds.of(value) != null
                    ? null
                    : "must be whole numbers x, y, w and h inside the grid of " + Bounds.COLUMNS + " columns";
            case Properties.Z,
                    Properties.ORDER ->
                value instanceof Value.Null || (value instanceof Value.Str(String key) && FractionalIndex.isValid(key))
                        ? null
                        : "must be a fractional index of at most " + FractionalIndex.MAX_LENGTH + " characters";
            case Properties.QUERY -> value instanceof Value.Null || isQuery(value)
                    ? null
                    : "must be source, language and text";
            case Properties.UNIT -> value instanceof Value.Null || isText(value, 0, NAME_LENGTH)
                    ? null
                    : "must be text of at most 32 characters";
            case Properties.LEGEND -> value instanceof Value.Null || isText(value, 0, LEGEND_LENGTH)
                    ? null
                    : "must be text of at most 200 characters";
            case Properties.THRESHOLDS -> value instanceof Value.Null || isNumbers(value, Set.of("warn", "alarm"))
                    ? null
                    : "must be numbers, warn and alarm";
            case Properties.AXIS -> value instanceof Value.Null || isNumbers(value, Set.of("min", "max"))
                    ? null
                    : "must be numbers, min and max";
            case Properties.COLUMN -> isText(value, 1, COLUMN_LENGTH) ? null : "must be text of 1 to 200 characters";
            case Properties.RANGE -> value instanceof Value.Int(long seconds) && seconds > 0 && seconds <= LONGEST_RANGE
                    ? null
                    : "must be seconds, at most 400 days";
            case Properties.TEXT, Properties.DESCRIPTION -> "is a long text; it is changed by text edits, not assigned";
            case Properties.RESTORED -> value instanceof Value.Int(long revision) && revision >= 0
                    ? null
                    : "must be a revision";
            default -> null;
        };
    }

    private static boolean isText(Value value, int least, int most) {
        return value instanceof Value.Str(String text) && text.length() >= least && text.length() <= most;
    }

    private static boolean isElementId(Value value) {
        if (!(value instanceof Value.Str(String text))) {
            return false;
        }
        try {
            return ElementId.parse(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isQuery(Value value) {
        return value instanceof Value.Fields(Map<String, Value> fields)
                && fields.keySet().equals(Set.of("source", "language", "text"))
                && isText(fields.getOrDefault("source", Value.NULL), 1, NAME_LENGTH)
                && isText(fields.getOrDefault("language", Value.NULL), 1, NAME_LENGTH)
                && isText(fields.getOrDefault("text", Value.NULL), 0, QUERY_LENGTH);
    }

    private static boolean isNumbers(Value value, Set<String> names) {
        return value instanceof Value.Fields(Map<String, Value> fields) && names.containsAll(fields.keySet())
                && fields.values().stream()
                        .allMatch(v -> v instanceof Value.Int || v instanceof Value.Real || v instanceof Value.Null);
    }
}
