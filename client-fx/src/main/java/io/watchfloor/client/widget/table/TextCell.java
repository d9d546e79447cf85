package io.watchfloor.client.widget.table;

import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.sample.Table;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/// A text, cut with an ellipsis where it is too long. FX thread only.
final class TextCell extends TableCell<Table.Row, Table.Cell> {

    @Override
    protected void updateItem(Table.@Nullable Cell item, boolean empty) {
        super.updateItem(item, empty);
        setText(empty || item == null || item.text() == null ? null : PlainText.line(item.text()));
    }
}
