package io.watchfloor.document;

import org.jspecify.annotations.Nullable;

/// Where a widget stands, in cells of the dashboard's grid of [#COLUMNS] columns; rows go on downwards without end.
///
/// @param x first column, from 0
/// @param y first row, from 0
/// @param w columns, from 1
/// @param h rows, from 1
///
/// Immutable.
public record Bounds(int x, int y, int w, int h) {

    public static final int COLUMNS = 24;
    public static final int MAX_ROWS = 1_000;

    private static final String[] NAMES = {"h", "w", "x", "y"};

    /// @throws IllegalArgumentException where a part is out of the grid
    public Bounds {
        if (x < 0 || y < 0 || w < 1 || h < 1 || w > COLUMNS - x || h > MAX_ROWS - y) {
            throw new IllegalArgumentException("the bounds are outside the grid");
        }
    }

    public boolean overlaps(Bounds other) {
        return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
    }

    public Value toValue() {
        return Value.Fields.of(NAMES, new Value[]{Value.of(h), Value.of(w), Value.of(x), Value.of(y)});
    }

    /// The bounds in a value, or null where it holds none.
    public static @Nullable Bounds of(@Nullable Value value) {
        if (!(value instanceof Value.Fields fields) || fields.values().size() != 4) {
            return null;
        }
        int[] parts = new int[4];
        for (int i = 0; i < parts.length; i++) {
            if (!(fields.values().get(NAMES[i]) instanceof Value.Int(long part)) || part < 0 || part > MAX_ROWS) {
                return null;
            }
            parts[i] = (int) part;
        }
        int h = parts[0];
        int w = parts[1];
        int x = parts[2];
        int y = parts[3];
        boolean inside = w >= 1 && h >= 1 && w <= COLUMNS - x && h <= MAX_ROWS - y;
        return inside ? new Bounds(x, y, w, h) : null;
    }
}
