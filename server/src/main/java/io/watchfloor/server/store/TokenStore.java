package io.watchfloor.server.store;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The refresh tokens, service tokens and keys of the installation.
///
/// Each call is one transaction. Calls block; make them from a virtual thread. They fail with [StoreException]. Times
/// are milliseconds since 1970 UTC. Thread-safe.
public interface TokenStore {

    void startFamily(RefreshFamily family);

    @Nullable
    RefreshFamily family(UUID id);

    /// Replaces the family's token by its successor, if `generation` is still the one that is good.
    ///
    /// @return false where another call was first, or the family has ended
    boolean renew(UUID family, int generation, TokenHash successor, long now);

    void endFamily(UUID family);

    /// Ends families that were not renewed since, or were started before.
    void endFamilies(long notRenewedSince, long startedBefore);

    List<SigningKey> signingKeys();

    void addSigningKey(SigningKey key);

    /// Removes keys of a purpose that are older.
    void removeSigningKeys(SigningKey.Purpose purpose, long createdBefore);

    /// @return false where there is one of this name already; nothing is changed then
    boolean addServiceToken(ServiceToken token);

    /// All service tokens, by name; expired ones too.
    List<ServiceToken> serviceTokens();

    /// @return false where there is none
    boolean removeServiceToken(String id);
}
