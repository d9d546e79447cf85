package io.watchfloor.document;

import java.util.Map;
import java.util.TreeMap;
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
        return new Value.Fields(new TreeMap<>(
                Map.of("x", Value.of(x), "y", Value.of(y), "w", Value.of(w), "h", Value.of(h))));
    }

    /// The bounds in a value, or null where it holds none.
    public static @Nullable Bounds of(@Nullable Value value) {
        if (!(value instanceof Value.Fields fields) || fields.values().size() != 4) {
            return null;
        }
        int[] parts = new int[4];
        String[] names = {"x", "y", "w", "h"};
        for (int i = 0; i < parts.length; i++) {
            if (!(fields.values().get(names[i]) instanceof Value.Int(long part)) || part < 0 || part > MAX_ROWS) {
                return null;
            }
            parts[i] = (int) part;
        }
        boolean inside = parts[2] >= 1 && parts[3] >= 1 && parts[2] <= COLUMNS - parts[0]
                && parts[3] <= MAX_ROWS - parts[1];
        return inside ? new Bounds(parts[0], parts[1], parts[2], parts[3]) : null;
    }
}
