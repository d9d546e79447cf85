package io.watchfloor.server.store;

/// Remembers what was done once for a database and is never to be done again, such as making the first dashboard.
///
/// Calls block; make them from a virtual thread. They fail with [StoreException]. Thread-safe.
public interface MilestoneStore {

    boolean reached(String milestone);

    /// Remembers it from now on; to say so twice does no harm.
    void reach(String milestone);
}
