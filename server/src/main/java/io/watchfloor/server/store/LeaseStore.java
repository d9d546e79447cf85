package io.watchfloor.server.store;

import java.time.Duration;

/// Lets one of several instances do something that must not be done twice.
///
/// A lease is held until it runs out or is given back; its holder renews it by taking it again in time. Time is the
/// store's, so that the clocks of instances need not agree. A holder that was paused for longer than its lease may act
/// beside the next one for a moment, so a lease only keeps work from being doubled, it guards no data.
///
/// Calls block; make them from a virtual thread. They fail with [StoreException]. Thread-safe.
public interface LeaseStore {

    /// Takes a lease that is free, or renews one's own.
    ///
    /// @param name what is to be done only once
    /// @param holder names the caller, different for each process
    /// @return false where another holds it
    boolean take(String name, String holder, Duration time);

    /// Gives a lease back, where the holder still has it.
    void giveBack(String name, String holder);
}
