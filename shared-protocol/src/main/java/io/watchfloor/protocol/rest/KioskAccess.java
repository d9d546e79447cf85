package io.watchfloor.protocol.rest;

import io.watchfloor.document.DashboardId;
import java.util.List;

/// Lets a wall screen in. Immutable.
///
/// @param name of the wall screen; its account is `kiosk:` and the name
/// @param accessExpiresAt milliseconds since 1970 UTC
/// @param dashboards that it shows, the first at its start
public record KioskAccess(String accessToken, long accessExpiresAt, String name, List<DashboardId> dashboards) {

    public KioskAccess {
        dashboards = List.copyOf(dashboards);
    }

    @Override
    public String toString() {
        return "KioskAccess[" + name + "]";
    }
}
