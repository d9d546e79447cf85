package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.sync.FeedState;
import io.watchfloor.client.widget.WidgetState;
import java.util.List;

/// How one live query of a widget stands.
///
/// @param matched whether there is anything that the query matches
/// @param newest time of its newest data, milliseconds since 1970 UTC; [#NONE] where there is none
/// @param interval milliseconds that usually lie between two data; 0 where that is not known
///
/// Immutable.
record Reading(FeedState state, boolean matched, long newest, long interval) {

    static final long NONE = Long.MIN_VALUE;

    /// Data is not called stale before it is that old, however fast it usually comes.
    static final long PATIENCE = 10_000;
    private static final int MISSED = 3;

    /// What a widget shows of its queries: never more than is known of the worst of them, and fresh only where data came
    /// as it usually does.
    ///
    /// @param advice what to do where there is no query
    /// @param now milliseconds since 1970 UTC, server time
    static WidgetState together(List<Reading> readings, String advice, long now) {
        if (readings.isEmpty()) {
            return new WidgetState.Empty(advice);
        }
        long newest = NONE;
        long interval = 0;
        boolean disconnected = false;
        boolean waiting = false;
        boolean matched = false;
        for (Reading reading : readings) {
            switch (reading.state) {
                case FeedState.Failed(String reason) -> {
                    return new WidgetState.Failed(reason);
                }
                case FeedState.Disconnected() -> disconnected = true;
                case FeedState.Waiting() -> waiting = true;
                case FeedState.Live() -> {}
            }
            matched |= reading.matched;
            if (reading.newest > newest) {
                newest = reading.newest;
                interval = reading.interval;
            }
        }
        if (newest == NONE) {
            return disconnected
                    ? new WidgetState.Empty("Offline. Data comes with the connection.")
                    : waiting
                            ? WidgetState.WAITING
                            : new WidgetState.Empty(matched ? "No samples in this time." : "No series matches yet.");
        }
        boolean old = now - newest > Math.max(PATIENCE, MISSED * interval);
        return old || disconnected ? new WidgetState.Stale(newest) : WidgetState.FRESH;
    }
}
