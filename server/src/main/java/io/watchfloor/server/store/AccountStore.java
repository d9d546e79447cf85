package io.watchfloor.server.store;

import io.watchfloor.protocol.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The accounts, and the one-time codes that sign in to them.
///
/// Each call is one transaction. Calls block; make them from a virtual thread. They fail with [StoreException]. Times
/// are milliseconds since 1970 UTC. Thread-safe.
public interface AccountStore {

    /// All accounts, by name.
    List<Account> accounts();

    /// The account of this name, however its letters are cased.
    @Nullable
    Account account(String name);

    /// @return false where there is one of this name already, however cased; nothing is changed then
    boolean add(Account account);

    /// Replaces the password, raises the generation, and ends all refresh families of the account.
    ///
    /// @param password Argon2id in PHC format
    /// @return the account as it is now, or null where there is none
    @Nullable
    Account changePassword(String name, String password);

    /// Replaces the password by one that must be changed, raises the generation, and ends all refresh families.
    ///
    /// @return false where there is no such account
    boolean resetPassword(String name, String password);

    /// Replaces the hash of a password by another one of the same password, where it is still that one.
    void rehash(String name, String old, String fresh);

    AccountChange changeRole(String name, Role role);

    /// Disabling leaves the refresh families, which are good for nothing then, so that whoever comes with one can be told
    /// why. Enabling ends them all.
    AccountChange changeDisabled(String name, boolean disabled);

    void addCode(TokenHash code, String account, long expiresAt);

    /// Takes a code away, so that it works once, however many take it at the same time.
    ///
    /// @return the account's name, or null where there is no such code or it has expired
    @Nullable
    String takeCode(TokenHash code, long now);
}
