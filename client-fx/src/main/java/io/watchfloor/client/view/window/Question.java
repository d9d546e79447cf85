package io.watchfloor.client.view.window;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.text.PlainText;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// A question over a window that has to be answered first. Escape is the harmless answer. FX thread only.
public final class Question {

    private final StackPane veil = new StackPane();
    private final Button no;

    /// @param no name of the harmless answer
    /// @param yes name of the other one
    /// @param answered told which; the veil is to be taken away then
    public Question(String title, String sentence, String no, String yes, Answer answered) {
        Label heading = new Label(PlainText.line(title));
        heading.getStyleClass().add(Styles.SECTION_TITLE);
        Label text = new Label(PlainText.of(sentence));
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        this.no = new Button(no);
        this.no.setId("answer-no");
        this.no.setDefaultButton(true);
        this.no.setOnAction(_ -> answered.answer(false));
        Button other = new Button(yes);
        other.setId("answer-yes");
        other.getStyleClass().add(Styles.DANGER);
        other.setOnAction(_ -> answered.answer(true));
        HBox actions = new HBox(other, this.no);
        actions.getStyleClass().add(Styles.DIALOG_ACTIONS);
        VBox card = new VBox(heading, text, actions);
        card.getStyleClass().add(Styles.DIALOG);
        card.setMaxSize(400, Region.USE_PREF_SIZE);
        veil.getStyleClass().add("wf-veil");
        veil.getChildren().add(card);
        veil.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                answered.answer(false);
                event.consume();
            }
        });
    }

    /// What was answered.
    @FunctionalInterface
    public interface Answer {

        void answer(boolean yes);
    }

    public Node node() {
        return veil;
    }

    public void focus() {
        no.requestFocus();
    }
}
