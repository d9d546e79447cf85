package io.watchfloor.client.widget.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.widget.Shown;
import io.watchfloor.sample.Table;
import io.watchfloor.sample.Table.Cell;
import io.watchfloor.sample.Table.Column;
import io.watchfloor.sample.Table.Kind;
import io.watchfloor.sample.Table.Row;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

class DataTableTest {

    private static final List<Column> COLUMNS = List.of(new Column("Process", Kind.TEXT),
            new Column("PID", Kind.NUMBER),
            new Column("CPU", Kind.PERCENT), new Column("Memory", Kind.BYTES));

    @Test
    void selection_followsItsRowWhenTheTableIsReplaced() throws Exception {
        FxThread.run(() -> {
            DataTable table = Shown.in(new DataTable(), 500, 300);
            table.show(table(row("java", 1, 50), row("java", 2, 40), row("redis", 3, 10)));
            TableView<Row> view = view(table);
            view.getSelectionModel().select(1);
            table.show(table(row("redis", 3, 90), row("java", 2, 41), row("java", 1, 5)));
            assertThat(view.getSelectionModel().getSelectedItem()).isEqualTo(row("java", 2, 41));
            table.show(table(row("cron", 9, 90), row("redis", 3, 1), row("java", 2, 2)));
            assertThat(view.getSelectionModel().getSelectedIndex()).isEqualTo(2);
            table.show(table(row("cron", 9, 90)));
            assertThat(view.getSelectionModel().getSelectedItem()).isNull();
        });
    }

    @Test
    void cells_TXT26_hideAndTurnNothing() throws Exception {
        FxThread.run(() -> {
            DataTable table = Shown.in(new DataTable(), 500, 300);
            table.show(table(row("ss\u202ehd\u200b\u001b", 1, 50)));
            Shown.settle(table);
            assertThat(table.lookupAll(".text")).filteredOn(Text.class::isInstance).map(node -> ((Text) node).getText())
                    .contains("ss\uFFFDhd\uFFFD\uFFFD").noneMatch(text -> text.contains("\u202e"));
        });
    }

    @Test
    void order_chosenByTheUserStaysAndEqualRowsDoNotSwap() throws Exception {
        FxThread.run(() -> {
            DataTable table = Shown.in(new DataTable(), 500, 300);
            table.show(table(row("a", 1, 1), row("b", 2, 3), row("c", 3, 3)));
            TableView<Row> view = view(table);
            TableColumn<Row, ?> cpu = view.getColumns().get(2);
            cpu.setSortType(TableColumn.SortType.DESCENDING);
            view.getSortOrder().add(cpu);
            assertThat(names(view)).containsExactly("b", "c", "a");
            table.show(table(row("c", 3, 3), row("a", 1, 9), row("b", 2, 3)));
            assertThat(names(view)).containsExactly("a", "b", "c");
        });
    }

    @Test
    void columns_CLI73_areShownAsChosenAndTheOrderOfRowsStays() throws Exception {
        FxThread.run(() -> {
            DataTable table = Shown.in(new DataTable(), 500, 300);
            Table whole = table(row("a", 1, 1), row("b", 2, 3), row("c", 3, 2));
            table.show(whole);
            TableView<Row> view = view(table);
            TableColumn<Row, ?> cpu = view.getColumns().get(2);
            cpu.setSortType(TableColumn.SortType.DESCENDING);
            view.getSortOrder().add(cpu);
            table.show(new ColumnChoice(List.of("CPU", "gone", "Process")).of(whole));
            assertThat(view.getColumns()).extracting(TableColumn::getText).containsExactly("CPU", "Process");
            assertThat(view.getItems()).extracting(row -> row.cells().get(1).text()).containsExactly("b", "c", "a");
            table.show(new ColumnChoice(List.of("gone")).of(whole));
            assertThat(view.getColumns()).hasSize(4);
        });
    }

    @Test
    void scroll_staysWhenTheTableIsReplaced() throws Exception {
        FxThread.run(() -> {
            DataTable table = Shown.in(new DataTable(), 500, 300);
            table.show(table(IntStream.range(0, 200).mapToObj(i -> row("p" + i, i, 1)).toArray(Row[]::new)));
            Shown.settle(table);
            view(table).scrollTo(100);
            Shown.settle(table);
            int first = firstShown(table);
            assertThat(first).isGreaterThan(50);
            table.show(table(IntStream.range(0, 200).mapToObj(i -> row("p" + i, i, 2)).toArray(Row[]::new)));
            Shown.settle(table);
            assertThat(firstShown(table)).isEqualTo(first);
        });
    }

    @Test
    void numbers_areWrittenWithTheirUnits() throws Exception {
        FxThread.run(() -> {
            DataTable table = Shown.in(new DataTable(), 600, 300);
            table.show(table(row("java", 41_234, 12.34)));
            Shown.settle(table);
            assertThat(table.lookupAll(".wf-table-number")).extracting(node -> ((Text) node).getText())
                    .contains("41234", "12.3", "1.2");
            assertThat(table.lookupAll(".wf-table-unit")).extracting(node -> ((Text) node).getText())
                    .contains("%", "GB");
        });
    }

    @SuppressWarnings("unchecked")
    private static TableView<Row> view(DataTable table) {
        return (TableView<Row>) table.getChildren().getFirst();
    }

    private static int firstShown(DataTable table) {
        return table.lookupAll(".table-row-cell").stream()
                .map(node -> (javafx.scene.control.TableRow<?>) node)
                .filter(row -> row.isVisible() && !row.isEmpty())
                .mapToInt(javafx.scene.control.IndexedCell::getIndex).min().orElse(-1);
    }

    private static List<String> names(TableView<Row> view) {
        return view.getItems().stream().map(row -> String.valueOf(row.cells().getFirst().text())).toList();
    }

    private static Table table(Row... rows) {
        return new Table(0, COLUMNS, List.of(rows));
    }

    private static Row row(String name, int pid, double cpu) {
        return new Row(List.of(Cell.of(name), Cell.of((double) pid), Cell.of(cpu), Cell.of(1.2e9)));
    }
}
