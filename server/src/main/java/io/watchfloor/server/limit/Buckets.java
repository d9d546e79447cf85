package io.watchfloor.server.limit;

import java.time.Duration;

/// Where tokens are counted, for any number of keys; a port. A key that has not been used for two windows may be
/// forgotten, and so may any key where there are more than the adapter can hold: it is full again then.
///
/// Each call is atomic, also among instances that share the buckets. Calls may block for some tenths of a second; make
/// them from virtual threads. Thread-safe.
public interface Buckets {

    /// Takes a token where there is one.
    ///
    /// @return zero where it was taken, else the time until there is one again
    /// @throws BucketsGoneException where it cannot be told
    Duration take(Limit limit, String key);

    /// Puts a token back, but not over the brim.
    ///
    /// @throws BucketsGoneException where that cannot be done
    void giveBack(Limit limit, String key);
}
