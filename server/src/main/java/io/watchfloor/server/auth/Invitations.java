package io.watchfloor.server.auth;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.CreatedInvitation;
import io.watchfloor.protocol.rest.InvitationRow;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.GroupStore;
import io.watchfloor.server.store.Invitation;
import io.watchfloor.server.store.InvitationStore;
import io.watchfloor.server.store.TokenHash;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets people make accounts of their own with a link that works once.
///
/// Calls block; they fail with [io.watchfloor.server.store.StoreException]. Thread-safe.
public final class Invitations {

    private final InvitationStore store;
    private final GroupStore groups;
    private final Accounts accounts;
    private final InstantSource clock;
    private final SecureRandom random;

    public Invitations(InvitationStore store, GroupStore groups, Accounts accounts, InstantSource clock,
            SecureRandom random) {
        this.store = store;
        this.groups = groups;
        this.accounts = accounts;
        this.clock = clock;
        this.random = random;
    }

    /// @param name absent to let the invited person choose
    public CreatedInvitation make(@Nullable String name, Role role, List<String> into, Duration lasts, String by) {
        String code = Secret.random(random);
        long now = clock.millis();
        Invitation made = new Invitation(Secret.id(random), TokenHash.of(code), name, role, into, by, now,
                now + lasts.toMillis());
        store.invite(made);
        return new CreatedInvitation(code, row(made));
    }

    /// Those that nobody has accepted and that are not over, the newest first.
    public List<InvitationRow> list() {
        return store.invitations(clock.millis()).stream().map(Invitations::row).toList();
    }

    /// @return false where there is none
    public boolean revoke(String id) {
        return store.removeInvitation(id);
    }

    /// What a code invites to; null where it is wrong, was used before, or is over.
    public @Nullable Invitation find(String code) {
        Invitation found = store.invitation(TokenHash.of(code.strip()), clock.millis());
        return found != null && isGood(found) ? found : null;
    }

    /// Whether whoever made it may invite people still; those of the command line always may.
    public boolean isGood(Invitation invitation) {
        String by = invitation.invitedBy();
        Account maker = by == null ? null : accounts.find(by);
        return by == null || (maker != null && !maker.disabled() && maker.role() == Role.ADMIN);
    }

    /// The password of an account that is to be made, hashed before the transaction that makes it.
    public Accounts.Hashed hashed(String password) {
        return accounts.hashed(password);
    }

    /// Makes the account. To be called within one transaction: where it returns false, the invitation is used up only if
    /// that transaction is kept.
    ///
    /// @return false where somebody was first, or the name is taken
    public boolean accept(Invitation invitation, String name, Accounts.Hashed password) {
        if (!store.removeInvitation(invitation.id())
                || !accounts.addHashed(name, invitation.role(), password, false)) {
            return false;
        }
        invitation.groups().forEach(group -> groups.addMember(group, name));
        return true;
    }

    private static InvitationRow row(Invitation invitation) {
        return new InvitationRow(invitation.id(), invitation.name(), invitation.role(), invitation.groups(),
                invitation.invitedBy(), invitation.createdAt(), invitation.expiresAt());
    }
}
