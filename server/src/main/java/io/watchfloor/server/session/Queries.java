package io.watchfloor.server.session;

import io.watchfloor.sample.Query;
import io.watchfloor.sample.Result;

/// Answers queries on the past. Calls block; make them from a virtual thread. Thread-safe.
public interface Queries {

    /// @param from milliseconds since 1970 UTC
    /// @param points most samples of a line
    Result answer(Query query, long from, int points) throws QueryException;
}
