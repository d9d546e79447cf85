package io.watchfloor.server.http;

import io.watchfloor.protocol.rest.ProblemCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One method on one pattern of paths. Immutable.
///
/// @param pattern like `/api/v1/dashboards/{id}`: a name in braces stands for exactly one segment
/// @param bodyLimit most bytes of a body, as it is after unpacking
/// @param contract what it says of itself in the OpenAPI document
public record Route(String method, String pattern, Access access, int bodyLimit, Endpoint endpoint,
        Contract contract) {

    public Route(String method, String pattern, Access access, int bodyLimit, Endpoint endpoint) {
        this(method, pattern, access, bodyLimit, endpoint, Contract.NONE);
    }

    /// Bytes of a body where the route does not say otherwise.
    public static final int BODY_BYTES = 64 << 10;

    public static Route get(String pattern, Access access, Endpoint endpoint) {
        return new Route("GET", pattern, access, BODY_BYTES, endpoint);
    }

    public static Route post(String pattern, Access access, Endpoint endpoint) {
        return new Route("POST", pattern, access, BODY_BYTES, endpoint);
    }

    public static Route delete(String pattern, Access access, Endpoint endpoint) {
        return new Route("DELETE", pattern, access, BODY_BYTES, endpoint);
    }

    /// With what it says of itself: it answers 200 and JSON.
    ///
    /// @param refusals problems of its own, beyond those of every route of its kind
    public Route says(String summary, Class<? extends Record> gives, ProblemCode... refusals) {
        return answers(summary, 200, gives, refusals);
    }

    /// It answers 201 and JSON.
    public Route makes(String summary, Class<? extends Record> gives, ProblemCode... refusals) {
        return answers(summary, 201, gives, refusals);
    }

    /// It answers 201 and nothing more.
    public Route makes(String summary, ProblemCode... refusals) {
        return answers(summary, 201, null, refusals);
    }

    /// It answers 204.
    public Route does(String summary, ProblemCode... refusals) {
        return answers(summary, 204, null, refusals);
    }

    /// It answers 200 and something that is no record.
    public Route says(String summary, String type) {
        return with(new Contract(summary, contract.takes(), contract.asks(), 200, null, type, List.of()));
    }

    private Route answers(String summary, int status, @Nullable Class<? extends Record> gives,
            ProblemCode... refusals) {
        return with(new Contract(summary, contract.takes(), contract.asks(), status, gives, "", List.of(refusals)));
    }

    /// With the record of its JSON body.
    public Route takes(Class<? extends Record> body) {
        return with(new Contract(contract.summary(), body, contract.asks(), contract.status(), contract.gives(),
                contract.type(), contract.refusals()));
    }

    /// With what it takes from behind the question mark of its address.
    public Route asks(Contract.Parameter... parameters) {
        return with(new Contract(contract.summary(), contract.takes(), List.of(parameters), contract.status(),
                contract.gives(), contract.type(), contract.refusals()));
    }

    private Route with(Contract told) {
        return new Route(method, pattern, access, bodyLimit, endpoint, told);
    }

    /// The segments of a path that the pattern names, or null where it does not fit.
    @Nullable
    Map<String, String> match(List<String> path) {
        List<String> wanted = segments(pattern);
        if (wanted.size() != path.size()) {
            return null;
        }
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String want = wanted.get(i);
            if (want.startsWith("{")) {
                named.put(want.substring(1, want.length() - 1), path.get(i));
            } else if (!want.equals(path.get(i))) {
                return null;
            }
        }
        return named;
    }

    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        while (start <= path.length()) {
            int end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            segments.add(path.substring(start, end));
            start = end + 1;
        }
        return segments;
    }
}
