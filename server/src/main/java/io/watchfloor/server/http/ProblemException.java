package io.watchfloor.server.http;

import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.ProblemCode;
import org.jspecify.annotations.Nullable;

/// Refuses a request with a problem that the sender can read.
public final class ProblemException extends RuntimeException {

    private final String detail;
    private final transient Answer answer;

    public ProblemException(ProblemCode code, String detail, @Nullable String field) {
        this(detail, Answer.problem(Problem.of(code, detail, field)));
    }

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, null);
    }

    private ProblemException(String detail, Answer answer) {
        super(detail, null, false, false);
        this.detail = detail;
        this.answer = answer;
    }

    /// With a header that tells when to try again.
    ///
    /// @param seconds at least 1
    public static ProblemException later(ProblemCode code, String detail, long seconds) {
        return new ProblemException(code, detail).with("Retry-After", Long.toString(Math.max(1, seconds)));
    }

    ProblemException with(String header, String value) {
        return new ProblemException(detail, answer.with(header, value));
    }

    public Answer answer() {
        return answer;
    }
}
