package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that decides who may do what, as it was at one revision or a little later. Immutable.
///
/// @param revision of the counter that every change raises
public record RightsRecord(long revision, List<Account> accounts, List<Owned> dashboards, List<Grant> grants,
        List<ServiceToken> serviceTokens) {

    public RightsRecord {
        accounts = List.copyOf(accounts);
        dashboards = List.copyOf(dashboards);
        grants = List.copyOf(grants);
        serviceTokens = List.copyOf(serviceTokens);
    }

    /// @param owner name of an account; absent for a dashboard made by the server
    public record Owned(DashboardId dashboard, @Nullable String owner) {}

    /// @param account absent where the right is everyone's
    public record Grant(DashboardId dashboard, @Nullable String account, Right right) {}
}
