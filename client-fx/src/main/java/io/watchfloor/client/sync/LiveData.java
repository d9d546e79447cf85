package io.watchfloor.client.sync;

import io.watchfloor.sample.Query;

/// The live data of one open dashboard. Thread-safe.
public interface LiveData {

    /// Follows the series of a query. The server sends what is measured from now on for queries that the dashboard
    /// holds; others get history only.
    ///
    /// @param millis how far back history goes, from now
    /// @param points most samples wanted of each line
    Feed series(Query query, long millis, int points, SampleSink sink);

    /// Follows a table.
    Feed table(Query query, TableSink sink);
}
