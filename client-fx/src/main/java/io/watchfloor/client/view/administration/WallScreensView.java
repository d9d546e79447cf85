package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskList;
import io.watchfloor.protocol.rest.KioskRow;
import java.util.List;
import java.util.function.LongSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The page of wall screens: all of them, and beside them the one that is looked at or the form for a new one. FX thread
/// only.
final class WallScreensView {

    private final WallScreensModel model;
    private final LongSupplier now;
    private final TableView<KioskRow> table = Columns.table("screens-table", "Wall screens",
            "There is no wall screen yet. One shows its dashboards on a wall without anybody signed in.");
    private final TextField name = new TextField();
    private final ShownDashboards dashboards;
    private final Button make = new Button("Make wall screen", Icons.of(Feather.MONITOR));
    private final VBox made = new VBox();
    private final Section section;
    private final LookedAt<KioskRow> lookedAt;

    WallScreensView(WallScreensModel model, LongSupplier now) {
        this.model = model;
        this.now = now;
        dashboards = new ShownDashboards(model, false, this::choose);
        section = new Section(model, name);
        lookedAt = new LookedAt<>(model, table, KioskRow::name, screen -> new WallScreenPanel(model, screen));
        section.column(List.of(made), table);
        table.getColumns().setAll(List.of(Columns.text("Name", 160, KioskRow::name),
                Columns.text("Shows", 320, row -> model.titles(row.dashboards())),
                Columns.nodes("State", 150, this::state),
                Columns.text("Last seen", 110, row -> Words.ago(row.usedAt(), now.getAsLong()),
                        row -> row.usedAt() == null ? "" : Words.exactly(row.usedAt()) + "\nfrom " + row.address()),
                Columns.text("Made by", 120, row -> Words.maker(row.createdBy()),
                        row -> Words.exactly(row.createdAt()))));
        section.start(lookedAt.start(section, form()), model.screensProperty().subscribe(this::fill),
                model.dashboardsProperty().subscribe(_ -> {
                    table.refresh();
                    dashboards.show(dashboards.shown());
                }), model.madeProperty().subscribe(this::showMade));
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
        return Told.form("Set up a wall screen",
                "It shows its dashboards for as long as nobody removes it, and can do nothing else. A code"
                        + " lets one machine in, once.",
                SidePanel.field("Name", name), SidePanel.field("Shows", dashboards.menu(), dashboards.rows()), make);
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
        if (known instanceof Loaded.Shown<KioskList>(KioskList list)) {
            lookedAt.fill(list.kiosks());
        }
    }

    /// What was typed stays until it is done.
    private void showMade(@Nullable KioskCode code) {
        Told.only(made, code == null
                ? null
                : Told.secret("The code of '" + code.name() + "'",
                        "It is shown only now, lets one machine in, and is good until "
                                + Words.until(code.expiresAt()) + ". On the screen's machine, put it into a file '"
                                + WallScreensModel.CODE_FILE + "' and start:",
                        code.code(), new Told.Command(model.command(),
                                "Later starts leave the code out: watchfloor --kiosk kiosk.key"),
                        model::putAway));
        if (code != null) {
            name.clear();
            choose(List.of());
        }
    }

    Section section() {
        return section;
    }
}
