package io.watchfloor.client.view.signin;

import io.watchfloor.client.theme.Styles;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/// The card in which somebody is let in: a title, a sentence, fields with their errors below them, one button. FX thread
/// only.
final class EntryForm {

    private final VBox card = new VBox();
    private final FieldColumn fields = new FieldColumn();
    private final Button button;

    EntryForm(String title, String sentence, Button button) {
        this.button = button;
        Label heading = new Label(title);
        heading.getStyleClass().add(Styles.DIALOG_TITLE);
        Label explanation = new Label(sentence);
        explanation.getStyleClass().add(Styles.MUTED);
        explanation.setWrapText(true);
        explanation.setMinHeight(Label.USE_PREF_SIZE);
        button.setDefaultButton(true);
        button.setMaxWidth(Double.MAX_VALUE);
        card.getStyleClass().add("wf-entry");
        card.getChildren().addAll(heading, explanation, fields.node(), button);
    }

    /// Tells something before all fields, while there is something to tell.
    void begin(ObservableValue<String> text) {
        Label told = new Label();
        told.getStyleClass().addAll(Styles.WARN_TEXT, "wf-entry-why");
        told.setWrapText(true);
        told.setMinHeight(Label.USE_PREF_SIZE);
        text.subscribe(now -> {
            told.setText(now);
            told.setVisible(!now.isEmpty());
            told.setManaged(!now.isEmpty());
        });
        card.getChildren().add(card.getChildren().indexOf(fields.node()), told);
    }

    /// Adds a field with its name above and its error below.
    void add(String name, TextField field, ObservableValue<String> error) {
        fields.add(name, field, error);
        // a question over this form takes the key from the default button, and does not give it back
        field.setOnAction(_ -> button.fire());
    }

    /// Adds a line under the last field that is there only while it has something to say.
    void note(ObservableValue<String> text) {
        fields.note(text);
    }

    /// Adds something below the button.
    void below(Node node) {
        card.getChildren().add(node);
    }

    /// Locks everything while a request is on its way.
    void lockWhile(ObservableValue<Boolean> busy) {
        busy.subscribe(now -> {
            fields.node().setDisable(now);
            button.setDisable(now);
        });
    }

    Node card() {
        return card;
    }

    /// The whole screen.
    Node screen() {
        return EntryScreen.around(card);
    }
}
