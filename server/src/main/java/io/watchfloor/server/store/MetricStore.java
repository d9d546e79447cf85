package io.watchfloor.server.store;

import io.watchfloor.sample.Sample;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.Series;
import java.util.List;

/// The built-in store of samples. A sample is known by series and time: written again, it replaces.
///
/// Calls block; make them from a virtual thread. They fail with [StoreException]. Thread-safe.
public interface MetricStore {

    /// Stores samples, making series that are new.
    ///
    /// @return the samples in the same order with the numbers of their series; they are durable, and queries see them
    List<NumberedSample> write(List<Sample> samples);

    /// The lines that match, with their samples from `from` to `to`, both included.
    ///
    /// @param points most samples of a line; more are reduced to first, least, greatest and last per interval
    Series query(Selector selector, long from, long to, int points);
}
