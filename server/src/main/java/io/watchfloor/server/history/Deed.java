package io.watchfloor.server.history;

/// What can be done to a dashboard, as people see it; of several in one change the earlier ones here are told first.
enum Deed {
    MADE, RESTORED, ADDED, REMOVED, RETURNED, NAMED_DASHBOARD, RENAMED, MOVED, RESIZED, FRONTED, WROTE, DESCRIBED, ADDED_LINE, REMOVED_LINE, ORDERED_LINES, CHANGED_LINES, QUERY, UNIT, LEGEND, THRESHOLDS, AXIS, RANGE, SETTINGS, OVERRIDDEN
}
