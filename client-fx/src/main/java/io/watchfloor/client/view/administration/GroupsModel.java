package io.watchfloor.client.view.administration;

import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.protocol.rest.GroupList;
import io.watchfloor.protocol.rest.GroupRow;
import io.watchfloor.protocol.rest.UserList;
import io.watchfloor.protocol.rest.UserRow;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import org.jspecify.annotations.Nullable;

/// What the page of groups shows and does. FX thread only.
public final class GroupsModel implements SectionModel.Choosing<GroupRow> {

    private final Administration administration;
    private final Notices notices;
    private final Asked<GroupList> groups;
    private final Asked<UserList> users;
    private final ReadOnlyObjectWrapper<@Nullable GroupRow> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper removing = new ReadOnlyBooleanWrapper();
    /// The name that the group which is looked at has from the next answer on.
    private @Nullable String awaited;

    public GroupsModel(Administration administration, Notices notices) {
        this.administration = administration;
        this.notices = notices;
        groups = new Asked<>(administration::groups, notices);
        users = new Asked<>(administration::users, notices);
        groups.stateProperty().subscribe(_ -> follow());
    }

    @Override
    public void refresh() {
        groups.refresh();
        users.refresh();
    }

    public ReadOnlyObjectProperty<Loaded<GroupList>> groupsProperty() {
        return groups.stateProperty();
    }

    /// Told when it is known who there is.
    public ReadOnlyObjectProperty<Loaded<UserList>> usersProperty() {
        return users.stateProperty();
    }

    /// Why the last thing asked for was not done; empty for nothing.
    @Override
    public ReadOnlyStringProperty problemProperty() {
        return groups.problemProperty();
    }

    /// The group that is looked at; null for none.
    @Override
    public ReadOnlyObjectProperty<@Nullable GroupRow> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /// Whether it is being asked if that group is to go.
    public ReadOnlyBooleanProperty removingProperty() {
        return removing.getReadOnlyProperty();
    }

    @Override
    public void choose(@Nullable GroupRow group) {
        removing.set(false);
        awaited = group == null ? null : group.name();
        chosen.set(group);
    }

    private void follow() {
        GroupList all = groups.value();
        if (all != null && awaited != null) {
            chosen.set(all.groups().stream().filter(group -> group.name().equals(awaited)).findFirst().orElse(null));
        }
    }

    /// Who could be added to the group that is looked at.
    public List<String> others() {
        UserList all = users.value();
        GroupRow group = chosen.get();
        return all == null || group == null
                ? List.of()
                : all.users().stream().map(UserRow::name).filter(name -> !group.members().contains(name)).toList();
    }

    /// Makes a group and looks at it.
    ///
    /// @param refused told where it was not made
    public void add(String name, Runnable refused) {
        if (!name.isBlank()) {
            groups.act(administration.addGroup(name.strip()), this::choose, refused);
        }
    }

    public void rename(GroupRow group, String name) {
        String wanted = name.strip();
        if (!wanted.isEmpty() && !wanted.equals(group.name())) {
            groups.act(administration.renameGroup(group.name(), wanted), _ -> {
                renamed(group.name(), wanted);
                notices.show("'" + group.name() + "' is called '" + wanted + "' now.", "Undo",
                        () -> groups.act(administration.renameGroup(wanted, group.name()),
                                _ -> renamed(wanted, group.name())));
            });
        }
    }

    /// Another one may be looked at by now.
    private void renamed(String before, String after) {
        if (before.equals(awaited)) {
            awaited = after;
        }
    }

    public void addMember(GroupRow group, String name) {
        groups.act(administration.addMember(group.name(), name), _ -> {});
    }

    public void removeMember(GroupRow group, String name) {
        groups.act(administration.removeMember(group.name(), name),
                _ -> notices.show(name + " is not in '" + group.name() + "' any more.", "Undo",
                        () -> addMember(group, name)));
    }

    /// Asks whether the group that is looked at is to go: what was shared with it cannot be brought back.
    public void askToRemove(boolean asking) {
        removing.set(asking && chosen.get() != null);
    }

    public void remove(GroupRow group) {
        groups.act(administration.removeGroup(group.name()), _ -> {
            if (group.name().equals(awaited)) {
                choose(null);
            }
            notices.show("The group '" + group.name() + "' is gone.");
        });
    }

    @Override
    public void close() {
        groups.close();
        users.close();
    }
}
