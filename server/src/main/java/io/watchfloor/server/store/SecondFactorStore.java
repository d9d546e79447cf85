package io.watchfloor.server.store;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Second factors of accounts.
///
/// Each call is one transaction. Calls block; make them from a virtual thread. They fail with [StoreException].
/// Thread-safe.
public interface SecondFactorStore {

    /// @return null where the account never had one
    @Nullable
    SecondFactor secondFactor(String account);

    /// Names of the accounts that have one that is confirmed.
    Set<String> withSecondFactor();

    /// Keeps a secret that waits for its confirmation, in place of an earlier one that does.
    ///
    /// @param now milliseconds since 1970 UTC
    void keepPending(String account, byte[] sealed, long now);

    /// The pending secret becomes the one that counts, with new recovery codes.
    ///
    /// @param step of the code that confirmed it; no code of that time or earlier is good from now on
    /// @return false where none waits
    boolean confirm(String account, long step, List<TokenHash> recoveryCodes);

    /// Uses up a time step, so that its code works once, however many use it at the same time.
    ///
    /// @return false where that or a later one was used before
    boolean useStep(String account, long step);

    /// Uses up a recovery code.
    ///
    /// @return false where there is no such code
    boolean useRecoveryCode(String account, TokenHash code);

    void replaceRecoveryCodes(String account, List<TokenHash> codes);

    /// @return false where the account has none
    boolean removeSecondFactor(String account);
}
