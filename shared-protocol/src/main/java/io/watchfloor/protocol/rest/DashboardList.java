package io.watchfloor.protocol.rest;

import java.util.List;

/// Answers `GET /api/v1/dashboards`: those that the account may see, by title. Immutable.
public record DashboardList(List<DashboardRow> dashboards) {

    public DashboardList {
        dashboards = List.copyOf(dashboards);
    }
}
