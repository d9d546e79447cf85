package io.watchfloor.client.view.account;

import io.watchfloor.client.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A part of the account's page: a title with actions beside it, and what belongs to it below. FX thread only.
final class Section extends VBox {

    private final HBox actions = new HBox();
    private final VBox body = new VBox();

    Section(String title) {
        Label heading = new Label(title);
        heading.getStyleClass().add(Styles.SECTION_TITLE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        actions.getStyleClass().add("wf-section-actions");
        HBox head = new HBox(heading, space, actions);
        head.getStyleClass().add("wf-section-head");
        body.getStyleClass().add("wf-section-body");
        getStyleClass().addAll(Styles.PANEL, "wf-section");
        getChildren().addAll(head, body);
    }

    void actions(Node... buttons) {
        actions.getChildren().setAll(buttons);
    }

    void body(Node... parts) {
        body.getChildren().setAll(parts);
    }

    /// A line that may be longer than the page is wide.
    static Label sentence(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(Styles.MUTED);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }
}
