package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.rest.DashboardRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// What a wall screen shows, in its order, and a menu of what it could show beside that. FX thread only.
final class ShownDashboards {

    private final WallScreensModel model;
    private final Consumer<List<DashboardId>> changed;
    private final boolean atLeastOne;
    private final MenuButton others = new MenuButton("Add a dashboard");
    private final VBox rows = new VBox();
    private List<DashboardId> shown = List.of();

    /// @param changed told what is wanted
    /// @param atLeastOne whether the last one stays
    ShownDashboards(WallScreensModel model, boolean atLeastOne, Consumer<List<DashboardId>> changed) {
        this.model = model;
        this.atLeastOne = atLeastOne;
        this.changed = changed;
        others.setId("add-dashboard");
        others.getStyleClass().add("wf-admin-choice");
        others.setMaxWidth(Double.MAX_VALUE);
        rows.getStyleClass().add("wf-admin-members");
    }

    Node menu() {
        return others;
    }

    Node rows() {
        return rows;
    }

    List<DashboardId> shown() {
        return shown;
    }

    void show(List<DashboardId> now) {
        shown = List.copyOf(now);
        others.getItems().setAll(model.dashboards().stream().filter(row -> !shown.contains(row.id()))
                .map(this::item).toList());
        others.setDisable(others.getItems().isEmpty());
        rows.getChildren().setAll(shown.stream().map(this::row).toList());
    }

    private MenuItem item(DashboardRow row) {
        MenuItem item = new MenuItem(PlainText.line(row.title()));
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> {
            List<DashboardId> wanted = new ArrayList<>(shown);
            wanted.add(row.id());
            changed.accept(wanted);
        });
        return item;
    }

    private Node row(DashboardId id) {
        String title = PlainText.line(model.title(id));
        Label text = new Label(title);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox row = new HBox(text);
        row.getStyleClass().add("wf-form-row");
        if (shown.size() > 1) {
            row.getChildren().add(shown.getFirst().equals(id)
                    ? Told.caption("at its start")
                    : button(Feather.ARROW_UP, "Show " + title + " at its start", () -> {
                        List<DashboardId> wanted = without(id);
                        wanted.addFirst(id);
                        changed.accept(wanted);
                    }));
        }
        Button out = button(Feather.X, "Do not show " + title, () -> changed.accept(without(id)));
        out.setDisable(atLeastOne && shown.size() == 1);
        row.getChildren().add(out);
        return row;
    }

    private List<DashboardId> without(DashboardId id) {
        List<DashboardId> wanted = new ArrayList<>(shown);
        wanted.remove(id);
        return wanted;
    }

    private static Button button(Feather icon, String name, Runnable act) {
        Button button = new Button("", Icons.of(icon));
        button.getStyleClass().add(Styles.ICON_BUTTON);
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        button.setOnAction(_ -> act.run());
        return button;
    }
}
