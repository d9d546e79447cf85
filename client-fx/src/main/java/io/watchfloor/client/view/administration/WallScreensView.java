package io.watchfloor.client.view.administration;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.format.Moments;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskList;
import io.watchfloor.protocol.rest.KioskRow;
import java.time.ZoneId;
import java.util.List;
import java.util.function.LongSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The page of wall screens: all of them, and beside them the one that is looked at or the form for a new one. FX thread
/// only.
final class WallScreensView implements Section {

    private static final ZoneId ZONE = ZoneId.systemDefault();

    private final WallScreensModel model;
    private final LongSupplier now;
    private final BorderPane root = new BorderPane();
    private final TableView<KioskRow> table = Columns.table("screens-table", "Wall screens",
            "There is no wall screen yet. One shows its dashboards on a wall without anybody signed in.");
    private final TextField name = new TextField();
    private final ShownDashboards dashboards;
    private final Button make = new Button("Make wall screen", Icons.of(Feather.MONITOR));
    private final VBox made = new VBox();
    private final Node form;
    private final Subscription subscriptions;
    private @Nullable WallScreenPanel panel;
    private boolean filling;

    WallScreensView(WallScreensModel model, LongSupplier now) {
        this.model = model;
        this.now = now;
        dashboards = new ShownDashboards(model, false, this::choose);
        form = form();
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox column = new VBox(Told.line(model.problemProperty(), Styles.ALARM_TEXT), made, table);
        column.getStyleClass().add("wf-admin-page");
        root.setCenter(column);
        table.getColumns().setAll(List.of(Columns.text("Name", 160, KioskRow::name),
                Columns.text("Shows", 320, row -> model.titles(row.dashboards())),
                Columns.nodes("State", 150, this::state),
                Columns.text("Last seen", 110,
                        row -> row.usedAt() == null ? "Never" : Ages.text(now.getAsLong() - row.usedAt()) + " ago",
                        row -> row.usedAt() == null ? "" : both(row.usedAt()) + "\nfrom " + row.address()),
                Columns.text("Made by", 120, row -> row.createdBy() == null ? "Command line" : row.createdBy(),
                        row -> both(row.createdAt()))));
        table.getSelectionModel().selectedItemProperty().subscribe(screen -> {
            if (!filling) {
                model.choose(screen);
            }
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.choose(null);
            }
        });
        subscriptions = Subscription.combine(model.screensProperty().subscribe(this::fill),
                model.dashboardsProperty().subscribe(_ -> {
                    table.refresh();
                    dashboards.show(dashboards.shown());
                }), model.madeProperty().subscribe(this::showMade),
                model.chosenProperty().subscribe(this::showSide));
        model.refresh();
    }

    private static String both(long millis) {
        return Moments.exact(millis, ZONE) + "\n" + Moments.utc(millis);
    }

    private Node form() {
        name.setId("screen-name");
        name.setPromptText("Such as: lobby");
        name.setOnAction(_ -> make());
        name.textProperty().subscribe(_ -> showMake());
        make.setId("make-screen");
        make.getStyleClass().add(Styles.ACCENT);
        make.setMaxWidth(Double.MAX_VALUE);
        make.setOnAction(_ -> make());
        Label heading = new Label("Set up a wall screen");
        heading.getStyleClass().add(Styles.SECTION_TITLE);
        VBox made = new VBox(heading,
                Told.caption("It shows its dashboards for as long as nobody removes it, and can do nothing else. A code"
                        + " lets one machine in, once."),
                SidePanel.field("Name", name), SidePanel.field("Shows", dashboards.menu(), dashboards.rows()), make);
        made.getStyleClass().addAll(Styles.INSPECTOR, "wf-admin-form");
        return made;
    }

    private void choose(List<DashboardId> wanted) {
        dashboards.show(wanted);
        showMake();
    }

    private void showMake() {
        make.setDisable(name.getText().isBlank() || dashboards.shown().isEmpty());
    }

    private void make() {
        if (!make.isDisabled()) {
            model.add(name.getText(), dashboards.shown());
        }
    }

    private Node state(KioskRow row) {
        return switch (WallScreensModel.state(row, now.getAsLong())) {
            case WAITS -> label("Waits for its machine", Styles.MUTED);
            case ON -> label("On", "wf-plain");
            case QUIET -> label("Not heard of", Styles.WARN_TEXT);
        };
    }

    private static Label label(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        return label;
    }

    private void fill(Loaded<KioskList> known) {
        filling = true;
        if (known instanceof Loaded.Shown<KioskList>(KioskList list)) {
            table.getItems().setAll(list.kiosks());
        }
        select(model.chosenProperty().get());
        filling = false;
    }

    private void select(@Nullable KioskRow screen) {
        table.getItems().stream().filter(row -> screen != null && row.name().equals(screen.name())).findFirst()
                .ifPresentOrElse(row -> table.getSelectionModel().select(row),
                        () -> table.getSelectionModel().clearSelection());
    }

    private void showSide(@Nullable KioskRow screen) {
        WallScreenPanel open = panel;
        if (open != null && screen != null && open.name().equals(screen.name())) {
            open.show(screen);
            return;
        }
        if (open != null) {
            open.dispose();
        }
        panel = screen == null ? null : new WallScreenPanel(model, screen);
        root.setRight(panel == null ? form : panel.node());
        filling = true;
        select(screen);
        filling = false;
    }

    /// What was typed stays until it is done.
    private void showMade(@Nullable KioskCode code) {
        made.getChildren().clear();
        if (code != null) {
            made.getChildren().add(Told.secret("The code of '" + code.name() + "'",
                    "It is shown only now, lets one machine in, and is good until "
                            + Moments.text(code.expiresAt(), ZONE) + ". On the screen's machine, put it into a file '"
                            + WallScreensModel.CODE_FILE + "' and start:",
                    code.code(), new Told.Command(model.command(),
                            "Later starts leave the code out: watchfloor --kiosk kiosk.key"),
                    model::putAway));
            name.clear();
            choose(List.of());
        }
        made.setVisible(code != null);
        made.setManaged(code != null);
    }

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void focus() {
        name.requestFocus();
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    @Override
    public void dispose() {
        subscriptions.unsubscribe();
        if (panel != null) {
            panel.dispose();
        }
        model.close();
    }
}
