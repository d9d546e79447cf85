package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
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

    /// A form at the side.
    static Node form(String heading, String sentence, Node... fields) {
        Label title = new Label(heading);
        title.getStyleClass().add(Styles.SECTION_TITLE);
        VBox form = new VBox(title, caption(sentence));
        form.getChildren().addAll(fields);
        form.getStyleClass().addAll(Styles.INSPECTOR, "wf-admin-form");
        return form;
    }

    /// Gives back what was typed, where it was not taken and nothing else was typed since.
    static void back(TextField field, String typed) {
        if (field.getText().isEmpty()) {
            field.setText(typed);
            field.end();
        }
    }

    /// Has a place show one thing, or take no room for none.
    static void only(Pane place, @Nullable Node shown) {
        place.getChildren().setAll(shown == null ? List.of() : List.of(shown));
        place.setVisible(shown != null);
        place.setManaged(shown != null);
    }

    /// A secret that is shown this once, with a way to copy it and a way to put it away.
    ///
    /// @param heading what was made
    /// @param sentence what to do with it
    static Node secret(String heading, String sentence, String secret, Runnable putAway) {
        return card(heading, putAway, caption(sentence), copied("secret", heading, secret));
    }

    /// What is to be started elsewhere.
    ///
    /// @param after told under it
    record Command(String line, String after) {}

    /// A secret together with what to start where it is wanted.
    ///
    /// @param sentence ends before the command
    static Node secret(String heading, String sentence, String secret, Command command, Runnable putAway) {
        return card(heading, putAway, copied("secret", heading, secret), caption(sentence),
                copied("command", "What to start", command.line()), caption(command.after()));
    }

    private static Node card(String heading, Runnable putAway, Node... content) {
        Label title = new Label(PlainText.line(heading));
        title.getStyleClass().add(Styles.STRONG);
        Button done = new Button("Done");
        done.setId("secret-done");
        done.setOnAction(_ -> putAway.run());
        VBox card = new VBox(title);
        card.getChildren().addAll(content);
        card.getChildren().add(done);
        card.getStyleClass().add("wf-secret-card");
        return card;
    }

    /// A text beside what copies it.
    private static Node copied(String id, String name, String what) {
        TextField text = new TextField(what);
        text.setId(id);
        text.setEditable(false);
        text.setAccessibleText(name);
        text.getStyleClass().add("wf-secret");
        HBox.setHgrow(text, Priority.ALWAYS);
        Button copy = new Button("Copy", Icons.of(Feather.COPY));
        copy.setId("copy-" + id);
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.setTooltip(new Tooltip("Copy to the clipboard"));
        copy.setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(what);
            Clipboard.getSystemClipboard().setContent(content);
            copy.setText("Copied");
        });
        HBox row = new HBox(text, copy);
        row.getStyleClass().add("wf-form-row");
        return row;
    }
}
