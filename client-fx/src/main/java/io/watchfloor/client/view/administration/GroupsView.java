package io.watchfloor.client.view.administration;

import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.rest.GroupList;
import io.watchfloor.protocol.rest.GroupRow;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/// The page of all groups, with the one that is looked at beside them. FX thread only.
final class GroupsView {

    private final GroupsModel model;
    private final TableView<GroupRow> table = Columns.table("groups-table", "Groups",
            "There are no groups yet. A dashboard that is shared with a group is shared with everybody in it.");
    private final TextField name = new TextField();
    private final Section section;
    private final LookedAt<GroupRow> lookedAt;

    GroupsView(GroupsModel model) {
        this.model = model;
        section = new Section(model, name);
        lookedAt = new LookedAt<>(model, table, GroupRow::name, group -> new GroupPanel(model, group));
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
        section.column(List.of(head), table);
        table.getColumns().setAll(List.of(Columns.text("Name", 240, GroupRow::name),
                Columns.text("People", 80, group -> Integer.toString(group.members().size())),
                Columns.text("Who", 480, group -> String.join(", ", group.members()))));
        section.start(lookedAt.start(section, null), model.groupsProperty().subscribe(this::fill));
    }

    private void add() {
        if (!name.getText().isBlank()) {
            String typed = name.getText();
            name.clear();
            model.add(typed, () -> Told.back(name, typed));
        }
    }

    private void fill(Loaded<GroupList> known) {
        if (known instanceof Loaded.Shown<GroupList>(GroupList list)) {
            lookedAt.fill(list.groups());
            // what was tried with it may have been refused
            lookedAt.showAgain();
        }
    }

    Section section() {
        return section;
    }
}
