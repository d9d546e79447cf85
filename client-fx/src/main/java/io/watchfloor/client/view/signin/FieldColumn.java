package io.watchfloor.client.view.signin;

import io.watchfloor.client.theme.Styles;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Fields below each other, each with its name above and its error below. FX thread only.
public final class FieldColumn {

    private static final Duration SECOND = Duration.seconds(1);

    private final VBox fields = new VBox();

    public FieldColumn() {
        fields.getStyleClass().add(Styles.FORM);
    }

    public Node node() {
        return fields;
    }

    public void add(String name, TextField field, ObservableValue<String> error) {
        Label label = new Label(name);
        label.getStyleClass().add(Styles.FIELD_LABEL);
        label.setLabelFor(field);
        field.setAccessibleText(name);
        Label below = line(error, Styles.FIELD_ERROR);
        error.subscribe(text -> {
            field.pseudoClassStateChanged(Styles.ERROR, !text.isEmpty());
            field.setAccessibleHelp(text.isEmpty() ? null : text);
        });
        fields.getChildren().add(new VBox(label, field, below));
    }

    /// Adds a line under the last field that is there only while it has something to say.
    public void note(ObservableValue<String> text) {
        VBox last = (VBox) fields.getChildren().getLast();
        last.getChildren().add(line(text, "wf-field-note"));
    }

    /// A line of text that is there only while it has something to say.
    public static Label line(ObservableValue<String> text, String style) {
        Label line = new Label();
        line.getStyleClass().add(style);
        line.setWrapText(true);
        line.setMinHeight(Label.USE_PREF_SIZE);
        text.subscribe(now -> {
            line.setText(now);
            line.setVisible(!now.isEmpty());
            line.setManaged(!now.isEmpty());
        });
        return line;
    }

    /// Lets a pause tell each second how long it lasts still.
    public static void count(Pause pause) {
        Timeline beat = new Timeline(new KeyFrame(SECOND, _ -> pause.tick()));
        beat.setCycleCount(Animation.INDEFINITE);
        pause.textProperty().subscribe(_ -> {
            if (pause.lasts()) {
                beat.play();
            } else {
                beat.stop();
            }
        });
    }
}
