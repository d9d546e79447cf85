package io.watchfloor.client.widget.chart;

import io.watchfloor.client.format.Numbers;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.theme.Styles;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// One line's name and newest value. FX thread only.
final class LegendItem extends HBox {

    private static final PseudoClass OFF = PseudoClass.getPseudoClass("off");

    private final DrawnLine line;
    private final Label value = new Label();
    private double widest;

    LegendItem(DrawnLine line, Consumer<DrawnLine> toggled) {
        this.line = line;
        getStyleClass().add("wf-legend-item");
        setAlignment(Pos.CENTER_LEFT);
        Region swatch = new Region();
        swatch.getStyleClass().addAll("wf-swatch", Styles.swatch(line.line.hue()));
        Label name = new Label(line.line.name());
        name.getStyleClass().add("wf-legend-name");
        value.getStyleClass().add("wf-legend-value");
        value.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(swatch, name, value);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TOGGLE_BUTTON);
        setAccessibleText(line.line.name());
        Runnable toggle = () -> {
            line.hidden = !line.hidden;
            pseudoClassStateChanged(OFF, line.hidden);
            toggled.accept(line);
        };
        setOnMouseClicked(event -> toggle.run());
        setOnMousePressed(event -> event.consume()); // a press on the chart itself starts a drag of the widget
        setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.SPACE || event.getCode() == KeyCode.ENTER) {
                toggle.run();
                event.consume();
            }
        });
        pseudoClassStateChanged(OFF, line.hidden);
    }

    /// Shows the newest value; true if that takes more room than before.
    boolean refresh(Unit unit) {
        int last = line.last(Double.NEGATIVE_INFINITY);
        String text = last < 0 ? "" : Numbers.brief(line.samples.value(last), unit).text();
        if (text.equals(value.getText()) && widest > 0) {
            return false;
        }
        value.setText(text);
        // what it wants, not what it was given for an earlier text
        value.setPrefWidth(Region.USE_COMPUTED_SIZE);
        double wanted = Math.ceil(value.prefWidth(-1));
        if (wanted <= 0) { // its looks are not known yet
            return false;
        }
        boolean grown = wanted > widest;
        widest = Math.max(widest, wanted);
        value.setPrefWidth(widest);
        value.setMinWidth(Region.USE_PREF_SIZE);
        return grown;
    }
}
