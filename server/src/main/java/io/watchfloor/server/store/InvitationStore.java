package io.watchfloor.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Invitations that nobody has accepted yet.
///
/// Each call is one transaction. Calls block; make them from a virtual thread. They fail with [StoreException].
/// Thread-safe.
public interface InvitationStore {

    void invite(Invitation invitation);

    /// The newest first; those that are over are left out.
    List<Invitation> invitations(long now);

    /// @return null where there is none, or it is over
    @Nullable
    Invitation invitation(TokenHash code, long now);

    /// @return false where there is none; of many who remove it at the same time one gets true
    boolean removeInvitation(String id);
}
