package io.watchfloor.client.view.administration;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.format.Moments;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.People;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.SecuritySettings;
import io.watchfloor.protocol.rest.UserList;
import io.watchfloor.protocol.rest.UserRow;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
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

/// The page of all people, with the one who is looked at beside them. FX thread only.
final class PeopleView implements Section {

    private static final ZoneId ZONE = ZoneId.systemDefault();

    private final PeopleModel model;
    private final LongSupplier now;
    private final BorderPane root = new BorderPane();
    private final TableView<UserRow> table = Columns.table("people-table", "People",
            "Nobody here has such a name, group or role.");
    private final TextField search = new TextField();
    private final Label count = new Label();
    private final HBox rules = new HBox();
    private final Subscription subscriptions;
    private @Nullable PersonPanel panel;
    private boolean filling;

    /// @param now milliseconds since 1970 UTC, server time
    /// @param invite goes to where people are invited
    PeopleView(PeopleModel model, LongSupplier now, Runnable invite) {
        this.model = model;
        this.now = now;
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
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox column = new VBox(head, Told.line(model.problemProperty(), Styles.ALARM_TEXT), table, rules,
                Told.line(model.securityProblemProperty(), Styles.ALARM_TEXT));
        column.getStyleClass().add("wf-admin-page");
        root.setCenter(column);
        columns();
        table.getSelectionModel().selectedItemProperty().subscribe(user -> {
            if (!filling) {
                model.choose(user);
            }
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.choose(null);
            }
        });
        subscriptions = Subscription.combine(model.usersProperty().subscribe(_ -> fill()),
                model.searchProperty().subscribe(_ -> fill()), model.chosenProperty().subscribe(this::showPanel),
                model.securityProperty().subscribe(this::showRules));
        model.refresh();
    }

    private void columns() {
        table.getColumns().setAll(List.of(Columns.nodes("Name", 240, this::name),
                Columns.text("Role", 110, user -> Words.role(user.role())),
                Columns.nodes("Second factor", 110, this::factor),
                Columns.text("Last sign-in", 110, this::lastSignIn, user -> user.signedInAt() == null
                        ? ""
                        : Moments.exact(user.signedInAt(), ZONE) + "\n" + Moments.utc(user.signedInAt())),
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

    private String lastSignIn(UserRow user) {
        return user.signedInAt() == null ? "Never" : Ages.text(now.getAsLong() - user.signedInAt()) + " ago";
    }

    private static Node state(UserRow user) {
        Label state = new Label(user.disabled() ? "Disabled" : user.mustChangePassword() ? "Password is due" : "");
        state.getStyleClass().add(user.disabled() ? "wf-badge" : Styles.MUTED);
        return state;
    }

    private void fill() {
        String chosen = model.chosenProperty().get() == null ? "" : model.chosenProperty().get().name();
        filling = true;
        switch (model.usersProperty().get()) {
            case Loaded.Waiting<UserList> _ -> {
                if (table.getItems().isEmpty()) {
                    count.setText("Asking the server …");
                }
            }
            case Loaded.Failed<UserList>(String why) -> count.setText(why);
            case Loaded.Shown<UserList>(UserList all) -> {
                List<UserRow> found = model.found();
                table.getItems().setAll(found);
                int active = (int) all.users().stream().filter(user -> !user.disabled()).count();
                count.setText(found.size() == all.users().size()
                        ? all.users().size() + " people, " + active + " of them can sign in"
                        : found.size() + " of " + all.users().size());
            }
        }
        table.getItems().stream().filter(user -> user.name().equals(chosen)).findFirst()
                .ifPresentOrElse(user -> table.getSelectionModel().select(user),
                        () -> table.getSelectionModel().clearSelection());
        filling = false;
        UserRow shown = model.chosenProperty().get();
        if (panel != null && shown != null) {
            // what was tried with him may have been refused
            panel.show(shown);
        }
    }

    private void showPanel(@Nullable UserRow user) {
        PersonPanel open = panel;
        if (user == null) {
            panel = null;
            root.setRight(null);
            if (!table.getSelectionModel().isEmpty()) {
                table.getSelectionModel().clearSelection();
            }
        } else if (open != null && open.name().equals(user.name())) {
            open.show(user);
        } else {
            if (open != null) {
                open.dispose();
            }
            panel = new PersonPanel(model, user, now);
            root.setRight(panel.node());
        }
        if (user == null && open != null) {
            open.dispose();
        }
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

    @Override
    public Node node() {
        return root;
    }

    @Override
    public void focus() {
        search.requestFocus();
    }

    @Override
    public void refresh() {
        model.refresh();
    }

    @Override
    public void dispose() {
        subscriptions.unsubscribe();
        if (panel != null) {
            Objects.requireNonNull(panel).dispose();
        }
        model.close();
    }
}
