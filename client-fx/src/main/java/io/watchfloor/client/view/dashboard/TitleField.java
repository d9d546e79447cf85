package io.watchfloor.client.view.dashboard;

import java.util.function.Consumer;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A field in the place of a title: Enter or leaving it keeps what was typed, Escape does not. FX thread only.
final class TitleField extends TextField {

    private static final int MOST = 200;

    private boolean done;

    /// @param keep told the new title, if it is another one
    /// @param close takes the field away
    TitleField(String title, Consumer<String> keep, Runnable close) {
        super(title);
        setId("title-field");
        getStyleClass().add("wf-title-field");
        Runnable end = () -> {
            if (!done) {
                done = true;
                String typed = getText().strip();
                close.run();
                if (!typed.isEmpty() && !typed.equals(title)) {
                    keep.accept(cut(typed));
                }
            }
        };
        setOnAction(_ -> end.run());
        focusedProperty().subscribe((was, is) -> {
            if (was && !is) {
                end.run();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                done = true;
                close.run();
                event.consume();
            }
        });
    }

    /// No longer than a title may be, and never through the middle of a character.
    private static String cut(String typed) {
        if (typed.length() <= MOST) {
            return typed;
        }
        return typed.substring(0, Character.isHighSurrogate(typed.charAt(MOST - 1)) ? MOST - 1 : MOST);
    }

    /// Puts the cursor into it; it has to be in a scene.
    void begin() {
        requestFocus();
        selectAll();
    }
}
