package io.watchfloor.server.store.memory;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.AccountStore;
import io.watchfloor.server.store.RefreshFamily;
import io.watchfloor.server.store.RightsRecord;
import io.watchfloor.server.store.RightsStore;
import io.watchfloor.server.store.ServiceToken;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.TokenHash;
import io.watchfloor.server.store.TokenStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Accounts, tokens and rights in memory, for tests and simulation. Of dashboards it knows what it is told with
/// [#dashboard]. Thread-safe.
public final class InMemoryAccounts implements AccountStore, TokenStore, RightsStore {

    private record Code(String account, long expiresAt) {}

    private record Grantee(DashboardId dashboard, @Nullable String account) {}

    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<TokenHash, Code> codes = new HashMap<>();
    private final Map<UUID, RefreshFamily> families = new HashMap<>();
    private final Map<String, SigningKey> keys = new TreeMap<>();
    private final Map<String, ServiceToken> serviceTokens = new HashMap<>();
    private final Map<DashboardId, RightsRecord.Owned> dashboards = new HashMap<>();
    private final Map<Grantee, Right> grants = new HashMap<>();
    private long revision = 1;

    /// Makes a dashboard known.
    public synchronized void dashboard(DashboardId dashboard, @Nullable String owner) {
        dashboards.put(dashboard, new RightsRecord.Owned(dashboard, owner));
        revision++;
    }

    /// Forgets all dashboards and what is granted on them.
    public synchronized void removeDashboards() {
        dashboards.clear();
        grants.clear();
        revision++;
    }

    /// Puts an account in place of the one of the same name.
    public synchronized void replace(Account account) {
        accounts.put(account.name(), account);
        revision++;
    }

    @Override
    public synchronized List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    @Override
    public synchronized @Nullable Account account(String name) {
        return accounts.values().stream().filter(a -> lower(a.name()).equals(lower(name))).findFirst().orElse(null);
    }

    @Override
    public synchronized boolean add(Account account) {
        if (account(account.name()) != null) {
            return false;
        }
        replace(account);
        return true;
    }

    @Override
    public synchronized @Nullable Account changePassword(String name, String password) {
        Account old = accounts.get(name);
        families.values().removeIf(family -> family.account().equals(name));
        if (old == null) {
            return null;
        }
        Account changed = new Account(name, old.role(), password, false, old.disabled(), old.generation() + 1,
                old.createdAt());
        replace(changed);
        return changed;
    }

    @Override
    public synchronized void addCode(TokenHash code, String account, long expiresAt) {
        codes.put(code, new Code(account, expiresAt));
    }

    @Override
    public synchronized @Nullable String takeCode(TokenHash code, long now) {
        Code taken = codes.remove(code);
        return taken == null || taken.expiresAt <= now ? null : taken.account;
    }

    @Override
    public synchronized void startFamily(RefreshFamily family) {
        families.put(family.id(), family);
    }

    @Override
    public synchronized @Nullable RefreshFamily family(UUID id) {
        return families.get(id);
    }

    @Override
    public synchronized boolean renew(UUID id, int generation, TokenHash successor, long now) {
        RefreshFamily old = families.get(id);
        if (old == null || old.generation() != generation) {
            return false;
        }
        families.put(id, new RefreshFamily(id, old.account(), generation + 1, successor, old.passwordMayBeDue(),
                old.startedAt(), now));
        return true;
    }

    @Override
    public synchronized void endFamily(UUID family) {
        families.remove(family);
    }

    @Override
    public synchronized void endFamilies(long notRenewedSince, long startedBefore) {
        families.values().removeIf(f -> f.renewedAt() < notRenewedSince || f.startedAt() < startedBefore);
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
    public synchronized void removeSigningKeys(SigningKey.Purpose purpose, long createdBefore) {
        keys.values().removeIf(key -> key.purpose() == purpose && key.createdAt() < createdBefore);
    }

    @Override
    public synchronized boolean addServiceToken(ServiceToken token) {
        if (serviceTokens.values().stream().anyMatch(other -> other.name().equals(token.name()))) {
            return false;
        }
        serviceTokens.put(token.id(), token);
        revision++;
        return true;
    }

    @Override
    public synchronized List<ServiceToken> serviceTokens() {
        return serviceTokens.values().stream().sorted(Comparator.comparing(ServiceToken::name)).toList();
    }

    @Override
    public synchronized boolean removeServiceToken(String id) {
        revision++;
        return serviceTokens.remove(id) != null;
    }

    @Override
    public synchronized long revision() {
        return revision;
    }

    @Override
    public synchronized RightsRecord load() {
        List<RightsRecord.Grant> granted = new ArrayList<>();
        grants.forEach((to, right) -> granted.add(new RightsRecord.Grant(to.dashboard, to.account, right)));
        return new RightsRecord(revision, accounts(), List.copyOf(dashboards.values()), granted, serviceTokens());
    }

    @Override
    public synchronized boolean grant(DashboardId dashboard, @Nullable String account, Right right) {
        if (!dashboards.containsKey(dashboard) || (account != null && !accounts.containsKey(account))) {
            return false;
        }
        grants.put(new Grantee(dashboard, account), right);
        revision++;
        return true;
    }

    private static String lower(String name) {
        return Objects.requireNonNull(name).toLowerCase(Locale.ROOT);
    }
}
