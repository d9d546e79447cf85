package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.format.Moments;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.People;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.rest.HistoryLine;
import io.watchfloor.protocol.rest.VersionRow;
import java.time.ZoneId;
import javafx.animation.PauseTransition;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/// The history of a dashboard at its side: who changed what and when, the named versions, and going back. FX thread only.
final class HistoryPanel implements HistoryModel.Listener {

    /// New lines are asked for when nothing has changed for so long.
    private static final Duration QUIET = Duration.millis(700);

    private final HistoryModel model;
    private final Toasts toasts;
    private final ZoneId zone;
    private final boolean mayEdit;
    private final SidePanel panel;
    private final VBox versions = new VBox();
    private final VBox lines = new VBox();
    private final Label note = new Label();
    private final Button more = new Button("Show older");
    private final TextField name = new TextField();
    private final PauseTransition quiet = new PauseTransition(QUIET);

    HistoryPanel(Past past, boolean mayEdit, Toasts toasts, ZoneId zone, Runnable close) {
        this.model = new HistoryModel(past, this);
        this.toasts = toasts;
        this.zone = zone;
        this.mayEdit = mayEdit;
        this.panel = new SidePanel("History", close);
        versions.getStyleClass().add("wf-history");
        lines.getStyleClass().add("wf-history");
        lines.setId("history-lines");
        note.getStyleClass().add(Styles.CAPTION);
        note.setWrapText(true);
        more.setId("history-more");
        more.getStyleClass().addAll(Styles.FLAT, "wf-link-button");
        more.setOnAction(_ -> model.more());
        if (mayEdit) {
            panel.content().getChildren().add(naming());
        }
        panel.content().getChildren().addAll(versions, lines, note, more);
        quiet.setOnFinished(_ -> model.refresh());
        changed();
        model.refresh();
    }

    private Node naming() {
        name.setId("version-name");
        name.setPromptText("Such as: before the move");
        HBox.setHgrow(name, Priority.ALWAYS);
        Button add = new Button("Name");
        add.setId("name-version");
        add.setMinWidth(Region.USE_PREF_SIZE);
        add.setOnAction(_ -> nameIt());
        name.setOnAction(_ -> nameIt());
        HBox row = new HBox(name, add);
        row.getStyleClass().add("wf-history-naming");
        return SidePanel.field("Name this version", row);
    }

    private void nameIt() {
        model.name(name.getText());
        name.clear();
    }

    Node node() {
        return panel.node();
    }

    void focus() {
        panel.node().requestFocus();
    }

    /// Something in the dashboard has changed, so that there may be new lines.
    void stale() {
        quiet.playFromStart();
    }

    void dispose() {
        quiet.stop();
        model.close();
    }

    @Override
    public void changed() {
        boolean focused = panel.node().lookup(":focused") != null && !name.isFocused();
        versions.getChildren().setAll(model.versions().stream().map(this::row).toList());
        versions.setManaged(!model.versions().isEmpty());
        lines.getChildren().setAll(model.lines().stream().map(this::row).toList());
        String text = model.problem();
        if (text.isEmpty() && model.lines().isEmpty()) {
            text = model.loading()
                    ? "Reading the history…"
                    : "Nothing was changed for longer than the history is kept.";
        }
        note.setText(text);
        note.setVisible(!text.isEmpty());
        note.setManaged(!text.isEmpty());
        more.setVisible(model.hasMore());
        more.setManaged(model.hasMore());
        if (focused) {
            // The row or button that had it may be gone.
            panel.node().requestFocus();
        }
    }

    private Node row(VersionRow version) {
        Label flag = new Label("", Icons.of(Feather.FLAG));
        flag.getStyleClass().add("wf-history-mark");
        return row(flag, version.name(),
                "Named by " + version.author() + ", " + Moments.text(version.at(), zone), version.revision());
    }

    private Node row(HistoryLine line) {
        Label avatar = new Label(People.initials(line.author()));
        avatar.getStyleClass().addAll(Styles.AVATAR, "wf-person-none", "wf-history-mark");
        return row(avatar, line.author() + " " + line.text(), Moments.text(line.at(), zone), line.revision());
    }

    private Node row(Node mark, String sentence, String when, long revision) {
        Label text = new Label(sentence);
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        Label time = new Label(when);
        time.getStyleClass().add(Styles.CAPTION);
        VBox words = new VBox(text, time);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox row = new HBox(mark, words);
        row.getStyleClass().add("wf-history-row");
        if (mayEdit) {
            Button restore = new Button("", Icons.of(Feather.ROTATE_CCW));
            restore.getStyleClass().addAll(Styles.ICON_BUTTON, "wf-history-restore");
            restore.setAccessibleText("Restore the dashboard as it was after: " + sentence);
            restore.setTooltip(new javafx.scene.control.Tooltip("Restore the dashboard as it was then"));
            restore.setOnAction(_ -> model.restore(revision));
            row.getChildren().add(restore);
        }
        return row;
    }

    @Override
    public void restored(long before) {
        toasts.show("Restored. What came after is in the history.", "Undo", () -> model.restore(before));
    }

    @Override
    public void told(String sentence) {
        toasts.show(sentence);
    }
}
