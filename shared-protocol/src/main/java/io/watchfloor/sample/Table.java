package io.watchfloor.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table with typed columns; it is replaced whole. Immutable.
///
/// @param time when it was taken, milliseconds since 1970 UTC
/// @param columns at least one
/// @param rows each with as many cells as there are columns
public record Table(long time, List<Column> columns, List<Row> rows) implements Result {

    /// What the cells of a column are: `text`, or a number with the unit in which it is shown.
    public enum Kind {
        TEXT, NUMBER, BYTES, BYTES_PER_SECOND, PERCENT, SECONDS
    }

    public record Column(String name, Kind kind) {}

    /// A cell is text in a text column, a number in the others; either may be absent.
    public record Cell(@Nullable String text, @Nullable Double number) {

        public static Cell of(String text) {
            return new Cell(text, null);
        }

        public static Cell of(double number) {
            return new Cell(null, number);
        }
    }

    public record Row(List<Cell> cells) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /// @throws IllegalArgumentException where a row has another number of cells than there are columns
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException("as many cells as columns");
            }
        }
    }
}
