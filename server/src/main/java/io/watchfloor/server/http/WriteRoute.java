package io.watchfloor.server.http;

import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.ingest.Ingest;
import io.watchfloor.server.ingest.Precision;
import io.watchfloor.server.ingest.WriteOutcome;
import java.io.IOException;

/// `POST /api/v1/write`: samples in Influx line protocol, from a program with a service token. Thread-safe.
public record WriteRoute(Ingest ingest) {

    public Route route() {
        return new Route("POST", "/api/v1/write", Access.service(Scope.INGEST), Ingest.BODY_BYTES, this::write)
                .asks(Contract.Parameter.ofText("precision", "of the times: ns, us, ms or s"))
                .does("Writes samples in Influx line protocol.", ProblemCode.INVALID_LINES);
    }

    private Answer write(Call call) {
        Precision precision = Precision.of(call.query("precision"));
        if (precision == null) {
            throw new ProblemException(ProblemCode.INVALID, "The parameter precision is ns, us, ms or s.", "precision");
        }
        try {
            return switch (ingest.write(call.stream(), precision)) {
                case WriteOutcome.Stored _ -> Answer.empty();
                case WriteOutcome.Partly partly -> throw new ProblemException(ProblemCode.INVALID_LINES, partly.text());
                case WriteOutcome.Busy busy -> throw ProblemException.later(ProblemCode.UNAVAILABLE,
                        busy.reason() + " " + busy.stored() + " samples were stored; send all of it again later.",
                        busy.retryAfter().toSeconds());
            };
        } catch (IOException gone) {
            throw new ProblemException(ProblemCode.MALFORMED, "The body did not arrive whole.");
        }
    }
}
