package io.watchfloor.protocol.rest;

import io.watchfloor.document.DashboardId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wall screen. Times in milliseconds since 1970 UTC. Immutable.
///
/// @param dashboards that it shows, the first at its start
/// @param enrolled whether a device has bound it to its key
/// @param createdBy absent for the command line
/// @param usedAt of the last proof of its key, about every ten minutes; absent before the first
/// @param address that the last proof came from; absent before the first
public record KioskRow(String name, List<DashboardId> dashboards, boolean enrolled, @Nullable String createdBy,
        long createdAt, @Nullable Long usedAt, @Nullable String address) {

    public KioskRow {
        dashboards = List.copyOf(dashboards);
    }
}
