package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardEditor;
import io.watchfloor.client.model.MergeReport;
import io.watchfloor.client.model.ModelListener;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import java.util.ArrayList;
import java.util.List;
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
final class MergeCard implements ModelListener {

    private static final Duration STAY = Duration.seconds(15);
    /// Height of what is told before it scrolls.
    private static final double MOST = 280;

    private final DashboardEditor editor;
    private final Toasts toasts;
    private final List<MergeReport.Item> offered = new ArrayList<>();
    private final VBox lines = new VBox();
    private final VBox items = new VBox();
    private final HBox all = new HBox();
    private final VBox content = new VBox(lines, items);
    private final ScrollPane scroll = new ScrollPane(content);
    private final VBox card = new VBox();
    private final PauseTransition stay = new PauseTransition(STAY);

    MergeCard(DashboardEditor editor, Toasts toasts) {
        this.editor = editor;
        this.toasts = toasts;
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
        all.setAlignment(Pos.CENTER_RIGHT);
        all.getStyleClass().add("wf-merge-all");
        card.getChildren().addAll(head, scroll, all);
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

    @Override
    public void rejected(MergeReport.Item lost) {
        show(new MergeReport(List.of(), List.of(lost)));
    }

    @Override
    public void merged(MergeReport report) {
        show(report);
    }

    /// Shows a report, below what is shown still.
    private void show(MergeReport report) {
        report.lines().forEach(line -> lines.getChildren().add(wrapped(line)));
        report.items().forEach(item -> {
            offered.add(item);
            items.getChildren().add(row(item));
        });
        offerAll();
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
        Label label = new Label(PlainText.line(sentence));
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
            offered.remove(item);
            again(item);
            offerAll();
        });
        return row;
    }

    /// Offers to make everything again at once that is offered one by one.
    private void offerAll() {
        all.getChildren().clear();
        MergeReport.Item.together(offered).ifPresent(together -> {
            Button button = new Button(together.action());
            button.setId("merges-all");
            button.setOnAction(_ -> {
                again(together);
                close();
            });
            all.getChildren().add(button);
        });
        all.setManaged(!all.getChildren().isEmpty());
    }

    private void again(MergeReport.Item item) {
        if (!editor.again(item)) {
            toasts.show("This dashboard cannot be edited now.");
        }
        if (offered.isEmpty()) {
            close();
        }
    }

    private void close() {
        offered.clear();
        all.getChildren().clear();
        all.setManaged(false);
        stay.stop();
        card.setVisible(false);
        lines.getChildren().clear();
        items.getChildren().clear();
    }
}
