package io.watchfloor.server.http;

import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.ProblemCode;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// What Jetty refuses by itself, before any route sees it, in the form of all other problems. Thread-safe.
final class ProblemErrorHandler extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        SecurityHeaders.add(response.getHeaders());
        Router.send(response, answer(response.getStatus()), callback);
        return true;
    }

    private static Answer answer(int status) {
        return switch (status) {
            case 404 -> answer(status, ProblemCode.NOT_FOUND, "There is nothing at this address.");
            case 408 -> answer(status, ProblemCode.REQUEST_TIMEOUT, "The request did not arrive in time.");
            case 413, 414, 431 -> answer(status, ProblemCode.TOO_LARGE, "The address or the headers are too long.");
            case 426 -> answer(status, ProblemCode.UPGRADE_REQUIRED, "This address speaks WebSocket.");
            case 503 -> answer(status, ProblemCode.UNAVAILABLE, "The server is starting or stopping.");
            default -> status >= 500
                    ? answer(status, ProblemCode.INTERNAL, "The server met a fault of its own; its log tells more.")
                    : answer(status, ProblemCode.MALFORMED, "The request is not well-formed HTTP.");
        };
    }

    /// With the status that Jetty found, which may be a closer one than the code's.
    private static Answer answer(int status, ProblemCode code, String detail) {
        Problem problem = Problem.of(code, detail, null);
        return Answer.problem(new Problem(problem.type(), problem.title(), status, detail, problem.code(), null));
    }
}
