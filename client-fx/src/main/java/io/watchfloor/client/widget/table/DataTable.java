package io.watchfloor.client.widget.table;

import io.watchfloor.client.format.Unit;
import io.watchfloor.client.widget.PaintedRegion;
import io.watchfloor.client.widget.Redrawable;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.sample.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// A table that is replaced whole, again and again, under the eyes of somebody who has sorted, scrolled and selected: the
/// order he chose stays, equal rows do not swap, and the selected row is followed by what names it.
///
/// [#replace] is thread-safe; everything else FX thread only.
public final class DataTable extends StackPane implements Redrawable {

    private static final double SCROLL_BAR = 12;
    private static final double TEXT_LEAST = 120;

    private final TableView<Table.Row> view = new TableView<>();
    private final AtomicReference<@Nullable Table> next = new AtomicReference<>();
    private List<Table.Column> columns = List.of();
    private @Nullable Table shown;

    public DataTable() {
        getStyleClass().add("wf-table");
        view.setPlaceholder(new Label());
        view.setSortPolicy(table -> {
            Table current = shown;
            if (current != null) {
                show(current);
            }
            return true;
        });
        view.widthProperty().subscribe(this::spreadColumns);
        getChildren().add(view);
        setMinSize(0, 0);
    }

    /// The table to show at the next redraw.
    public void replace(Table table) {
        next.set(table);
    }

    @Override
    public void redraw() {
        Table table = next.getAndSet(null);
        if (table != null) {
            show(table);
        }
    }

    @Override
    public boolean isInSight() {
        return PaintedRegion.isInSight(this);
    }

    /// Shows a table at once.
    public void show(Table table) {
        if (!table.columns().equals(columns)) {
            rebuild(table.columns());
        }
        shown = table;
        for (int i = 0; i < columns.size(); i++) {
            if (view.getColumns().get(i) instanceof NumberColumn numbers) {
                numbers.prepare(table.rows(), i);
            }
        }
        spreadColumns();
        List<Table.Row> rows = sorted(table.rows());
        Table.Row selected = view.getSelectionModel().getSelectedItem();
        update(view.getItems(), rows);
        if (selected != null) {
            follow(selected, rows);
        }
    }

    /// Selects the row that was selected before, wherever it is now: the one of the same texts and plain numbers, else the
    /// first of the same texts.
    private void follow(Table.Row selected, List<Table.Row> rows) {
        int index = indexOf(rows, row -> nameOf(row, true).equals(nameOf(selected, true)));
        if (index < 0) {
            index = indexOf(rows, row -> nameOf(row, false).equals(nameOf(selected, false)));
        }
        if (index < 0) {
            view.getSelectionModel().clearSelection();
        } else if (view.getSelectionModel().getSelectedIndex() != index) {
            view.getSelectionModel().clearAndSelect(index);
        }
    }

    private static int indexOf(List<Table.Row> rows, Predicate<Table.Row> wanted) {
        return IntStream.range(0, rows.size()).filter(i -> wanted.test(rows.get(i))).findFirst().orElse(-1);
    }

    /// Changes only the rows that differ, so that the scroll position holds.
    private static void update(ObservableList<Table.Row> items, List<Table.Row> rows) {
        if (items.size() > rows.size()) {
            items.remove(rows.size(), items.size());
        }
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).equals(rows.get(i))) {
                items.set(i, rows.get(i));
            }
        }
        if (items.size() < rows.size()) {
            items.addAll(rows.subList(items.size(), rows.size()));
        }
    }

    private List<Table.Row> sorted(List<Table.Row> rows) {
        Comparator<Table.Row> order = null;
        for (TableColumn<Table.Row, ?> column : view.getSortOrder()) {
            Comparator<Table.Row> by = comparator(column);
            order = order == null ? by : order.thenComparing(by);
        }
        if (order == null) {
            return rows;
        }
        Map<List<@Nullable Object>, Integer> before = new HashMap<>();
        for (int i = 0; i < view.getItems().size(); i++) {
            before.putIfAbsent(nameOf(view.getItems().get(i), true), i);
        }
        List<Table.Row> sorted = new ArrayList<>(rows);
        sorted.sort(order.thenComparing(row -> before.getOrDefault(nameOf(row, true), Integer.MAX_VALUE)));
        return sorted;
    }

    private Comparator<Table.Row> comparator(TableColumn<Table.Row, ?> column) {
        int index = view.getColumns().indexOf(column);
        Comparator<Table.Cell> cells = column instanceof NumberColumn numbers
                ? numbers.getComparator()
                : Comparator.comparing(cell -> cell.text() == null ? "" : cell.text(), String.CASE_INSENSITIVE_ORDER);
        Comparator<Table.Row> rows = Comparator.comparing(row -> row.cells().get(index), cells);
        return column.getSortType() == TableColumn.SortType.DESCENDING ? rows.reversed() : rows;
    }

    /// What tells one row from another: its texts, and plain numbers, like that of a process.
    private List<@Nullable Object> nameOf(Table.Row row, boolean withNumbers) {
        List<@Nullable Object> name = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Table.Cell cell = row.cells().get(i);
            switch (columns.get(i).kind()) {
                case TEXT -> name.add(cell.text());
                case NUMBER -> name.add(withNumbers ? cell.number() : null);
                case BYTES, BYTES_PER_SECOND, PERCENT, SECONDS -> {}
            }
        }
        return name;
    }

    private void rebuild(List<Table.Column> newColumns) {
        List<TableColumn<Table.Row, ?>> sortedBy = List.copyOf(view.getSortOrder());
        columns = newColumns;
        shown = null;
        view.getItems().clear();
        view.getSortOrder().clear();
        List<TableColumn<Table.Row, ?>> made = new ArrayList<>();
        for (int i = 0; i < newColumns.size(); i++) {
            made.add(column(newColumns.get(i), i));
        }
        view.getColumns().setAll(made);
        for (TableColumn<Table.Row, ?> before : sortedBy) {
            made.stream().filter(column -> column.getText().equals(before.getText())).findFirst().ifPresent(column -> {
                column.setSortType(before.getSortType());
                view.getSortOrder().add(column);
            });
        }
        spreadColumns();
    }

    private static TableColumn<Table.Row, Table.Cell> column(Table.Column column, int index) {
        TableColumn<Table.Row, Table.Cell> made;
        if (column.kind() == Table.Kind.TEXT) {
            made = new TableColumn<>(PlainText.line(column.name()));
            made.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue().cells().get(index)));
            made.setCellFactory(c -> new TextCell());
            made.setMinWidth(TEXT_LEAST);
        } else {
            made = new NumberColumn(PlainText.line(column.name()), Unit.of(column.kind()), index);
        }
        made.setReorderable(false);
        return made;
    }

    /// Numbers take what they need, texts share the rest.
    private void spreadColumns() {
        long texts = columns.stream().filter(column -> column.kind() == Table.Kind.TEXT).count();
        if (texts == 0 || view.getColumns().isEmpty()) {
            return;
        }
        double numbers = view.getColumns().stream().filter(NumberColumn.class::isInstance)
                .mapToDouble(TableColumn::getPrefWidth).sum();
        double each = Math.max(TEXT_LEAST, Math.floor((view.getWidth() - numbers - SCROLL_BAR) / texts));
        for (TableColumn<Table.Row, ?> column : view.getColumns()) {
            if (!(column instanceof NumberColumn)) {
                column.setPrefWidth(each);
            }
        }
    }
}
