package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.rest.GroupList;
import io.watchfloor.protocol.rest.GroupRow;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The page of all groups, with the one that is looked at beside them. FX thread only.
final class GroupsView implements Section {

    private final GroupsModel model;
    private final BorderPane root = new BorderPane();
    private final TableView<GroupRow> table = Columns.table("groups-table", "Groups",
            "There are no groups yet. A dashboard that is shared with a group is shared with everybody in it.");
    private final TextField name = new TextField();
    private final Subscription subscriptions;
    private @Nullable GroupPanel panel;
    private boolean filling;

    GroupsView(GroupsModel model) {
        this.model = model;
        name.setId("group-name");
        name.setPromptText("Name of a new group");
        name.setAccessibleText("Name of a new group");
        name.getStyleClass().add("wf-search");
        name.setOnAction(_ -> add());
        Button add = new Button("Make group", Icons.of(Feather.PLUS));
        add.setId("add-group");
        add.setMinWidth(Region.USE_PREF_SIZE);
        add.setOnAction(_ -> add());
        add.disableProperty().bind(name.textProperty().map(String::isBlank));
        HBox head = new HBox(name, add);
        head.getStyleClass().add("wf-admin-head");
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox column = new VBox(head, Told.line(model.problemProperty(), Styles.ALARM_TEXT), table);
        column.getStyleClass().add("wf-admin-page");
        root.setCenter(column);
        table.getColumns().setAll(List.of(Columns.text("Name", 240, GroupRow::name),
                Columns.text("People", 80, group -> Integer.toString(group.members().size())),
                Columns.text("Who", 480, group -> String.join(", ", group.members()))));
        table.getSelectionModel().selectedItemProperty().subscribe(group -> {
            if (!filling) {
                model.choose(group);
            }
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.choose(null);
            }
        });
        subscriptions = Subscription.combine(model.groupsProperty().subscribe(this::fill),
                model.chosenProperty().subscribe(this::showPanel));
        model.refresh();
    }

    private void add() {
        if (!name.getText().isBlank()) {
            model.add(name.getText());
            name.clear();
        }
    }

    private void fill(Loaded<GroupList> known) {
        filling = true;
        if (known instanceof Loaded.Shown<GroupList>(GroupList list)) {
            table.getItems().setAll(list.groups());
        }
        select(model.chosenProperty().get());
        filling = false;
    }

    private void select(@Nullable GroupRow group) {
        table.getItems().stream().filter(row -> group != null && row.name().equals(group.name())).findFirst()
                .ifPresentOrElse(row -> table.getSelectionModel().select(row),
                        () -> table.getSelectionModel().clearSelection());
    }

    private void showPanel(@Nullable GroupRow group) {
        GroupPanel open = panel;
        if (open != null && group != null && open.name().equals(group.name())) {
            open.show(group);
            return;
        }
        if (open != null) {
            open.dispose();
        }
        panel = group == null ? null : new GroupPanel(model, group);
        root.setRight(panel == null ? null : panel.node());
        filling = true;
        select(group);
        filling = false;
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
