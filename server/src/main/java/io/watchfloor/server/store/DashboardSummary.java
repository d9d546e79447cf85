package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What a list of dashboards shows. Immutable.
///
/// @param title as the document's title property, `""` where it has none
/// @param owner name of the account that made it; absent for one made by the server
/// @param changedAt time of the last commit, milliseconds since 1970 UTC
public record DashboardSummary(DashboardId dashboard, String title, @Nullable String owner, long changedAt) {

    /// By title as people sort, whatever the database's own order is.
    public static final Comparator<DashboardSummary> BY_TITLE = Comparator
            .comparing(DashboardSummary::title, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(DashboardSummary::title)
            .thenComparing(summary -> summary.dashboard().id());
}
