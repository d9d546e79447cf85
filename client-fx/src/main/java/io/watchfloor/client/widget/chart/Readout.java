package io.watchfloor.client.widget.chart;

import io.watchfloor.client.format.Numbers;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.theme.Styles;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/// The small panel beside the crosshair: the time, and each line's exact value there, greatest first. FX thread only.
final class Readout extends GridPane {

    private static final int MOST_ROWS = 10;

    /// One line's value.
    record Row(String name, int hue, double value) {}

    Readout() {
        getStyleClass().add("wf-readout");
        setMouseTransparent(true);
        setManaged(false);
        setVisible(false);
    }

    void show(String time, List<Row> rows, Unit unit) {
        getChildren().clear();
        Label at = new Label(time);
        at.getStyleClass().add("wf-readout-time");
        add(at, 0, 0, 3, 1);
        List<Row> sorted = rows.stream().sorted((a, b) -> Double.compare(b.value(), a.value())).toList();
        int shown = sorted.size() > MOST_ROWS ? MOST_ROWS - 1 : sorted.size();
        for (int i = 0; i < shown; i++) {
            Row row = sorted.get(i);
            Region swatch = new Region();
            swatch.getStyleClass().addAll("wf-swatch", Styles.swatch(row.hue()));
            Label value = new Label(Numbers.exact(row.value(), unit).text());
            value.getStyleClass().add("wf-readout-value");
            setHalignment(value, HPos.RIGHT);
            addRow(i + 1, swatch, new Label(row.name()), value);
        }
        if (shown < sorted.size()) {
            Label more = new Label((sorted.size() - shown) + " more");
            more.getStyleClass().add("wf-readout-time");
            add(more, 1, shown + 1, 2, 1);
        }
        setVisible(true);
    }
}
