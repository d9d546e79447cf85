package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import org.jspecify.annotations.Nullable;

/// What a list of dashboards shows. Immutable.
///
/// @param title as the document's title property, `""` where it has none
/// @param owner name of the account that made it; absent for one made by the server
/// @param changedAt time of the last commit, milliseconds since 1970 UTC
public record DashboardSummary(DashboardId dashboard, String title, @Nullable String owner, long changedAt) {}
