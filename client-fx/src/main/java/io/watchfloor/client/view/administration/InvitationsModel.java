package io.watchfloor.client.view.administration;

import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.GroupList;
import io.watchfloor.protocol.rest.GroupRow;
import io.watchfloor.protocol.rest.InvitationList;
import io.watchfloor.protocol.rest.InvitationRow;
import io.watchfloor.protocol.rest.NewInvitation;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import org.jspecify.annotations.Nullable;

/// What the page of invitations shows and does. FX thread only.
public final class InvitationsModel implements SectionModel {

    /// Days until an invitation is over, to choose from.
    public static final List<Integer> DAYS = List.of(1, 3, 7, 14, 30);

    /// An invitation that was just made. The link is shown now, and never again.
    ///
    /// @param link makes one account, once
    public record Made(String link, InvitationRow row) {

        @Override
        public String toString() {
            return "Made[" + row + "]";
        }
    }

    private final Administration administration;
    private final Notices notices;
    private final Asked<InvitationList> invitations;
    private final Asked<GroupList> groups;
    private final ReadOnlyObjectWrapper<@Nullable Made> made = new ReadOnlyObjectWrapper<>();

    public InvitationsModel(Administration administration, Notices notices) {
        this.administration = administration;
        this.notices = notices;
        invitations = new Asked<>(administration::invitations, notices);
        groups = new Asked<>(administration::groups, notices);
    }

    @Override
    public void refresh() {
        invitations.refresh();
        groups.refresh();
    }

    public ReadOnlyObjectProperty<Loaded<InvitationList>> invitationsProperty() {
        return invitations.stateProperty();
    }

    public ReadOnlyObjectProperty<Loaded<GroupList>> groupsProperty() {
        return groups.stateProperty();
    }

    /// Why the last thing asked for was not done; empty for nothing.
    @Override
    public ReadOnlyStringProperty problemProperty() {
        return invitations.problemProperty();
    }

    /// The invitation that was just made; null where none was, or its link was put away.
    public ReadOnlyObjectProperty<@Nullable Made> madeProperty() {
        return made.getReadOnlyProperty();
    }

    /// Names of the groups that somebody can be invited into.
    public List<String> groups() {
        GroupList all = groups.value();
        return all == null ? List.of() : all.groups().stream().map(GroupRow::name).toList();
    }

    /// @param name of the account; empty to let the invited person choose
    /// @param refused told where it was not made
    public void invite(String name, Role role, List<String> into, int days, Runnable refused) {
        String meant = name.strip();
        invitations.act(
                administration.invite(new NewInvitation(meant.isEmpty() ? null : meant, role, into, days)),
                created -> made.set(new Made(administration.link(created.code()), created.row())), refused);
    }

    /// Forgets the link.
    public void putAway() {
        made.set(null);
    }

    public void withdraw(InvitationRow invitation) {
        invitations.act(administration.withdraw(invitation.id()), _ -> {
            Made shown = made.get();
            if (shown != null && shown.row().id().equals(invitation.id())) {
                made.set(null);
            }
            notices.show("The invitation was withdrawn. Its link does nothing any more.");
        });
    }

    @Override
    public void close() {
        invitations.close();
        groups.close();
    }
}
