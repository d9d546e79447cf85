package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.SessionRow;
import io.watchfloor.server.store.RefreshFamily;
import io.watchfloor.server.store.TokenStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The sign-ins of an account, for those who want to see or end them. Those that end are void on every instance within a
/// second of [#changed]: their access tokens, and their connections.
///
/// Calls block; they fail with [io.watchfloor.server.store.StoreException]. Thread-safe.
public final class SignInList {

    private final TokenStore store;
    private final Rights rights;

    public SignInList(TokenStore store, Rights rights) {
        this.store = store;
        this.rights = rights;
    }

    /// The last used first.
    ///
    /// @param current the sign-in that asks; absent for an administrator
    public List<SessionRow> of(String account, @Nullable UUID current) {
        return store.families(account).stream().map(family -> row(family, current)).toList();
    }

    private static SessionRow row(RefreshFamily family, @Nullable UUID current) {
        return new SessionRow(family.id().toString(), family.device().name(), family.device().address(),
                family.startedAt(), family.renewedAt(), family.id().equals(current));
    }

    /// When each account was signed in to last, by name; without those that nobody has signed in to.
    public Map<String, Long> last() {
        return store.lastSignIns();
    }

    /// @return false where the account has no such sign-in
    public boolean end(String account, UUID id) {
        RefreshFamily family = store.family(id);
        return family != null && family.account().equals(account) && store.endFamily(id);
    }

    /// To be called when sign-ins have ended for good: all instances hear of it.
    public void changed() {
        rights.changed();
    }

    /// Ends the sign-ins of an account.
    ///
    /// @param but the one that stays; absent to end all
    /// @return how many have ended
    public int endAll(String account, @Nullable UUID but) {
        return store.endFamilies(account, but);
    }
}
