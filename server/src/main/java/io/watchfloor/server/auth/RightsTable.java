package io.watchfloor.server.auth;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.Grantee;
import io.watchfloor.server.store.Group;
import io.watchfloor.server.store.Kiosk;
import io.watchfloor.server.store.RightsRecord;
import io.watchfloor.server.store.RightsRecord.Grant;
import io.watchfloor.server.store.RightsRecord.Owned;
import io.watchfloor.server.store.ServiceToken;
import io.watchfloor.server.store.TokenHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A rights record, arranged for questions. Immutable.
final class RightsTable {

    private record On(DashboardId dashboard, Grantee grantee) {}

    private static final Grantee EVERYONE = new Grantee.Everyone();

    private final long revision;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<TokenHash, ServiceToken> serviceTokens = new HashMap<>();
    private final Map<DashboardId, Owned> dashboards = new HashMap<>();
    private final Map<On, Right> grants = new HashMap<>();
    private final Map<String, List<Grantee>> groups = new HashMap<>();
    private final Map<String, Set<DashboardId>> kiosks = new HashMap<>();
    private final Set<UUID> endedSignIns;
    private final Set<String> withSecondFactor;
    private final Set<Role> factorRoles;

    RightsTable(RightsRecord record) {
        revision = record.revision();
        record.accounts().forEach(account -> accounts.put(account.name(), account));
        for (Kiosk kiosk : record.kiosks()) {
            accounts.put(kiosk.account(), new Account(kiosk.account(), Role.VIEWER, null, false,
                    kiosk.publicKey() == null, kiosk.generation(), kiosk.made().at()));
            kiosks.put(kiosk.account(), Set.copyOf(kiosk.dashboards()));
        }
        record.serviceTokens().forEach(token -> serviceTokens.put(token.token(), token));
        record.dashboards().forEach(owned -> dashboards.put(owned.dashboard(), owned));
        for (Grant grant : record.grants()) {
            grants.put(new On(grant.dashboard(), grant.grantee()), grant.right());
        }
        for (Group group : record.groups()) {
            Grantee all = new Grantee.Members(group.name());
            group.members().forEach(member -> groups.computeIfAbsent(member, _ -> new ArrayList<>()).add(all));
        }
        endedSignIns = record.endedSignIns();
        withSecondFactor = record.withSecondFactor();
        factorRoles = SecondFactors.requiredRoles(record.settings().get(SecondFactors.SETTING));
    }

    long revision() {
        return revision;
    }

    @Nullable
    Account account(String name) {
        return accounts.get(name);
    }

    @Nullable
    ServiceToken serviceToken(TokenHash hash) {
        return serviceTokens.get(hash);
    }

    Right rightOf(String name, DashboardId dashboard) {
        Account account = accounts.get(name);
        Owned owned = dashboards.get(dashboard);
        if (account == null || account.disabled() || owned == null) {
            return Right.NONE;
        }
        Set<DashboardId> shown = kiosks.get(name);
        if (shown != null) {
            return shown.contains(dashboard) ? Right.VIEW : Right.NONE;
        }
        return least(capOf(account.role()), account.role() == Role.ADMIN ? Right.OWN : granted(name, owned));
    }

    private Right granted(String name, Owned owned) {
        if (name.equals(owned.owner())) {
            return Right.OWN;
        }
        Right everyones = grants.getOrDefault(new On(owned.dashboard(), EVERYONE),
                owned.owner() == null ? Right.EDIT : Right.NONE);
        Right greatest = greatest(everyones, grantedTo(owned, new Grantee.Person(name)));
        for (Grantee group : groups.getOrDefault(name, List.of())) {
            greatest = greatest(greatest, grantedTo(owned, group));
        }
        return greatest;
    }

    private Right grantedTo(Owned owned, Grantee grantee) {
        return grants.getOrDefault(new On(owned.dashboard(), grantee), Right.NONE);
    }

    boolean hasEnded(UUID signIn) {
        return endedSignIns.contains(signIn);
    }

    boolean isFactorDue(Account account) {
        return factorRoles.contains(account.role()) && !withSecondFactor.contains(account.name());
    }

    private static Right greatest(Right one, Right other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Right capOf(Role role) {
        return switch (role) {
            case VIEWER -> Right.VIEW;
            case EDITOR, ADMIN -> Right.OWN;
        };
    }

    private static Right least(Right one, Right other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
