package io.watchfloor.client.view.administration;

import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.OneTimePassword;
import io.watchfloor.protocol.rest.SecuritySettings;
import io.watchfloor.protocol.rest.SessionList;
import io.watchfloor.protocol.rest.UserList;
import io.watchfloor.protocol.rest.UserRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/// What the page of all people shows and does. FX thread only.
public final class PeopleModel implements SectionModel.Choosing<UserRow> {

    /// Why an administrator cannot change his own account here.
    static final String OWN = "This is your own account. Another administrator can change its role or disable it;"
            + " password and second factor are on your account page.";

    private final Administration administration;
    private final Notices notices;
    private final Asked<UserList> users;
    private final Asked<SecuritySettings> security;
    private final StringProperty search = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<@Nullable UserRow> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Loaded<SessionList>> sessions = new ReadOnlyObjectWrapper<>(
            new Loaded.Waiting<>());
    private final ReadOnlyObjectWrapper<@Nullable OneTimePassword> made = new ReadOnlyObjectWrapper<>();
    private @Nullable Asked<SessionList> sessionsOfChosen;

    public PeopleModel(Administration administration, Notices notices) {
        this.administration = administration;
        this.notices = notices;
        users = new Asked<>(administration::users, notices);
        security = new Asked<>(administration::security, notices);
        users.stateProperty().subscribe(_ -> follow());
    }

    /// Asks for everything anew.
    @Override
    public void refresh() {
        users.refresh();
        security.refresh();
        if (sessionsOfChosen != null) {
            sessionsOfChosen.refresh();
        }
    }

    public ReadOnlyObjectProperty<Loaded<UserList>> usersProperty() {
        return users.stateProperty();
    }

    /// Why the last thing asked for was not done; empty for nothing.
    @Override
    public ReadOnlyStringProperty problemProperty() {
        return users.problemProperty();
    }

    public ObservableValue<Loaded<SecuritySettings>> securityProperty() {
        return security.stateProperty();
    }

    /// Why the last decision about second factors was not taken; empty for nothing.
    public ReadOnlyStringProperty securityProblemProperty() {
        return security.problemProperty();
    }

    /// Part of a name, a group or a role.
    public StringProperty searchProperty() {
        return search;
    }

    /// Those that are looked for, by name.
    public List<UserRow> found() {
        UserList all = users.value();
        String text = search.get().strip().toLowerCase(Locale.ROOT);
        return all == null ? List.of() : all.users().stream().filter(user -> fits(user, text)).toList();
    }

    private static boolean fits(UserRow user, String text) {
        return user.name().toLowerCase(Locale.ROOT).contains(text)
                || Words.role(user.role()).toLowerCase(Locale.ROOT).startsWith(text)
                || user.groups().stream().anyMatch(group -> group.toLowerCase(Locale.ROOT).contains(text));
    }

    /// Who is looked at; null for nobody.
    @Override
    public ReadOnlyObjectProperty<@Nullable UserRow> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /// The sign-ins of who is looked at.
    public ReadOnlyObjectProperty<Loaded<SessionList>> sessionsProperty() {
        return sessions.getReadOnlyProperty();
    }

    /// A one-time password that was made for who is looked at: shown now, and never again.
    public ReadOnlyObjectProperty<@Nullable OneTimePassword> madeProperty() {
        return made.getReadOnlyProperty();
    }

    /// Looks at somebody; null for nobody any more.
    @Override
    public void choose(@Nullable UserRow user) {
        UserRow before = chosen.get();
        if (before != null && user != null && before.name().equals(user.name())) {
            return;
        }
        made.set(null);
        if (sessionsOfChosen != null) {
            sessionsOfChosen.close();
            sessionsOfChosen = null;
        }
        sessions.set(new Loaded.Waiting<>());
        chosen.set(user);
        if (user != null) {
            Asked<SessionList> asked = new Asked<>(() -> administration.sessions(user.name()), notices);
            sessionsOfChosen = asked;
            asked.stateProperty().subscribe(state -> sessions.set(state));
            asked.refresh();
        }
    }

    /// The one who is looked at is shown as he is now.
    private void follow() {
        UserList all = users.value();
        UserRow before = chosen.get();
        if (all != null && before != null) {
            chosen.set(all.users().stream().filter(user -> user.name().equals(before.name())).findFirst().orElse(null));
        }
    }

    /// Whether it is the account of who looks.
    public boolean isMe(UserRow user) {
        return user.name().equals(administration.me());
    }

    public void changeRole(UserRow user, Role role) {
        if (role != user.role()) {
            users.act(administration.changeRole(user.name(), role),
                    _ -> notices.show(user.name() + " is " + Words.aRole(role) + " now.", "Undo",
                            () -> users.act(administration.changeRole(user.name(), user.role()), _ -> {})));
        }
    }

    /// Keeps somebody from signing in, or lets him again.
    public void changeDisabled(UserRow user, boolean disabled) {
        users.act(administration.changeDisabled(user.name(), disabled), _ -> {
            notices.show(disabled
                    ? user.name() + " is disabled and was signed out everywhere."
                    : user.name() + " can sign in again.", "Undo",
                    () -> users.act(administration.changeDisabled(user.name(), !disabled), _ -> {}));
            refreshSessions();
        });
    }

    public void resetPassword(UserRow user) {
        users.act(administration.resetPassword(user.name()), password -> {
            if (chosen.get() != null && chosen.get().name().equals(password.name())) {
                made.set(password);
            } else {
                notices.show("The password of " + password.name() + " was reset, and the new one was not shown because"
                        + " somebody else is looked at. Reset it again to see one.");
            }
            refreshSessions();
        });
    }

    public void resetSecondFactor(UserRow user) {
        users.act(administration.resetSecondFactor(user.name()), _ -> {
            notices.show("The second factor of " + user.name()
                    + " is gone. The password alone signs in, and a new factor can be added.");
            refreshSessions();
        });
    }

    public void endSessions(UserRow user) {
        users.act(administration.endSessions(user.name()), _ -> {
            notices.show(user.name() + " was signed out everywhere.");
            refreshSessions();
        });
    }

    private void refreshSessions() {
        if (sessionsOfChosen != null) {
            sessionsOfChosen.refresh();
        }
    }

    /// Whether those of a role have to have a second factor; false where that is not known.
    public boolean isRequired(Role role) {
        SecuritySettings settings = security.value();
        return settings != null && settings.secondFactorRoles().contains(role);
    }

    public void require(Role role, boolean required) {
        SecuritySettings before = security.value();
        if (before == null || before.secondFactorRoles().contains(role) == required) {
            return;
        }
        security.act(administration.requireSecondFactor(with(before, role, required)),
                _ -> notices.show(Words.roles(role) + (required
                        ? " have to sign in with a second factor from their next sign-in on."
                        : " may sign in with a password alone."), "Undo",
                        () -> security.act(administration.requireSecondFactor(
                                with(Objects.requireNonNullElse(security.value(), before), role, !required)),
                                _ -> {})));
    }

    /// What was decided for other roles stays.
    private static List<Role> with(SecuritySettings settings, Role role, boolean required) {
        List<Role> roles = new ArrayList<>(settings.secondFactorRoles());
        roles.remove(role);
        if (required) {
            roles.add(role);
        }
        return roles;
    }

    @Override
    public void close() {
        users.close();
        security.close();
        if (sessionsOfChosen != null) {
            sessionsOfChosen.close();
        }
    }
}
