package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.MergeReport;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/// A card in the corner of a dashboard that tells what came together while one was away, and what became of one's own
/// edits. One that only tells leaves by itself; one that offers something stays until it is closed. FX thread only.
final class MergeCard {

    private static final Duration STAY = Duration.seconds(15);
    /// Height of what is told before it scrolls.
    private static final double MOST = 280;

    private final Consumer<MergeReport.Item> again;
    private final VBox lines = new VBox();
    private final VBox items = new VBox();
    private final VBox content = new VBox(lines, items);
    private final ScrollPane scroll = new ScrollPane(content);
    private final VBox card = new VBox();
    private final PauseTransition stay = new PauseTransition(STAY);

    /// @param again makes an edit again
    MergeCard(Consumer<MergeReport.Item> again) {
        this.again = again;
        Label heading = new Label("While you were away");
        heading.getStyleClass().add(Styles.STRONG);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button closing = new Button("", Icons.of(Feather.X));
        closing.getStyleClass().add(Styles.ICON_BUTTON);
        closing.setAccessibleText("Close");
        closing.setId("close-merges");
        closing.setOnAction(_ -> close());
        HBox head = new HBox(heading, space, closing);
        head.setAlignment(Pos.CENTER_LEFT);
        lines.getStyleClass().add("wf-merge-lines");
        items.getStyleClass().add("wf-merge-items");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        content.heightProperty()
                .subscribe(height -> scroll.setPrefViewportHeight(Math.min(height.doubleValue(), MOST)));
        card.getChildren().addAll(head, scroll);
        card.getStyleClass().add("wf-merge-card");
        card.setId("merges");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        stay.setOnFinished(_ -> close());
        card.hoverProperty().subscribe(over -> {
            if (over) {
                stay.stop();
            } else if (card.isVisible() && items.getChildren().isEmpty()) {
                stay.playFromStart();
            }
        });
        close();
    }

    Node node() {
        return card;
    }

    /// Shows a report, below what is shown still.
    void show(MergeReport report) {
        report.lines().forEach(line -> lines.getChildren().add(wrapped(line)));
        report.items().forEach(item -> items.getChildren().add(row(item)));
        Label heading = (Label) ((HBox) card.getChildren().getFirst()).getChildren().getFirst();
        heading.setText(lines.getChildren().isEmpty() ? "Taken back" : "While you were away");
        card.setVisible(true);
        if (items.getChildren().isEmpty()) {
            stay.playFromStart();
        } else {
            stay.stop();
        }
    }

    private static Label wrapped(String sentence) {
        Label label = new Label(sentence);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private Node row(MergeReport.Item item) {
        Label sentence = wrapped(item.sentence());
        Button button = new Button(item.action());
        button.getStyleClass().addAll(Styles.FLAT, "wf-link-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox row = new HBox(sentence, space, button);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("wf-merge-item");
        button.setOnAction(_ -> {
            items.getChildren().remove(row);
            again.accept(item);
            if (items.getChildren().isEmpty()) {
                close();
            }
        });
        return row;
    }

    private void close() {
        stay.stop();
        card.setVisible(false);
        lines.getChildren().clear();
        items.getChildren().clear();
    }
}
