package io.watchfloor.server.store;

import java.util.List;

/// Groups of people. Each change raises [RightsStore#revision()].
///
/// Each call is one transaction. Calls block; make them from a virtual thread. They fail with [StoreException].
/// Thread-safe.
public interface GroupStore {

    /// All groups, by name.
    List<Group> groups();

    /// @return false where there is one of this name already, however cased
    boolean addGroup(String name, long now);

    /// Gives a group another name; its members, what was granted to it and invitations into it stay.
    GroupChange renameGroup(String name, String newName);

    /// Removes a group and all that was granted to it.
    ///
    /// @return false where there is none
    boolean removeGroup(String name);

    /// @return false where there is no such group or account; to add somebody twice does no harm
    boolean addMember(String group, String account);

    /// @return false where he was no member
    boolean removeMember(String group, String account);
}
