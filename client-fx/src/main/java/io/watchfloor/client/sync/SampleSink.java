package io.watchfloor.client.sync;

import io.watchfloor.sample.Line;
import io.watchfloor.sample.SeriesKey;
import java.util.List;

/// Takes the samples of one live query. First comes [#history], then exactly what follows; after a break in the
/// connection history comes again and replaces everything. Calls come one after the other, from any thread (most from
/// the transport's), and must return quickly. Must be thread-safe.
public interface SampleSink {

    /// All lines of the query with the samples of the range asked for. Replaces whatever was there.
    void history(List<Line> lines);

    /// A series that the history did not have and that matches the query.
    void newLine(int number, SeriesKey key);

    /// The next sample; one of the same series and time replaces. Never of a series that was not announced.
    ///
    /// @param time milliseconds since 1970 UTC, server time
    void sample(int number, long time, double value);

    /// Follows the last of some samples that came together.
    void batchEnd();

    /// How the feed stands from now on.
    void state(FeedState state);
}
