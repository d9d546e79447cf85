package io.watchfloor.server.store.memory;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.AccountChange;
import io.watchfloor.server.store.AccountStore;
import io.watchfloor.server.store.Grantee;
import io.watchfloor.server.store.Group;
import io.watchfloor.server.store.GroupChange;
import io.watchfloor.server.store.GroupStore;
import io.watchfloor.server.store.RightsRecord;
import io.watchfloor.server.store.RightsStore;
import io.watchfloor.server.store.TokenHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Accounts and rights in memory, for tests and simulation. Of dashboards it knows what it is told with
/// [#dashboard]. Thread-safe.
public final class InMemoryAccounts implements AccountStore, RightsStore, GroupStore {

    private record Code(String account, long expiresAt) {}

    private record On(DashboardId dashboard, Grantee grantee) {}

    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<TokenHash, Code> codes = new HashMap<>();
    private final Map<DashboardId, RightsRecord.Owned> dashboards = new HashMap<>();
    private final Map<On, Right> grants = new HashMap<>();
    private final Map<String, Set<String>> groups = new TreeMap<>();
    private final AtomicLong elsewhere = new AtomicLong();
    private final InMemoryTokens tokens = new InMemoryTokens(elsewhere::incrementAndGet);
    private final InMemoryFactors factors = new InMemoryFactors(elsewhere::incrementAndGet);
    private final InMemoryKiosks kiosks = new InMemoryKiosks(elsewhere::incrementAndGet);
    private long revision = 1;

    public InMemoryTokens tokens() {
        return tokens;
    }

    public InMemoryFactors factors() {
        return factors;
    }

    public InMemoryKiosks kiosks() {
        return kiosks;
    }

    /// Makes a dashboard known.
    public synchronized void dashboard(DashboardId dashboard, @Nullable String owner) {
        dashboards.put(dashboard, new RightsRecord.Owned(dashboard, owner));
        revision++;
    }

    /// Forgets all dashboards and what is granted on them.
    public synchronized void removeDashboards() {
        dashboards.clear();
        grants.clear();
        kiosks.forgetDashboards();
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
        tokens.endFamilies(name, null);
        if (old == null) {
            return null;
        }
        Account changed = new Account(name, old.role(), password, false, old.disabled(), old.generation() + 1,
                old.createdAt());
        replace(changed);
        return changed;
    }

    @Override
    public synchronized boolean resetPassword(String name, String password) {
        Account old = changePassword(name, password);
        if (old != null) {
            replace(new Account(name, old.role(), password, true, old.disabled(), old.generation(), old.createdAt()));
        }
        return old != null;
    }

    @Override
    public synchronized void rehash(String name, String old, String fresh) {
        Account account = accounts.get(name);
        if (account != null && old.equals(account.password())) {
            replace(new Account(name, account.role(), fresh, account.mustChangePassword(), account.disabled(),
                    account.generation(), account.createdAt()));
        }
    }

    @Override
    public synchronized AccountChange changeRole(String name, Role role) {
        Account old = accounts.get(name);
        if (old == null) {
            return AccountChange.UNKNOWN;
        }
        if (role != Role.ADMIN && isLastAdministrator(old)) {
            return AccountChange.LAST_ADMINISTRATOR;
        }
        replace(new Account(name, role, old.password(), old.mustChangePassword(), old.disabled(), old.generation(),
                old.createdAt()));
        return AccountChange.DONE;
    }

    @Override
    public synchronized AccountChange changeDisabled(String name, boolean disabled) {
        Account old = accounts.get(name);
        if (old == null) {
            return AccountChange.UNKNOWN;
        }
        if (disabled && isLastAdministrator(old)) {
            return AccountChange.LAST_ADMINISTRATOR;
        }
        if (!disabled) {
            tokens.endFamilies(name, null);
        }
        replace(new Account(name, old.role(), old.password(), old.mustChangePassword(), disabled, old.generation(),
                old.createdAt()));
        return AccountChange.DONE;
    }

    private boolean isLastAdministrator(Account account) {
        return account.role() == Role.ADMIN && !account.disabled() && accounts.values().stream().noneMatch(
                a -> a.role() == Role.ADMIN && !a.disabled() && a.password() != null && !a.equals(account));
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
    public synchronized long revision() {
        return revision + elsewhere.get();
    }

    @Override
    public synchronized RightsRecord load() {
        List<RightsRecord.Grant> granted = new ArrayList<>();
        grants.forEach((to, right) -> granted.add(new RightsRecord.Grant(to.dashboard, to.grantee, right)));
        return new RightsRecord(revision(), accounts(), List.copyOf(dashboards.values()), granted, groups(),
                tokens.serviceTokens(), kiosks.kiosks(), tokens.ended(), factors.withSecondFactor(),
                factors.settings());
    }

    @Override
    public synchronized boolean grant(DashboardId dashboard, Grantee grantee, Right right) {
        boolean known = switch (grantee) {
            case Grantee.Person person -> accounts.containsKey(person.name());
            case Grantee.Members members -> groups.containsKey(members.group());
            case Grantee.Everyone _ -> true;
        };
        if (!dashboards.containsKey(dashboard) || !known) {
            return false;
        }
        grants.put(new On(dashboard, grantee), right);
        revision++;
        return true;
    }

    @Override
    public synchronized List<Group> groups() {
        return groups.entrySet().stream().map(group -> new Group(group.getKey(), List.copyOf(group.getValue())))
                .toList();
    }

    @Override
    public synchronized boolean addGroup(String name, long now) {
        if (groups.keySet().stream().anyMatch(other -> lower(other).equals(lower(name)))) {
            return false;
        }
        groups.put(name, new TreeSet<>());
        revision++;
        return true;
    }

    @Override
    public synchronized GroupChange renameGroup(String name, String newName) {
        if (groups.keySet().stream().anyMatch(other -> lower(other).equals(lower(newName)) && !other.equals(name))) {
            return GroupChange.TAKEN;
        }
        Set<String> members = groups.remove(name);
        if (members == null) {
            return GroupChange.UNKNOWN;
        }
        groups.put(newName, members);
        Map<On, Right> moved = new HashMap<>();
        grants.forEach((on, right) -> {
            if (on.grantee.equals(new Grantee.Members(name))) {
                moved.put(new On(on.dashboard, new Grantee.Members(newName)), right);
            }
        });
        grants.keySet().removeIf(on -> on.grantee.equals(new Grantee.Members(name)));
        grants.putAll(moved);
        revision++;
        return GroupChange.DONE;
    }

    @Override
    public synchronized boolean removeGroup(String name) {
        grants.keySet().removeIf(on -> on.grantee.equals(new Grantee.Members(name)));
        revision++;
        return groups.remove(name) != null;
    }

    @Override
    public synchronized boolean addMember(String group, String account) {
        Set<String> members = groups.get(group);
        if (members == null || !accounts.containsKey(account)) {
            return false;
        }
        members.add(account);
        revision++;
        return true;
    }

    @Override
    public synchronized boolean removeMember(String group, String account) {
        revision++;
        return groups.getOrDefault(group, new TreeSet<>()).remove(account);
    }

    private static String lower(String name) {
        return Objects.requireNonNull(name).toLowerCase(Locale.ROOT);
    }
}
