package io.watchfloor.server.http;

import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.SampleList;
import io.watchfloor.protocol.rest.SampleRow;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Series;
import io.watchfloor.server.session.Queries;
import io.watchfloor.server.session.QueryException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Reads samples, for programs: what a dashboard's widgets are shown, without the dashboard. Few requests are answered at a
/// time, as one may be about many samples. Thread-safe.
public final class SampleRoute {

    static final int MOST_POINTS = 2_000;
    static final int MOST_SAMPLES = 500_000;

    private static final int USUAL_POINTS = 500;
    private static final Duration USUAL_RANGE = Duration.ofHours(1);
    private static final int AT_A_TIME = 4;

    private final Queries queries;
    private final InstantSource clock;
    private final Semaphore free = new Semaphore(AT_A_TIME);

    public SampleRoute(Queries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    public Route route() {
        return Route.get("/api/v1/samples", Access.service(Scope.READ), this::read)
                .says("Samples of the series that a query selects.", SampleList.class)
                .asks(Contract.Parameter.ofText("query", "a series name with `=` matchers; it is needed"),
                        Contract.Parameter.ofNumber("from", "start of the range, milliseconds since 1970 UTC"),
                        Contract.Parameter.ofNumber("points", "most samples of a series"));
    }

    private Answer read(Call call) {
        String query = call.query("query");
        if (query == null || query.isBlank()) {
            throw invalid("The parameter query is needed, like cpu_usage{host=\"web1\"}.", "query");
        }
        long from = number(call.query("from"), "from", clock.millis() - USUAL_RANGE.toMillis());
        long points = number(call.query("points"), "points", USUAL_POINTS);
        if (points < 1 || points > MOST_POINTS) {
            throw invalid("The parameter points is 1 to " + MOST_POINTS + ".", "points");
        }
        if (!free.tryAcquire()) {
            throw ProblemException.later(ProblemCode.UNAVAILABLE,
                    "Too many programs read samples at the moment; try again in a second.", 1);
        }
        try {
            return Answer.json(new SampleList(rows(query, from, (int) points)));
        } finally {
            free.release();
        }
    }

    private List<SampleRow> rows(String query, long from, int points) {
        try {
            if (!(queries.answer(Query.promql(query), from, points) instanceof Series(var lines))) {
                throw new IllegalStateException("a selector selects series");
            }
            long samples = lines.stream().mapToLong(line -> line.times().length).sum();
            if (samples > MOST_SAMPLES) {
                throw invalid("These are " + samples + " samples, more than the " + MOST_SAMPLES
                        + " of one answer; ask for fewer points, or narrow the query with more labels.", "points");
            }
            return lines.stream().map(line -> new SampleRow(line.key().name(), line.key().labels(), line.times(),
                    line.values())).toList();
        } catch (QueryException e) {
            String text = String.valueOf(e.getMessage());
            throw e.code() == ErrorCode.UNAVAILABLE
                    ? ProblemException.later(ProblemCode.UNAVAILABLE, text, 2)
                    : invalid(text, "query");
        }
    }

    private static long number(@Nullable String text, String parameter, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw invalid("The parameter " + parameter + " is a whole number.", parameter);
        }
    }

    private static ProblemException invalid(String text, String parameter) {
        return new ProblemException(ProblemCode.INVALID, text, parameter);
    }
}
