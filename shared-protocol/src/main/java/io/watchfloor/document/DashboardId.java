package io.watchfloor.document;

import java.util.UUID;

/// Names a dashboard. Immutable.
public record DashboardId(UUID id) {

    /// @throws IllegalArgumentException where the text is not a UUID
    public static DashboardId parse(String text) {
        return new DashboardId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
