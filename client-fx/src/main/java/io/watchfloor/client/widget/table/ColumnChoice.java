package io.watchfloor.client.widget.table;

import io.watchfloor.sample.Table;
import java.util.ArrayList;
import java.util.List;

/// Which columns of a table are shown, in which order. Names that the table does not have are left out; where it has none of
/// them, all its columns are shown.
///
/// @param names in order; none for all columns as they come
///
/// Immutable.
public record ColumnChoice(List<String> names) {

    public static final ColumnChoice ALL = new ColumnChoice(List.of());

    public ColumnChoice {
        names = List.copyOf(names);
    }

    /// The chosen columns of a table.
    public Table of(Table table) {
        List<Integer> places = new ArrayList<>();
        List<String> given = table.columns().stream().map(Table.Column::name).toList();
        for (String name : names) {
            int place = given.indexOf(name);
            if (place >= 0) {
                places.add(place);
            }
        }
        return places.isEmpty()
                ? table
                : new Table(table.time(), places.stream().map(table.columns()::get).toList(), table.rows().stream()
                        .map(row -> new Table.Row(places.stream().map(row.cells()::get).toList())).toList());
    }
}
