package io.watchfloor.protocol.rest;

import io.watchfloor.document.DashboardId;
import java.util.List;

/// Body of `POST /api/v1/kiosks/{name}/dashboards`. Immutable.
///
/// @param dashboards that it shows from now on, at least one
public record KioskDashboards(List<DashboardId> dashboards) {

    public KioskDashboards {
        dashboards = List.copyOf(dashboards);
    }
}
