package io.watchfloor.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.watchfloor.protocol.rest.Readiness;
import java.util.List;
import java.util.function.Supplier;

/// What those who run the server ask it: does it live, may it get work, how is it. Thread-safe.
///
/// @param checks each says whether one thing that the server needs is well; they may block for a moment
public record OperationsRoutes(List<Supplier<Readiness.Check>> checks, PrometheusMeterRegistry meters) {

    public OperationsRoutes {
        checks = List.copyOf(checks);
    }

    /// `/healthz` and `/readyz`.
    public List<Route> health() {
        return List.of(Route.get("/healthz", Access.anyone(), _ -> Answer.text("text/plain;charset=utf-8", "ok\n"))
                .says("Whether the process lives.", "text/plain"),
                Route.get("/readyz", Access.anyone(), _ -> readiness())
                        .says("Whether it may get work; 503 with the same body where it may not.", Readiness.class));
    }

    /// `/metrics`, in the text format of Prometheus.
    public Route metrics(Access access) {
        return Route.get("/metrics", access,
                _ -> Answer.text("text/plain;version=0.0.4;charset=utf-8", meters.scrape()))
                .says("The server's own figures.", "text/plain");
    }

    private Answer readiness() {
        List<Readiness.Check> results = checks.stream().map(Supplier::get).toList();
        boolean ready = results.stream().allMatch(Readiness.Check::ok);
        return Answer.json(ready ? 200 : 503, new Readiness(ready, results));
    }
}
