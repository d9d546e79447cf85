package io.watchfloor.client.widget.chart;

import io.watchfloor.client.format.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;

/// The lines' names and newest values in one or two rows; what does not fit is counted. A click on a name hides and shows
/// its line, for this window alone. FX thread only.
final class Legend extends Pane {

    private static final double GAP = 16;

    private final Consumer<DrawnLine> toggled;
    private final List<LegendItem> items = new ArrayList<>();
    private final Label more = new Label();
    private int mostRows = 2;

    Legend(Consumer<DrawnLine> toggled) {
        this.toggled = toggled;
        more.getStyleClass().add("wf-legend-name");
    }

    void show(List<DrawnLine> lines) {
        items.clear();
        more.setVisible(false);
        for (DrawnLine line : lines) {
            items.add(new LegendItem(line, toggled));
        }
        getChildren().setAll(items);
        getChildren().add(more);
    }

    void setMostRows(int rows) {
        mostRows = rows;
    }

    void refresh(Unit unit) {
        boolean grown = false;
        for (LegendItem item : items) {
            grown |= item.refresh(unit);
        }
        if (grown) {
            requestLayout();
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return items.isEmpty() ? 0 : flow(width, false) * rowHeight();
    }

    @Override
    protected void layoutChildren() {
        if (!items.isEmpty()) {
            flow(getWidth(), true);
        }
    }

    private double rowHeight() {
        return Math.ceil(items.getFirst().prefHeight(-1));
    }

    /// Places the items, or only counts the rows.
    private int flow(double width, boolean place) {
        double x = 0;
        int row = 0;
        int placed = 0;
        double reserve = 36; // for the count of what does not fit
        for (LegendItem item : items) {
            double itemWidth = Math.ceil(item.prefWidth(-1));
            boolean lastRow = row == mostRows - 1;
            boolean lastItem = placed == items.size() - 1;
            double room = lastRow && !lastItem ? width - reserve : width;
            if (x > 0 && x + itemWidth > room) {
                if (lastRow) {
                    break;
                }
                row++;
                x = 0;
            }
            if (place) {
                item.setVisible(true);
                item.resizeRelocate(x, row * rowHeight(), Math.min(itemWidth, width), rowHeight());
            }
            x += itemWidth + GAP;
            placed++;
        }
        if (place) {
            for (int i = placed; i < items.size(); i++) {
                items.get(i).setVisible(false);
            }
            more.setVisible(placed < items.size());
            more.setText("+" + (items.size() - placed));
            more.resizeRelocate(x, row * rowHeight(), more.prefWidth(-1), rowHeight());
        }
        return row + 1;
    }
}
