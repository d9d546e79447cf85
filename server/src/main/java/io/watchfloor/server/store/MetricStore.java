package io.watchfloor.server.store;

import io.watchfloor.sample.Sample;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.Series;
import java.util.List;

/// The built-in store of samples. A sample is known by series and time: written again, it replaces.
///
/// Calls block; make them from a virtual thread. They fail with [StoreException]. Thread-safe.
public interface MetricStore {

    /// Most lines of one answer.
    int MAX_LINES = 1_000;

    /// Stores samples, making series that are new. Of two samples of the same series and time the later in the list
    /// counts.
    ///
    /// @param samples with times from 1970 to 2199
    /// @return the samples in the same order with the numbers of their series; they are durable, and queries see them
    List<NumberedSample> write(List<Sample> samples);

    /// The lines that match, with their samples from `from` to `to`, both included. Lines are in the order of their
    /// numbers; one without samples in the range is there all the same.
    ///
    /// @param points most samples of a line (fewer than four count as four); more are reduced to first, least, greatest
    ///        and last per interval, see [io.watchfloor.sample.M4]
    /// @throws TooManyLinesException where more than [#MAX_LINES] match
    Series query(Selector selector, long from, long to, int points);
}
