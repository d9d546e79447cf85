package io.watchfloor.client.view.factor;

import io.watchfloor.client.widget.Icons;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/// Puts a text on the clipboard, and says so for a moment. FX thread only.
final class CopyButton extends Button {

    private static final Duration SAID = Duration.seconds(2);

    /// @param what it copies, for those who do not see what it stands beside
    CopyButton(String what, String text) {
        super("Copy", Icons.of(Feather.COPY));
        setAccessibleText("Copy " + what);
        getStyleClass().add("wf-bar-button");
        setMinWidth(USE_PREF_SIZE);
        PauseTransition said = new PauseTransition(SAID);
        said.setOnFinished(_ -> setText("Copy"));
        setOnAction(_ -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
            setText("Copied");
            said.playFromStart();
        });
    }
}
