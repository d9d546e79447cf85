package io.watchfloor.client.view.signin;

import io.watchfloor.client.theme.Styles;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The card in the middle of an otherwise empty window in which somebody is let in: a title, a sentence, fields with
/// their errors below them, one button. FX thread only.
final class EntryForm {

    private final VBox card = new VBox();
    private final VBox fields = new VBox();
    private final Button button;

    EntryForm(String title, String sentence, Button button) {
        this.button = button;
        Label heading = new Label(title);
        heading.getStyleClass().add(Styles.DIALOG_TITLE);
        Label explanation = new Label(sentence);
        explanation.getStyleClass().add(Styles.MUTED);
        explanation.setWrapText(true);
        explanation.setMinHeight(Label.USE_PREF_SIZE);
        fields.getStyleClass().add(Styles.FORM);
        button.setDefaultButton(true);
        button.setMaxWidth(Double.MAX_VALUE);
        card.getStyleClass().add("wf-entry");
        card.getChildren().addAll(heading, explanation, fields, button);
    }

    /// Adds a field with its name above and its error below.
    void add(String name, TextField field, ObservableValue<String> error) {
        Label label = new Label(name);
        label.getStyleClass().add(Styles.FIELD_LABEL);
        label.setLabelFor(field);
        field.setAccessibleText(name);
        Label below = line(error, Styles.FIELD_ERROR);
        error.subscribe(text -> field.pseudoClassStateChanged(Styles.ERROR, !text.isEmpty()));
        fields.getChildren().add(new VBox(label, field, below));
    }

    /// Adds a line under the last field that is there only while it has something to say.
    void note(ObservableValue<String> text) {
        VBox last = (VBox) fields.getChildren().getLast();
        last.getChildren().add(line(text, "wf-field-note"));
    }

    /// Locks everything while a request is on its way.
    void lockWhile(ObservableValue<Boolean> busy) {
        busy.subscribe(now -> {
            fields.setDisable(now);
            button.setDisable(now);
        });
    }

    /// The whole screen.
    Node screen() {
        Label name = new Label("Watchfloor");
        name.getStyleClass().add("wf-wordmark");
        HBox mark = new HBox(new Wordmark(), name);
        mark.getStyleClass().add("wf-wordmark-row");
        VBox column = new VBox(mark, card);
        column.getStyleClass().add("wf-entry-column");
        StackPane screen = new StackPane(column);
        screen.getStyleClass().add(Styles.GROUND);
        StackPane.setAlignment(column, Pos.CENTER);
        return screen;
    }

    private static Label line(ObservableValue<String> text, String style) {
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
}
