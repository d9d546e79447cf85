package io.watchfloor.client.view.window;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.ConnectionText.Line;
import io.watchfloor.client.view.window.ConnectionText.Step;
import io.watchfloor.client.view.window.ConnectionText.Weight;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The thin line at the bottom of a window: connection, latency, unsent edits, and who is signed in where. FX thread
/// only.
public final class StatusLine {

    private final Actions actions;
    private final HBox line = new HBox();
    private final Region mark = new Region();
    private final Label sentence = new Label();
    private final Label latency = new Label();
    private final Label edits = new Label();
    private final Label where = new Label();
    private final Button step = new Button();
    private final Tooltip hint = new Tooltip();

    /// What somebody can do about the connection.
    public interface Actions {

        /// Connects at once.
        void retry();

        void signInAgain();
    }

    public StatusLine(Actions actions) {
        this.actions = actions;
        line.getStyleClass().add(Styles.STATUS_LINE);
        mark.getStyleClass().add(Styles.STATE_MARK);
        sentence.setId("connection");
        latency.setId("latency");
        edits.setId("unsent");
        step.getStyleClass().addAll(Styles.FLAT, "wf-link-button");
        sentence.setMinWidth(Region.USE_PREF_SIZE);
        HBox connection = new HBox(mark, sentence, step);
        connection.getStyleClass().add("wf-status-connection");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        line.getChildren().addAll(connection, latency, edits, space, where);
        latency.setTooltip(new Tooltip("Time there and back to the server"));
    }

    public Node node() {
        return line;
    }

    /// @param text account and server, as in `anna at wall.example`
    public void setWhere(String text) {
        where.setText(text);
    }

    public void show(Line text) {
        sentence.setText(text.sentence());
        set(latency, text.latency());
        set(edits, text.edits());
        step.setVisible(text.step() != Step.NONE);
        step.setManaged(text.step() != Step.NONE);
        switch (text.step()) {
            case NONE -> {}
            case RETRY -> {
                step.setText("Try now");
                step.setOnAction(_ -> actions.retry());
            }
            case SIGN_IN -> {
                step.setText("Sign in again");
                step.setOnAction(_ -> actions.signInAgain());
            }
        }
        mark.pseudoClassStateChanged(Styles.OK, text.weight() == Weight.GOOD);
        mark.pseudoClassStateChanged(Styles.WARN, text.weight() == Weight.WARN);
        mark.pseudoClassStateChanged(Styles.ALARM, text.weight() == Weight.ALARM);
        hint.setText(text.hint());
        sentence.setTooltip(text.hint().isEmpty() ? null : hint);
    }

    private static void set(Label label, String text) {
        label.setText(text);
        label.setVisible(!text.isEmpty());
        label.setManaged(!text.isEmpty());
    }
}
