package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.text.PlainText;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/// The frame around a dashboard while it follows a colleague, in his colour, with how to stop. It takes no mouse. FX
/// thread only.
final class FollowFrame {

    private final Label text = new Label();
    private final StackPane frame = new StackPane(text);

    FollowFrame() {
        frame.getStyleClass().add("wf-follow-frame");
        frame.setId("follow-frame");
        text.getStyleClass().add("wf-follow-text");
        text.setId("follow-text");
        StackPane.setAlignment(text, Pos.TOP_CENTER);
        frame.setMouseTransparent(true);
        hide();
    }

    Node node() {
        return frame;
    }

    void show(String name, int color) {
        text.setText("Following " + PlainText.line(name) + " – Esc to stop");
        frame.getStyleClass().removeIf(style -> style.startsWith("wf-person-"));
        frame.getStyleClass().add(Styles.person(color));
        frame.setVisible(true);
    }

    void hide() {
        frame.setVisible(false);
    }
}
