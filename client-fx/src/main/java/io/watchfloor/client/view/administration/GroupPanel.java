package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.rest.GroupRow;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.kordamp.ikonli.feather.Feather;

/// One group beside the others: its name, who is in it, and its end. FX thread only.
final class GroupPanel implements LookedAt.Panel<GroupRow> {

    private final GroupsModel model;
    private final SidePanel panel;
    private final TextField name = new TextField();
    private final ComboBox<String> others = new ComboBox<>();
    private final VBox members = new VBox();
    private final VBox end = new VBox();
    private final Subscription subscriptions;
    private GroupRow group;

    GroupPanel(GroupsModel model, GroupRow group) {
        this.model = model;
        this.group = group;
        panel = new SidePanel(group.name(), () -> model.choose(null));
        name.setId("rename-group");
        name.setOnAction(_ -> model.rename(this.group, name.getText()));
        Button rename = new Button("Rename");
        rename.setId("rename-group-now");
        rename.setMinWidth(Region.USE_PREF_SIZE);
        rename.setOnAction(_ -> model.rename(this.group, name.getText()));
        rename.disableProperty()
                .bind(name.textProperty().map(text -> text.isBlank() || text.strip().equals(this.group.name())));
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox naming = new HBox(name, rename);
        naming.getStyleClass().add("wf-form-row");
        name.setAccessibleText("Name of the group");
        others.setId("add-member");
        others.setPromptText("Add somebody");
        others.setMaxWidth(Double.MAX_VALUE);
        others.setAccessibleText("Add somebody to the group");
        others.setOnAction(_ -> {
            String chosen = others.getValue();
            if (chosen != null) {
                model.addMember(this.group, chosen);
            }
        });
        members.getStyleClass().add("wf-admin-members");
        panel.content().getChildren().addAll(SidePanel.field("Name", naming),
                SidePanel.field("People", others, members),
                end);
        subscriptions = Subscription.combine(model.removingProperty().subscribe(this::showEnd),
                model.usersProperty().subscribe(_ -> showOthers()));
        name.setText(group.name());
        show(group);
    }

    @Override
    public Node node() {
        return panel.node();
    }

    @Override
    public void show(GroupRow fresh) {
        group = fresh;
        members.getChildren().setAll(fresh.members().stream().map(this::row).toList());
        if (fresh.members().isEmpty()) {
            members.getChildren().add(Told.caption("Nobody is in this group yet."));
        }
        showOthers();
    }

    private void showOthers() {
        others.setValue(null);
        others.getItems().setAll(model.others());
        others.setDisable(others.getItems().isEmpty());
    }

    private Node row(String member) {
        Label text = new Label(member);
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        Button out = new Button("", Icons.of(Feather.X));
        out.getStyleClass().add(Styles.ICON_BUTTON);
        out.setAccessibleText("Take " + member + " out of the group");
        out.setTooltip(new Tooltip("Take out of the group"));
        out.setOnAction(_ -> model.removeMember(group, member));
        HBox row = new HBox(text, out);
        row.getStyleClass().add("wf-form-row");
        return row;
    }

    private void showEnd(boolean asking) {
        end.getStyleClass().setAll("wf-admin-acts");
        Button remove = new Button(asking ? "Delete group" : "Delete group …");
        remove.setId("remove-group");
        remove.setMaxWidth(Double.MAX_VALUE);
        if (asking) {
            remove.getStyleClass().add(Styles.DANGER);
            remove.setOnAction(_ -> model.remove(group));
            Button keep = new Button("Keep");
            keep.setId("keep-group");
            keep.setMaxWidth(Double.MAX_VALUE);
            keep.setOnAction(_ -> model.askToRemove(false));
            end.getChildren().setAll(Told.caption("What was shared with this group is shared with its people no more."
                    + " That cannot be undone."), keep, remove);
            keep.requestFocus();
        } else {
            remove.setOnAction(_ -> model.askToRemove(true));
            end.getChildren().setAll(remove);
        }
    }

    @Override
    public void dispose() {
        subscriptions.unsubscribe();
    }
}
