package io.watchfloor.client.view.administration;

import io.watchfloor.client.widget.text.PlainText;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// Makes the tables of these pages: whole rows are chosen, their order is the server's. Stateless.
final class Columns {

    private static final double LEAST = 72;

    private Columns() {}

    /// The same column, which is never narrower.
    static <R> TableColumn<R, R> whole(TableColumn<R, R> column) {
        column.setMinWidth(column.getPrefWidth());
        return column;
    }

    static <R> TableView<R> table(String id, String name, String empty) {
        TableView<R> table = new TableView<>();
        table.setId(id);
        table.setAccessibleText(name);
        table.getStyleClass().add("wf-admin-table");
        Label placeholder = new Label(empty);
        placeholder.getStyleClass().add("wf-muted");
        placeholder.setWrapText(true);
        table.setPlaceholder(placeholder);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        return table;
    }

    /// @param text of a row; shown as one line in which nothing hides
    /// @param hover what is told where the mouse rests; empty for nothing
    static <R> TableColumn<R, R> text(String title, double width, Function<R, String> text,
            Function<R, String> hover) {
        return made(title, width, () -> new TableCell<>() {

            @Override
            protected void updateItem(@Nullable R row, boolean empty) {
                super.updateItem(row, empty);
                String told = empty || row == null ? "" : hover.apply(row);
                setText(empty || row == null ? null : PlainText.line(text.apply(row)));
                setTooltip(told.isEmpty() ? null : new Tooltip(told));
            }
        });
    }

    static <R> TableColumn<R, R> text(String title, double width, Function<R, String> text) {
        return text(title, width, text, _ -> "");
    }

    /// @param node what a row shows there
    static <R> TableColumn<R, R> nodes(String title, double width, Function<R, Node> node) {
        return made(title, width, () -> new TableCell<>() {

            @Override
            protected void updateItem(@Nullable R row, boolean empty) {
                super.updateItem(row, empty);
                setGraphic(empty || row == null ? null : node.apply(row));
            }
        });
    }

    private static <R> TableColumn<R, R> made(String title, double width,
            java.util.function.Supplier<TableCell<R, R>> cell) {
        TableColumn<R, R> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> cell.get());
        column.setSortable(false);
        column.setReorderable(false);
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, LEAST));
        return column;
    }
}
