package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.Device;
import io.watchfloor.server.store.RefreshFamily;
import io.watchfloor.server.store.ServiceToken;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.TokenHash;
import io.watchfloor.server.store.TokenStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tokens and keys in memory, for tests and simulation. Thread-safe.
public final class InMemoryTokens implements TokenStore {

    private record Place(String account, String place) {}

    private final Map<Place, Long> places = new HashMap<>();
    private final Map<UUID, RefreshFamily> families = new HashMap<>();
    private final Map<String, SigningKey> keys = new TreeMap<>();
    private final Map<String, ServiceToken> serviceTokens = new HashMap<>();
    private final Map<UUID, Long> ended = new HashMap<>();
    private final Map<String, Long> signIns = new HashMap<>();
    private final Map<String, Long> uses = new HashMap<>();
    private final Runnable changed;

    /// @param changed is called when rights have changed
    InMemoryTokens(Runnable changed) {
        this.changed = changed;
    }

    /// The families that ended lately.
    synchronized Set<UUID> ended() {
        return Set.copyOf(ended.keySet());
    }

    @Override
    public synchronized void startFamily(RefreshFamily family) {
        families.put(family.id(), family);
        signIns.merge(family.account(), family.startedAt(), Math::max);
    }

    @Override
    public synchronized Map<String, Long> lastSignIns() {
        return Map.copyOf(signIns);
    }

    @Override
    public synchronized @Nullable RefreshFamily family(UUID id) {
        return families.get(id);
    }

    @Override
    public synchronized boolean renew(UUID id, int generation, TokenHash successor, String address, long now) {
        RefreshFamily old = families.get(id);
        if (old == null || old.generation() != generation) {
            return false;
        }
        families.put(id, new RefreshFamily(id, old.account(), generation + 1, successor, old.passwordMayBeDue(),
                new Device(old.device().key(), old.device().name(), address), old.startedAt(), now));
        return true;
    }

    @Override
    public synchronized List<RefreshFamily> families(String account) {
        return families.values().stream().filter(family -> family.account().equals(account))
                .sorted(Comparator.comparingLong(RefreshFamily::renewedAt).reversed()).toList();
    }

    @Override
    public synchronized boolean endFamily(UUID family) {
        return endFamilies(List.of(family)) == 1;
    }

    @Override
    public synchronized int endFamilies(String account, @Nullable UUID but) {
        return endFamilies(families(account).stream().map(RefreshFamily::id).filter(id -> !id.equals(but)).toList());
    }

    private int endFamilies(List<UUID> ids) {
        int before = families.size();
        for (UUID id : ids) {
            if (families.remove(id) != null) {
                ended.put(id, System.nanoTime());
                changed.run();
            }
        }
        return before - families.size();
    }

    @Override
    public synchronized void forgetEnded(Duration ago) {
        long before = System.nanoTime() - ago.toNanos();
        ended.values().removeIf(at -> at - before < 0);
    }

    @Override
    public synchronized void endFamilies(long notRenewedSince, long startedBefore) {
        endFamilies(families.values().stream()
                .filter(f -> f.renewedAt() < notRenewedSince || f.startedAt() < startedBefore).map(RefreshFamily::id)
                .toList());
    }

    @Override
    public synchronized void rememberPlace(String account, String place, long now) {
        places.merge(new Place(account.toLowerCase(Locale.ROOT), place), now, Math::max);
    }

    @Override
    public synchronized boolean isPlaceOf(String account, String place, long since) {
        Long seen = places.get(new Place(account.toLowerCase(Locale.ROOT), place));
        return seen != null && seen >= since;
    }

    @Override
    public synchronized void forgetPlaces(long before) {
        places.values().removeIf(seen -> seen < before);
    }

    @Override
    public synchronized List<SigningKey> signingKeys() {
        return List.copyOf(keys.values());
    }

    @Override
    public synchronized void addSigningKey(SigningKey key) {
        keys.put(key.id(), key);
    }

    @Override
    public synchronized void replaceSigningKey(SigningKey key) {
        keys.replace(key.id(), key);
    }

    @Override
    public synchronized void removeSigningKeys(SigningKey.Purpose purpose, long createdBefore) {
        keys.values().removeIf(key -> key.purpose() == purpose && key.createdAt() < createdBefore);
    }

    @Override
    public synchronized boolean addServiceToken(ServiceToken token) {
        if (serviceTokens.values().stream().anyMatch(other -> other.name().equals(token.name()))) {
            return false;
        }
        serviceTokens.put(token.id(), token);
        changed.run();
        return true;
    }

    @Override
    public synchronized List<ServiceToken> serviceTokens() {
        return serviceTokens.values().stream().sorted(Comparator.comparing(ServiceToken::name)).toList();
    }

    @Override
    public synchronized boolean removeServiceToken(String id) {
        changed.run();
        return serviceTokens.remove(id) != null;
    }

    @Override
    public synchronized void used(Map<String, Long> used) {
        used.forEach((id, at) -> {
            if (serviceTokens.containsKey(id)) {
                uses.merge(id, at, Math::max);
            }
        });
    }

    @Override
    public synchronized Map<String, Long> lastUses() {
        return uses.entrySet().stream().filter(use -> serviceTokens.containsKey(use.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
