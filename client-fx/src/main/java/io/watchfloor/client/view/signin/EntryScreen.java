package io.watchfloor.client.view.signin;

import io.watchfloor.client.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The otherwise empty window in the middle of which somebody is let in. FX thread only.
public final class EntryScreen {

    private EntryScreen() {}

    /// The whole screen around a card; it scrolls where the window is lower than the card.
    public static Node around(Node card) {
        Label name = new Label("Watchfloor");
        name.getStyleClass().add("wf-wordmark");
        HBox mark = new HBox(new Wordmark(), name);
        mark.getStyleClass().add("wf-wordmark-row");
        VBox column = new VBox(mark, card);
        column.getStyleClass().add("wf-entry-column");
        StackPane middle = new StackPane(column);
        middle.getStyleClass().addAll(Styles.GROUND, "wf-entry-ground");
        StackPane.setAlignment(column, Pos.CENTER);
        ScrollPane screen = new ScrollPane(middle);
        screen.setFitToWidth(true);
        screen.setFitToHeight(true);
        return screen;
    }
}
