package io.watchfloor.client.sync;

import io.watchfloor.sample.Table;

/// Takes the tables of one live query; each replaces the last. Calls come one after the other, from any thread (most
/// from the transport's), and must return quickly. Must be thread-safe.
public interface TableSink {

    void table(Table table);

    /// How the feed stands from now on.
    void state(FeedState state);
}
