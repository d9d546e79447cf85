package io.watchfloor.client.sync;

/// A sink's registration for one live query. Thread-safe.
public interface Feed extends AutoCloseable {

    FeedState state();

    /// Asks for history again, with another range. Does nothing for tables.
    ///
    /// @param millis how far back, from now
    /// @param points most samples wanted of each line
    void range(long millis, int points);

    /// Ends it. A call into the sink that is under way may still finish; none starts.
    @Override
    void close();
}
