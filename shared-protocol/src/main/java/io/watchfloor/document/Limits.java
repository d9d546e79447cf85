package io.watchfloor.document;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How large things may be. Beyond a limit an edit is refused, never cut.
public final class Limits {

    /// Bytes of one message from a client.
    public static final int MESSAGE_BYTES = 1 << 20;
    /// Bytes of one message from a server (a snapshot may be large).
    public static final int SERVER_MESSAGE_BYTES = 64 << 20;
    public static final int OPERATIONS_PER_PUSH = 1_000;
    public static final int PUSHES_IN_FLIGHT = 64;
    public static final int ROOMS_PER_SESSION = 32;
    /// Elements of a dashboard, deleted ones included.
    public static final int ELEMENTS = 10_000;
    public static final int PROPERTIES_PER_ELEMENT = 100;
    public static final int PROPERTY_NAME_LENGTH = 64;
    public static final int VALUE_DEPTH = 4;
    /// Bytes of one value: its strings and keys in UTF-8, 8 for every other part.
    public static final int VALUE_BYTES = 64 << 10;
    /// Elements that a view shows as selected, or as dragged.
    public static final int PRESENCE_ELEMENTS = 100;
    /// UTF-16 units of one long text.
    public static final int TEXT_LENGTH = 100_000;
    /// UTF-16 units of all long texts of a dashboard.
    public static final int TEXTS_LENGTH = 4_000_000;
    /// Components of one delta.
    public static final int DELTA_COMPONENTS = 2_000;
    /// Samples of one answer to a query.
    public static final int HISTORY_POINTS = 10_000;

    private Limits() {}

    /// What is wrong with a property name, as the end of a sentence ("... is empty"); null where nothing is.
    public static @Nullable String problemOfName(String property) {
        if (property.isEmpty()) {
            return "is empty";
        }
        if (property.length() > PROPERTY_NAME_LENGTH) {
            return "is longer than " + PROPERTY_NAME_LENGTH + " characters";
        }
        for (int i = 0; i < property.length(); i++) {
            char c = property.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean inner = (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
            if (!letter && !(inner && i > 0)) {
                return "has a character other than letters, digits, '.', '_' and '-' at position " + (i + 1);
            }
        }
        return null;
    }

    /// What is wrong with a value, as the end of a sentence ("... is nested too deeply"); null where nothing is.
    public static @Nullable String problemOf(Value value) {
        ValueCheck check = new ValueCheck();
        check.visit(value, 1);
        return check.problem;
    }

    /// What is wrong with a delta whatever text it is for, as the end of a sentence; null where nothing is.
    public static @Nullable String problemOf(Delta delta) {
        if (delta.size() > DELTA_COMPONENTS) {
            return "has more than " + DELTA_COMPONENTS + " components";
        }
        if (delta.reach() > TEXT_LENGTH || delta.growth() > TEXT_LENGTH) {
            return "reaches beyond the " + TEXT_LENGTH + " units that a text may have";
        }
        DeltaCheck check = new DeltaCheck();
        delta.visit(check);
        return check.problem;
    }

    /// What is wrong with the characters of a text, as the end of a sentence; null where nothing is.
    static @Nullable String problemOfCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "holds the character U+0000";
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return "holds half of a surrogate pair";
            }
        }
        return null;
    }

    private static final class DeltaCheck implements Delta.Visitor {

        private @Nullable String problem;

        @Override
        public void retain(int length) {}

        @Override
        public void insert(String text) {
            problem = problem == null ? problemOfCharacters(text) : problem;
        }

        @Override
        public void delete(int length) {}
    }

    private static final class ValueCheck {

        private int bytes;
        private @Nullable String problem;

        void visit(Value value, int depth) {
            if (problem != null) {
                return;
            }
            if (depth > VALUE_DEPTH) {
                problem = "is nested more than " + VALUE_DEPTH + " deep";
                return;
            }
            switch (value) {
                case Value.Null _, Value.Bool _, Value.Int _, Value.Real _ -> add(8);
                case Value.Str text -> visit(text.value());
                case Value.Items items -> {
                    add(8);
                    items.values().forEach(item -> visit(item, depth + 1));
                }
                case Value.Fields fields -> {
                    add(8);
                    fields.values().forEach((key, field) -> {
                        visit(key);
                        visit(field, depth + 1);
                    });
                }
            }
        }

        private void visit(String text) {
            add(text.length());
            if (problem == null) {
                problem = problemOfCharacters(text);
            }
            if (problem == null) {
                add(text.getBytes(StandardCharsets.UTF_8).length - text.length());
            }
        }

        private void add(int more) {
            bytes += more;
            if (bytes > VALUE_BYTES) {
                problem = "is larger than " + (VALUE_BYTES >> 10) + " KiB";
            }
        }
    }
}
