package io.watchfloor.client.view.administration;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.format.Moments;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.OneTimePassword;
import io.watchfloor.protocol.rest.SessionList;
import io.watchfloor.protocol.rest.SessionRow;
import io.watchfloor.protocol.rest.UserRow;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// One of the people beside the others: role, ways to sign in, sign-ins. FX thread only.
final class PersonPanel implements LookedAt.Panel<UserRow> {

    private static final ZoneId ZONE = ZoneId.systemDefault();

    private final PeopleModel model;
    private final LongSupplier now;
    private final SidePanel panel;
    private final Map<Role, RadioButton> roles = new EnumMap<>(Role.class);
    private final Label facts = Told.caption("");
    private final VBox secret = new VBox();
    private final Button resetPassword = new Button("Reset password");
    private final Button resetFactor = new Button("Reset second factor");
    private final Button disable = new Button("Disable");
    private final Button endSessions = new Button("Sign out everywhere");
    private final Label reason = Told.caption("");
    private final VBox sessions = new VBox();
    private final Subscription subscriptions;
    private UserRow user;

    PersonPanel(PeopleModel model, UserRow user, LongSupplier now) {
        this.model = model;
        this.user = user;
        this.now = now;
        panel = new SidePanel(user.name(), () -> model.choose(null));
        VBox acts = new VBox(resetPassword, resetFactor, disable);
        acts.getStyleClass().add("wf-admin-acts");
        button(resetPassword, "reset-password", () -> model.resetPassword(this.user));
        button(resetFactor, "reset-factor", () -> model.resetSecondFactor(this.user));
        button(disable, "disable", () -> model.changeDisabled(this.user, !this.user.disabled()));
        button(endSessions, "end-sessions", () -> model.endSessions(this.user));
        sessions.getStyleClass().add("wf-admin-sessions");
        panel.content().getChildren().addAll(facts, titled("Role", roles()), titled("Account", acts), reason, secret,
                titled("Signed in at", sessions), endSessions);
        subscriptions = Subscription.combine(model.madeProperty().subscribe(this::showSecret),
                model.sessionsProperty().subscribe(this::showSessions));
        show(user);
    }

    private static void button(Button button, String id, Runnable act) {
        button.setId(id);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(_ -> act.run());
    }

    private static VBox titled(String title, Node content) {
        Label label = new Label(title);
        label.getStyleClass().add(Styles.FIELD_LABEL);
        return new VBox(label, content);
    }

    private VBox roles() {
        VBox box = new VBox();
        box.getStyleClass().add("wf-admin-roles");
        ToggleGroup group = new ToggleGroup();
        for (Role role : Role.values()) {
            RadioButton button = new RadioButton(Words.role(role));
            button.setId("role-" + role.name().toLowerCase(Locale.ROOT));
            button.setToggleGroup(group);
            button.setAccessibleHelp(Words.meaning(role));
            button.setOnAction(_ -> model.changeRole(user, role));
            roles.put(role, button);
            Label meaning = Told.caption(Words.meaning(role));
            meaning.getStyleClass().add("wf-admin-meaning");
            box.getChildren().addAll(button, meaning);
        }
        return box;
    }

    @Override
    public Node node() {
        return panel.node();
    }

    /// Shows him as he is now.
    @Override
    public void show(UserRow fresh) {
        user = fresh;
        boolean me = model.isMe(fresh);
        roles.forEach((role, button) -> {
            button.setSelected(role == fresh.role());
            button.setDisable(me);
        });
        String groups = fresh.groups().isEmpty() ? "in no group" : "in " + String.join(", ", fresh.groups());
        facts.setText("Here since " + Moments.day(fresh.createdAt(), ZONE) + ", " + groups + ".");
        disable.setText(fresh.disabled() ? "Enable" : "Disable");
        disable.setDisable(me);
        resetPassword.setDisable(me);
        resetFactor.setDisable(me || !fresh.secondFactor());
        resetFactor.setTooltip(fresh.secondFactor() ? null : new Tooltip("There is none."));
        reason.setText(me
                ? PeopleModel.OWN
                : fresh.secondFactor() ? "" : "No second factor has been added, so there is none to reset.");
        reason.setVisible(!reason.getText().isEmpty());
        reason.setManaged(!reason.getText().isEmpty());
        showSessions(model.sessionsProperty().get());
    }

    private void showSecret(@Nullable OneTimePassword made) {
        secret.getChildren().clear();
        if (made != null) {
            secret.getChildren().add(Told.secret("New password for " + made.name(),
                    "It is shown only now, and has to be changed at the next sign-in. Everything that was signed in"
                            + " has been signed out.",
                    made.password(), () -> secret.getChildren().clear()));
        }
        secret.setVisible(made != null);
        secret.setManaged(made != null);
    }

    private void showSessions(Loaded<SessionList> known) {
        sessions.getChildren().setAll(switch (known) {
            case Loaded<SessionList> _ when user.disabled() -> Told.caption("Nowhere: the account is disabled.");
            case Loaded.Waiting<SessionList> _ -> Told.caption("Asking the server …");
            case Loaded.Failed<SessionList>(String why) -> Told.caption(why);
            case Loaded.Shown<SessionList>(SessionList list) when list.sessions().isEmpty() ->
                Told.caption("Nowhere at the moment.");
            case Loaded.Shown<SessionList>(SessionList list) -> {
                VBox rows = new VBox();
                rows.getStyleClass().add("wf-admin-sessions");
                list.sessions().forEach(session -> rows.getChildren().add(row(session)));
                yield rows;
            }
        });
        boolean any = !user.disabled() && known instanceof Loaded.Shown<SessionList>(SessionList list)
                && !list.sessions().isEmpty();
        endSessions.setDisable(!any);
    }

    private Node row(SessionRow session) {
        String device = session.device().isEmpty() ? "A desktop" : PlainText.line(session.device());
        Label name = new Label(device);
        Label where = Told.caption(session.address() + ", used " + Ages.text(now.getAsLong() - session.usedAt())
                + " ago");
        where.setTooltip(new Tooltip("Since " + Moments.exact(session.startedAt(), ZONE) + "\n"
                + Moments.utc(session.startedAt())));
        return new VBox(name, where);
    }

    @Override
    public void dispose() {
        subscriptions.unsubscribe();
    }
}
