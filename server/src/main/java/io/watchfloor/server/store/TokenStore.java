package io.watchfloor.server.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The refresh tokens, service tokens and keys of the installation.
///
/// Each call is one transaction. Calls block; make them from a virtual thread. They fail with [StoreException]. Times
/// are milliseconds since 1970 UTC. Thread-safe.
public interface TokenStore {

    /// Starts a family, and remembers that its account was signed in to.
    void startFamily(RefreshFamily family);

    /// When each account was signed in to last, by name; without those that nobody has signed in to.
    Map<String, Long> lastSignIns();

    @Nullable
    RefreshFamily family(UUID id);

    /// Replaces the family's token by its successor, if `generation` is still the one that is good.
    ///
    /// @param address that the renewal came from
    /// @return false where another call was first, or the family has ended
    boolean renew(UUID family, int generation, TokenHash successor, String address, long now);

    /// The families of an account, the last renewed first.
    List<RefreshFamily> families(String account);

    /// Ends a family. That it has ended is part of the [RightsRecord] until it is forgotten.
    ///
    /// @return false where there is none
    boolean endFamily(UUID family);

    /// Ends the families of an account, but for one.
    ///
    /// @param but absent to end all
    /// @return how many have ended
    int endFamilies(String account, @Nullable UUID but);

    /// Forgets which families ended more than so long ago: later than access tokens of theirs live.
    void forgetEnded(Duration ago);

    /// Ends families that were not renewed since, or were started before.
    void endFamilies(long notRenewedSince, long startedBefore);

    /// Remembers that an account, however its letters are cased, was signed in to from a place.
    void rememberPlace(String account, String place, long now);

    /// Whether an account, however its letters are cased, was signed in to from a place.
    ///
    /// @param since a time; before it does not count
    boolean isPlaceOf(String account, String place, long since);

    /// Forgets places that nobody has signed in from since.
    void forgetPlaces(long before);

    List<SigningKey> signingKeys();

    void addSigningKey(SigningKey key);

    /// Puts a key in place of the one with its id.
    void replaceSigningKey(SigningKey key);

    /// Removes keys of a purpose that are older.
    void removeSigningKeys(SigningKey.Purpose purpose, long createdBefore);

    /// @return false where there is one of this name already; nothing is changed then
    boolean addServiceToken(ServiceToken token);

    /// All service tokens, by name; expired ones too.
    List<ServiceToken> serviceTokens();

    /// @return false where there is none
    boolean removeServiceToken(String id);

    /// Remembers that service tokens were used. One that is gone, or was used later already, stays as it is.
    ///
    /// @param uses times of the last use, by id
    void used(Map<String, Long> uses);

    /// When each service token was used last, by id; without those that never were.
    Map<String, Long> lastUses();
}
