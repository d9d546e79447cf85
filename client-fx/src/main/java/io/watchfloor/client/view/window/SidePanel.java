package io.watchfloor.client.view.window;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A panel at the right side with a heading and a way to close it. FX thread only.
public final class SidePanel {

    private final VBox panel = new VBox();
    private final VBox content = new VBox();

    public SidePanel(String heading, Runnable close) {
        Label title = new Label(PlainText.line(heading));
        title.getStyleClass().add(Styles.SECTION_TITLE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button closing = new Button("", Icons.of(Feather.X));
        closing.getStyleClass().add(Styles.ICON_BUTTON);
        closing.setAccessibleText("Close");
        closing.setOnAction(_ -> close.run());
        HBox head = new HBox(title, space, closing);
        head.getStyleClass().add("wf-panel-head");
        content.getStyleClass().add("wf-panel-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        panel.getStyleClass().add(Styles.INSPECTOR);
        panel.getChildren().addAll(head, scroll);
        panel.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                close.run();
                event.consume();
            }
        });
    }

    public Node node() {
        return panel;
    }

    public VBox content() {
        return content;
    }

    /// A control under its name.
    public static VBox field(String name, Node control, Node... more) {
        Label label = new Label(name);
        label.getStyleClass().add(Styles.FIELD_LABEL);
        label.setLabelFor(control);
        control.setAccessibleText(name);
        VBox box = new VBox(label, control);
        box.getChildren().addAll(more);
        return box;
    }
}
