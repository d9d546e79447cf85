package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// A line of the history, or a version: pressed, the dashboard is shown as it was then. FX thread only.
final class HistoryRow {

    private final HBox row = new HBox();
    private final long revision;

    /// @param look shows the dashboard as it was then
    HistoryRow(Node mark, String told, String when, long revision, Runnable look) {
        String sentence = PlainText.line(told);
        this.revision = revision;
        Label text = new Label(sentence);
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        Label time = new Label(when);
        time.getStyleClass().add(Styles.CAPTION);
        VBox words = new VBox(text, time);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox pressed = new HBox(mark, words);
        pressed.getStyleClass().add("wf-history-look");
        pressed.setFocusTraversable(true);
        pressed.setAccessibleRole(AccessibleRole.BUTTON);
        pressed.setAccessibleText("Show the dashboard as it was after: " + sentence);
        pressed.setOnMouseClicked(_ -> {
            pressed.requestFocus();
            look.run();
        });
        pressed.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                look.run();
                event.consume();
            }
        });
        HBox.setHgrow(pressed, Priority.ALWAYS);
        row.getChildren().add(pressed);
        row.getStyleClass().add("wf-history-row");
    }

    Node node() {
        return row;
    }

    /// Adds a button at its end.
    HistoryRow with(Feather icon, String style, String name, Runnable action) {
        Button button = new Button("", Icons.of(icon));
        button.getStyleClass().addAll(Styles.ICON_BUTTON, style);
        String plain = PlainText.line(name);
        button.setAccessibleText(plain);
        button.setTooltip(new Tooltip(plain));
        button.setOnAction(_ -> action.run());
        row.getChildren().add(button);
        return this;
    }

    /// @param lookedAt the revision that is shown; null where it is the one of now
    void mark(@Nullable Long lookedAt) {
        row.pseudoClassStateChanged(Styles.SELECTED, lookedAt != null && lookedAt == revision);
    }
}
