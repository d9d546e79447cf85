package io.watchfloor.client.widget.table;

import io.watchfloor.client.format.Figure;
import io.watchfloor.client.format.Unit;
import io.watchfloor.sample.Table;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.TableCell;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// A number at the right with its unit in a slot of its own, so that figures stand below figures; percentages with a faint
/// bar behind. FX thread only.
final class NumberCell extends TableCell<Table.Row, Table.Cell> {

    private final NumberColumn column;
    private final Content content = new Content();

    NumberCell(NumberColumn column) {
        this.column = column;
        getStyleClass().add("wf-number-cell");
        setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    }

    @Override
    protected void updateItem(Table.@Nullable Cell item, boolean empty) {
        super.updateItem(item, empty);
        setText(null);
        if (empty || item == null) {
            setGraphic(null);
            return;
        }
        Double number = item.number();
        content.show(number == null ? Double.NaN : number);
        if (getGraphic() == null) {
            setGraphic(content);
        }
    }

    private final class Content extends Region {

        private static final double BAR_LEAST = 40;

        private final Region bar = new Region();
        private final Text number = new Text();
        private final Text unitText = new Text();
        private double share;

        Content() {
            bar.getStyleClass().add("wf-cell-bar");
            number.getStyleClass().add("wf-table-number");
            unitText.getStyleClass().add("wf-table-unit");
            getChildren().addAll(bar, number, unitText);
        }

        void show(double value) {
            Figure figure = column.figure(value);
            number.setText(figure.number());
            unitText.setText(figure.unit());
            share = column.unit() == Unit.PERCENT && value > 0 ? Math.min(1, value / 100) : 0;
            requestLayout();
        }

        @Override
        protected double computePrefWidth(double height) {
            return Math.max(0, NumberCell.this.getWidth() - NumberCell.this.snappedLeftInset()
                    - NumberCell.this.snappedRightInset());
        }

        @Override
        protected double computePrefHeight(double width) {
            return number.getLayoutBounds().getHeight();
        }

        @Override
        protected void layoutChildren() {
            double slot = column.unitWidth();
            double right = getWidth() - (slot > 0 ? slot + 3 : 0);
            double middle = getHeight() / 2;
            double textTop = Math.rint(middle - number.getLayoutBounds().getHeight() / 2);
            number.relocate(right - number.getLayoutBounds().getWidth(), textTop);
            unitText.relocate(right + 3, textTop);
            bar.setVisible(share > 0 && getWidth() >= BAR_LEAST);
            bar.resizeRelocate(0, Math.rint(middle - 9), Math.max(2, Math.rint(getWidth() * share)), 18);
        }
    }
}
