package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// What these pages tell: lines that are there only while they have something to say, and secrets that are shown once.
/// Stateless.
final class Told {

    private Told() {}

    /// A line that is there only while it has something to say.
    static Label line(ObservableValue<String> text, String style) {
        Label line = new Label();
        line.getStyleClass().add(style);
        line.setWrapText(true);
        line.setMinHeight(Region.USE_PREF_SIZE);
        text.subscribe(now -> {
            line.setText(now);
            line.setVisible(!now.isEmpty());
            line.setManaged(!now.isEmpty());
        });
        return line;
    }

    static Label caption(String text) {
        Label caption = new Label(text);
        caption.getStyleClass().add(Styles.CAPTION);
        caption.setWrapText(true);
        caption.setMinHeight(Region.USE_PREF_SIZE);
        return caption;
    }

    /// A secret that is shown this once, with a way to copy it and a way to put it away.
    ///
    /// @param heading what was made
    /// @param sentence what to do with it
    static Node secret(String heading, String sentence, String secret, Runnable putAway) {
        Label title = new Label(heading);
        title.getStyleClass().add(Styles.STRONG);
        TextField text = new TextField(secret);
        text.setId("secret");
        text.setEditable(false);
        text.setAccessibleText(heading);
        text.getStyleClass().add("wf-secret");
        HBox.setHgrow(text, Priority.ALWAYS);
        Button copy = new Button("Copy", Icons.of(Feather.COPY));
        copy.setId("copy-secret");
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.setTooltip(new Tooltip("Copy to the clipboard"));
        copy.setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(secret);
            Clipboard.getSystemClipboard().setContent(content);
            copy.setText("Copied");
        });
        HBox row = new HBox(text, copy);
        row.getStyleClass().add("wf-form-row");
        Button done = new Button("Done");
        done.setId("secret-done");
        done.setOnAction(_ -> putAway.run());
        VBox card = new VBox(title, caption(sentence), row, done);
        card.getStyleClass().add("wf-secret-card");
        return card;
    }
}
