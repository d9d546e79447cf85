package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything that decides who may do what, as it was at one revision or a little later. Immutable.
///
/// @param revision of the counter that every change raises
/// @param endedSignIns families of refresh tokens that ended lately
/// @param withSecondFactor names of the accounts that have a second factor
/// @param settings of the installation, by name
public record RightsRecord(long revision, List<Account> accounts, List<Owned> dashboards, List<Grant> grants,
        List<Group> groups, List<ServiceToken> serviceTokens, List<Kiosk> kiosks, Set<UUID> endedSignIns,
        Set<String> withSecondFactor, Map<String, String> settings) {

    public RightsRecord {
        accounts = List.copyOf(accounts);
        dashboards = List.copyOf(dashboards);
        grants = List.copyOf(grants);
        groups = List.copyOf(groups);
        endedSignIns = Set.copyOf(endedSignIns);
        serviceTokens = List.copyOf(serviceTokens);
        kiosks = List.copyOf(kiosks);
        withSecondFactor = Set.copyOf(withSecondFactor);
        settings = Map.copyOf(settings);
    }

    /// @param owner name of an account; absent for a dashboard made by the server
    public record Owned(DashboardId dashboard, @Nullable String owner) {}

    /// @param grantee who has it
    public record Grant(DashboardId dashboard, Grantee grantee, Right right) {}
}
