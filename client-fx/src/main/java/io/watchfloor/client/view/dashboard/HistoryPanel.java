package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.format.Moments;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.People;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.document.Epoch;
import io.watchfloor.protocol.rest.HistoryLine;
import io.watchfloor.protocol.rest.VersionRow;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The history of a dashboard at its side: who changed what and when, the named versions, looking at what was, and going
/// back. FX thread only.
final class HistoryPanel implements HistoryModel.Listener, PastView.Actions {

    /// New lines are asked for when nothing has changed for so long.
    private static final Duration QUIET = Duration.millis(700);

    /// What the history needs of the dashboard beside it.
    interface Beside {

        boolean mayEdit();

        /// The style of somebody's colour, by the name of the account; of one who is not here none is known.
        String colorOf(String account);

        /// Shows the dashboard as it was; null as it is now.
        void look(HistoryModel.@Nullable Looked at, PastView.Actions actions);
    }

    private final HistoryModel model;
    private final Beside beside;
    private final Toasts toasts;
    private final ZoneId zone;
    private final boolean mayEdit;
    private final SidePanel panel;
    private final VBox versions = new VBox();
    private final VBox lines = new VBox();
    private final List<HistoryRow> rows = new ArrayList<>();
    private final Label note = new Label();
    private final Button more = new Button("Show older");
    private final TextField name = new TextField();
    private final PauseTransition quiet = new PauseTransition(QUIET);
    /// The version whose name is to be taken away, if that is confirmed.
    private @Nullable String forgetting;

    HistoryPanel(Past past, Beside beside, Toasts toasts, ZoneId zone, Runnable close) {
        this.model = new HistoryModel(past, this);
        this.beside = beside;
        this.toasts = toasts;
        this.zone = zone;
        this.mayEdit = beside.mayEdit();
        this.panel = new SidePanel("History", close);
        versions.getStyleClass().add("wf-history");
        versions.setId("history-versions");
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

    /// Somebody came or left, so that other colours are known.
    void peopleChanged() {
        changed();
    }

    @Override
    public void changed() {
        boolean focused = panel.node().lookup(":focused") != null && !name.isFocused();
        rows.clear();
        show(versions, model.versions(), this::row);
        versions.setManaged(!model.versions().isEmpty());
        show(lines, model.lines(), this::row);
        markRows();
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

    private static <T> void show(VBox place, List<T> values, Function<T, Node> row) {
        place.getChildren().setAll(values.stream().map(row).toList());
    }

    private Node row(VersionRow version) {
        if (version.name().equals(forgetting)) {
            return confirmation(version.name());
        }
        Label flag = new Label("", Icons.of(Feather.FLAG));
        flag.getStyleClass().add("wf-history-mark");
        String when = "Named by " + version.author() + ", " + Moments.text(version.at(), zone);
        HistoryRow row = added(new HistoryRow(flag, version.name(), when, version.revision(),
                () -> model.look(version.revision(), "Version '" + version.name() + "'. " + when)));
        if (mayEdit) {
            row.with(Feather.TRASH_2, "wf-history-forget", "Take the name '" + version.name() + "' away", () -> {
                forgetting = version.name();
                changed();
            });
        }
        return withRestore(row, version.revision(), version.name()).node();
    }

    /// A name is all that keeps a version that the history does not reach back to.
    private Node confirmation(String version) {
        Label question = new Label("Take the name '" + PlainText.line(version)
                + "' away? That version can then be had for as long as the history reaches back to it.");
        question.setWrapText(true);
        question.setMinHeight(Region.USE_PREF_SIZE);
        Button forget = new Button("Take it away");
        forget.setId("forget-version");
        forget.getStyleClass().add(Styles.DANGER);
        forget.setOnAction(_ -> {
            forgetting = null;
            model.forget(version);
        });
        Button keep = new Button("Keep it");
        keep.setId("keep-version");
        keep.setOnAction(_ -> {
            forgetting = null;
            changed();
        });
        HBox answers = new HBox(forget, keep);
        answers.getStyleClass().add("wf-history-naming");
        VBox box = new VBox(question, answers);
        box.getStyleClass().add("wf-history-question");
        return box;
    }

    private Node row(HistoryLine line) {
        Label avatar = new Label(People.initials(line.author()));
        avatar.getStyleClass().addAll(Styles.AVATAR, beside.colorOf(line.author()), "wf-history-mark");
        String sentence = line.author() + " " + line.text();
        String when = Moments.text(line.at(), zone);
        HistoryRow row = added(new HistoryRow(avatar, sentence, when, line.revision(),
                () -> model.look(line.revision(), when + ", after " + sentence)));
        return withRestore(row, line.revision(), sentence).node();
    }

    private HistoryRow added(HistoryRow row) {
        rows.add(row);
        return row;
    }

    private HistoryRow withRestore(HistoryRow row, long revision, String sentence) {
        return mayEdit
                ? row.with(Feather.ROTATE_CCW, "wf-history-restore",
                        "Restore the dashboard as it was after: " + sentence, () -> model.restore(revision))
                : row;
    }

    private void markRows() {
        rows.forEach(row -> row.mark(model.lookedAt()));
    }

    @Override
    public void looking(HistoryModel.@Nullable Looked looked) {
        markRows();
        beside.look(looked, this);
    }

    @Override
    public void restore() {
        Long revision = model.lookedAt();
        if (revision != null) {
            model.restore(revision);
        }
    }

    @Override
    public void backToNow() {
        model.lookAtNow();
    }

    @Override
    public void restored(Epoch epoch, long before) {
        toasts.show("Restored. What came after is in the history.", "Undo", () -> model.restore(epoch, before));
    }

    @Override
    public void told(String sentence) {
        toasts.show(sentence);
    }
}
