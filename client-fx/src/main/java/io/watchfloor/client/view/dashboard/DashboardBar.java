package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.People;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javafx.event.ActionEvent;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;

/// The bar over a dashboard: its title, the time range, who is here, and what edits it. FX thread only.
final class DashboardBar {

    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final List<Long> RANGES = List.of(15 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE, DAY);

    /// What the bar's controls do.
    interface Actions {

        void rename(String title);

        void range(long millis);

        void add();

        void undo();

        void redo();

        void editing(boolean wanted);

        void history();

        void share();

        /// Tells why the dashboard is read-only.
        void why();
    }

    private final Actions actions;
    private final HBox bar = new HBox();
    private final Label title = new Label();
    private final StackPane titlePlace = new StackPane(title);
    private final HBox ranges = new HBox();
    private final ToggleGroup rangeGroup = new ToggleGroup();
    private final People people = new People();
    private final Button readOnly = new Button("View only", Icons.of(Feather.EYE));
    private final Label offline = new Label();
    private final Button undo = new Button("", Icons.of(Feather.CORNER_UP_LEFT));
    private final Button redo = new Button("", Icons.of(Feather.CORNER_UP_RIGHT));
    private final Button add = new Button("Add widget", Icons.of(Feather.PLUS));
    private final Button share = new Button("", Icons.of(Feather.USER_PLUS));
    private final Button history = new Button("", Icons.of(Feather.CLOCK));
    private final ToggleButton edit = new ToggleButton("Edit", Icons.of(Feather.EDIT_2));
    private boolean mayRename;

    DashboardBar(Actions actions) {
        this.actions = actions;
        bar.getStyleClass().add(Styles.TOP_BAR);
        title.getStyleClass().add(Styles.TOP_BAR_TITLE);
        title.setId("dashboard-title");
        title.setFocusTraversable(true);
        title.setMinWidth(60);
        title.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                beginRename();
            }
        });
        title.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.F2 || event.getCode() == KeyCode.ENTER) {
                beginRename();
                event.consume();
            }
        });
        ranges.getStyleClass().add("wf-ranges");
        ranges.setMinWidth(Region.USE_PREF_SIZE);
        readOnly.setId("read-only");
        readOnly.getStyleClass().add("wf-bar-button");
        readOnly.setMinWidth(Region.USE_PREF_SIZE);
        readOnly.setOnAction(_ -> actions.why());
        share.setId("share");
        share.getStyleClass().add(Styles.ICON_BUTTON);
        share.setAccessibleText("Share");
        share.setTooltip(new Tooltip("Share: who may do what with this dashboard"));
        share.setOnAction(_ -> actions.share());
        offline.setId("as-of");
        offline.getStyleClass().addAll("wf-badge", Styles.WARN_TEXT);
        showOffline("");
        iconButton(undo, "undo", _ -> actions.undo());
        iconButton(redo, "redo", _ -> actions.redo());
        history.setId("history");
        history.getStyleClass().add(Styles.ICON_BUTTON);
        history.setAccessibleText("History");
        history.setTooltip(new Tooltip("History: who changed what, and going back"));
        history.setOnAction(_ -> actions.history());
        add.setId("add-widget");
        add.getStyleClass().add("wf-bar-button");
        add.setOnAction(_ -> actions.add());
        edit.setId("edit");
        edit.getStyleClass().add("wf-bar-button");
        edit.setOnAction(_ -> actions.editing(edit.isSelected()));
        for (ButtonBase button : List.of(add, edit)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        bar.getChildren().addAll(titlePlace, offline, space, ranges, gap(), people.node(), gap(), readOnly, share,
                history,
                undo, redo,
                add,
                edit);
    }

    Node node() {
        return bar;
    }

    void showTitle(String text) {
        title.setText(PlainText.line(text));
    }

    /// @param own the dashboard's own range, in milliseconds
    /// @param chosen the one looked at
    void showRanges(long own, long chosen) {
        TreeSet<Long> offered = new TreeSet<>(RANGES);
        offered.add(own);
        offered.add(chosen);
        ranges.getChildren().clear();
        for (long millis : offered) {
            ToggleButton button = new ToggleButton(millis == DAY ? "24 h" : Ages.text(millis));
            button.setToggleGroup(rangeGroup);
            button.setSelected(millis == chosen);
            button.getStyleClass().add("wf-range");
            button.setAccessibleText("Show the last " + button.getText());
            button.setOnAction(_ -> {
                button.setSelected(true);
                actions.range(millis);
            });
            ranges.getChildren().add(button);
        }
    }

    /// @param asOf of when what is shown is, where it is not of now; empty where it is
    void showOffline(String asOf) {
        offline.setText("As of " + asOf);
        offline.setTooltip(
                new Tooltip("This is how the dashboard was known last. Edits are kept on this computer and sent"
                        + " when the server answers."));
        offline.setVisible(!asOf.isEmpty());
        offline.setManaged(!asOf.isEmpty());
    }

    People people() {
        return people;
    }

    /// @param mayEdit whether the account may change the dashboard
    /// @param editing whether it wants to
    void showEditing(boolean mayEdit, boolean editing, boolean known) {
        mayRename = mayEdit;
        readOnly.setVisible(known && !mayEdit);
        readOnly.setManaged(known && !mayEdit);
        edit.setVisible(mayEdit);
        edit.setManaged(mayEdit);
        edit.setSelected(editing);
        for (Button each : List.of(undo, redo, add)) {
            each.setVisible(mayEdit && editing);
            each.setManaged(mayEdit && editing);
        }
        title.setTooltip(mayEdit ? new Tooltip("Double-click to rename") : null);
    }

    /// @param owned whether the account may share the dashboard
    /// @param why it is read-only, where it is
    void showRight(boolean owned, String why) {
        share.setVisible(owned);
        share.setManaged(owned);
        readOnly.setTooltip(new Tooltip(why));
        readOnly.setAccessibleText("View only. " + why);
    }

    void showSteps(Optional<String> undoLabel, Optional<String> redoLabel) {
        undo.setDisable(undoLabel.isEmpty());
        redo.setDisable(redoLabel.isEmpty());
        undo.setTooltip(new Tooltip("Undo" + undoLabel.map(DashboardBar::named).orElse("")));
        redo.setTooltip(new Tooltip("Redo" + redoLabel.map(DashboardBar::named).orElse("")));
    }

    private static String named(String label) {
        return ": " + Character.toLowerCase(label.charAt(0)) + label.substring(1);
    }

    /// Lets the title be typed over.
    void beginRename() {
        if (!mayRename || titlePlace.getChildren().size() > 1) {
            return;
        }
        TitleField field = new TitleField(title.getText(), actions::rename, () -> {
            titlePlace.getChildren().setAll(title);
            title.setVisible(true);
            title.requestFocus();
        });
        field.setPrefColumnCount(Math.max(16, title.getText().length()));
        title.setVisible(false);
        titlePlace.getChildren().add(field);
        field.begin();
    }

    private static void iconButton(Button button, String id, EventHandler<ActionEvent> action) {
        button.setId(id);
        button.getStyleClass().add(Styles.ICON_BUTTON);
        button.setAccessibleText(id.equals("undo") ? "Undo" : "Redo");
        button.setOnAction(action);
    }

    private static Region gap() {
        Region gap = new Region();
        gap.getStyleClass().add("wf-bar-gap");
        return gap;
    }
}
