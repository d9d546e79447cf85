package io.watchfloor.server;

import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Result;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.SelectorException;
import io.watchfloor.sample.Table;
import io.watchfloor.server.host.HostTable;
import io.watchfloor.server.host.HostTables;
import io.watchfloor.server.session.Queries;
import io.watchfloor.server.session.QueryException;
import io.watchfloor.server.store.MetricStore;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TooManyLinesException;
import java.time.Duration;
import java.time.InstantSource;

/// Answers queries from the built-in store and from this instance's machine. Thread-safe.
record StoredQueries(MetricStore store, HostTables tables, InstantSource clock) implements Queries {

    /// How far the times of samples may be ahead of this clock. The range must have an end near the last sample, as its
    /// length decides how much is kept when it is reduced.
    private static final Duration AHEAD = Duration.ofMinutes(10);

    /// Two lists of processes have to be taken for the first table.
    private static final Duration FIRST_TABLE = Duration.ofSeconds(8);

    @Override
    public Result answer(Query query, long from, int points) throws QueryException {
        return switch (query.source()) {
            case Query.BUILTIN -> series(query, from, points);
            case Query.HOST -> table(query);
            case String other -> throw invalid("There is no data source '" + other + "'; there are builtin and host.");
        };
    }

    private Result series(Query query, long from, int points) throws QueryException {
        if (!query.language().equals(Query.PROMQL)) {
            throw invalid("The source builtin understands promql, not '" + query.language() + "'.");
        }
        try {
            return store.query(Selector.parse(query.text()), from, clock.millis() + AHEAD.toMillis(), points);
        } catch (SelectorException | TooManyLinesException mistake) {
            throw invalid(String.valueOf(mistake.getMessage()));
        } catch (StoreException fault) {
            throw new QueryException(ErrorCode.UNAVAILABLE, "The database does not answer at the moment.");
        }
    }

    private Result table(Query query) throws QueryException {
        if (!query.language().equals(Query.TABLE)) {
            throw invalid("The source host understands table, not '" + query.language() + "'.");
        }
        HostTable which = HostTable.of(query.text()).orElseThrow(() -> invalid("There is no table '" + query.text()
                + "'; there are processes, interfaces and filesystems."));
        try {
            Table table = tables.await(which, FIRST_TABLE);
            if (table == null) {
                throw new QueryException(ErrorCode.UNAVAILABLE, "This machine did not tell its " + query.text()
                        + " in time.");
            }
            return table;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.UNAVAILABLE, "The server is stopping.");
        }
    }

    private static QueryException invalid(String message) {
        return new QueryException(ErrorCode.INVALID_QUERY, message);
    }
}
