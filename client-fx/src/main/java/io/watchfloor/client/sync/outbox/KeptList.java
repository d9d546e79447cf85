package io.watchfloor.client.sync.outbox;

import io.watchfloor.protocol.rest.DashboardRow;
import java.util.List;

/// The list of dashboards as it was last known.
///
/// @param at when, milliseconds since 1970 UTC, server time
///
/// Immutable.
public record KeptList(long at, List<DashboardRow> rows) {

    public KeptList {
        rows = List.copyOf(rows);
    }
}
