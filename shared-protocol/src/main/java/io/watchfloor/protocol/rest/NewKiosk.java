package io.watchfloor.protocol.rest;

import io.watchfloor.document.DashboardId;
import java.util.List;

/// Body of `POST /api/v1/kiosks`. Immutable.
///
/// @param dashboards that it shows, at least one; the first is opened at its start
public record NewKiosk(String name, List<DashboardId> dashboards) {

    public NewKiosk {
        dashboards = List.copyOf(dashboards);
    }
}
