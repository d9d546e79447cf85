package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.People;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.SecuritySettings;
import io.watchfloor.protocol.rest.UserList;
import io.watchfloor.protocol.rest.UserRow;
import java.util.List;
import java.util.function.LongSupplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/// The page of all people, with the one who is looked at beside them. FX thread only.
final class PeopleView {

    private final PeopleModel model;
    private final LongSupplier now;
    private final TableView<UserRow> table = Columns.table("people-table", "People",
            "Nobody here has such a name, group or role.");
    private final TextField search = new TextField();
    private final Label count = new Label();
    private final HBox rules = new HBox();
    private final Section section;
    private final LookedAt<UserRow> lookedAt;

    /// @param now milliseconds since 1970 UTC, server time
    /// @param invite goes to where people are invited
    PeopleView(PeopleModel model, LongSupplier now, Runnable invite) {
        this.model = model;
        this.now = now;
        section = new Section(model, search);
        lookedAt = new LookedAt<>(model, table, UserRow::name, user -> new PersonPanel(model, user, now));
        search.setId("people-search");
        search.setPromptText("Name, group or role");
        search.setAccessibleText("Search people by name, group or role");
        search.getStyleClass().add("wf-search");
        search.textProperty().bindBidirectional(model.searchProperty());
        count.getStyleClass().add(Styles.CAPTION);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button inviting = new Button("Invite somebody", Icons.of(Feather.USER_PLUS));
        inviting.setId("invite");
        inviting.getStyleClass().add(Styles.ACCENT);
        inviting.setOnAction(_ -> invite.run());
        HBox head = new HBox(search, count, space, inviting);
        head.getStyleClass().add("wf-admin-head");
        rules.getStyleClass().add("wf-admin-rules");
        section.column(List.of(head), table, rules,
                Told.line(model.securityProblemProperty(), Styles.ALARM_TEXT));
        columns();
        section.aging(lookedAt::showAgain);
        section.start(lookedAt.start(section, null), model.usersProperty().subscribe(_ -> fill()),
                model.searchProperty().subscribe(_ -> fill()), model.securityProperty().subscribe(this::showRules));
    }

    private void columns() {
        table.getColumns().setAll(List.of(Columns.nodes("Name", 240, this::name),
                Columns.text("Role", 110, user -> Words.role(user.role())),
                Columns.nodes("Second factor", 110, this::factor),
                Columns.text("Last sign-in", 110, user -> Words.ago(user.signedInAt(), now.getAsLong()),
                        user -> Words.exactly(user.signedInAt())),
                Columns.text("Groups", 180, user -> String.join(", ", user.groups())),
                Columns.nodes("State", 150, PeopleView::state)));
    }

    private Node name(UserRow user) {
        Label avatar = new Label(People.initials(user.name()));
        avatar.getStyleClass().addAll(Styles.AVATAR, "wf-person-none");
        Label name = new Label(user.name());
        name.getStyleClass().add(Styles.STRONG);
        HBox box = new HBox(avatar, name);
        if (model.isMe(user)) {
            box.getChildren().add(Told.caption("you"));
        }
        box.getStyleClass().add("wf-admin-name");
        return box;
    }

    /// What is missing has a shape of its own.
    private Node factor(UserRow user) {
        boolean missing = !user.secondFactor() && model.isRequired(user.role());
        Label text = new Label(user.secondFactor() ? "Yes" : missing ? "Missing" : "No");
        if (missing) {
            Region mark = new Region();
            mark.getStyleClass().add(Styles.STATE_MARK);
            mark.pseudoClassStateChanged(Styles.WARN, true);
            text.setGraphic(mark);
        }
        text.getStyleClass().add(missing ? Styles.WARN_TEXT : user.secondFactor() ? "wf-plain" : Styles.MUTED);
        return text;
    }

    private static Node state(UserRow user) {
        Label state = new Label(user.disabled() ? "Disabled" : user.mustChangePassword() ? "Password is due" : "");
        state.getStyleClass().add(user.disabled() ? "wf-badge" : Styles.MUTED);
        return state;
    }

    private void fill() {
        switch (model.usersProperty().get()) {
            case Loaded.Waiting<UserList> _ -> {
                if (table.getItems().isEmpty()) {
                    count.setText("Asking the server …");
                }
            }
            case Loaded.Failed<UserList>(String why) -> count.setText(why);
            case Loaded.Shown<UserList>(UserList all) -> {
                List<UserRow> found = model.found();
                lookedAt.fill(found);
                int active = (int) all.users().stream().filter(user -> !user.disabled()).count();
                count.setText(found.size() == all.users().size()
                        ? Words.people(all.users().size(), active)
                        : found.size() + " of " + all.users().size());
            }
        }
        // what was tried with him may have been refused
        lookedAt.showAgain();
    }

    private void showRules(Loaded<SecuritySettings> known) {
        table.refresh();
        if (known instanceof Loaded.Shown<SecuritySettings>(SecuritySettings settings)) {
            Label text = new Label("A second factor is required of");
            rules.getChildren().setAll(text);
            for (Role role : List.of(Role.ADMIN, Role.EDITOR, Role.VIEWER)) {
                CheckBox box = new CheckBox(Words.roles(role).toLowerCase(java.util.Locale.ROOT));
                box.setId("require-" + role.name().toLowerCase(java.util.Locale.ROOT));
                box.setAccessibleText("A second factor is required of " + box.getText());
                box.setSelected(settings.secondFactorRoles().contains(role));
                box.setOnAction(_ -> model.require(role, box.isSelected()));
                rules.getChildren().add(box);
            }
            rules.setAlignment(Pos.CENTER_LEFT);
        }
    }

    Section section() {
        return section;
    }
}
