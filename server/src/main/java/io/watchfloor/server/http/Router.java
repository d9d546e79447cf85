package io.watchfloor.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.limit.AddressKey;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.Verdict;
import io.watchfloor.server.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the route of a request, checks who may call it, and turns whatever comes out into an answer. Thread-safe.
public final class Router extends Handler.Abstract {

    private static final Logger log = LoggerFactory.getLogger(Router.class);
    private static final Pattern HIDING = Pattern.compile("/api/v1/(dashboards|sessions)/\\{id}");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final List<Route> routes;
    private final Authenticator authenticator;
    private final Limiter limiter;
    private final MeterRegistry meters;
    private final RefusalListener refusals;

    /// Hears of requests that somebody had no right to make, or made too often.
    @FunctionalInterface
    public interface RefusalListener {

        /// @param actor absent where nobody has proved who he is
        /// @param route or the limit that it was over
        void refused(@Nullable String actor, String address, String route, int status);
    }

    /// @param refusals is called on the request's thread
    public Router(List<Route> routes, Authenticator authenticator, Limiter limiter, MeterRegistry meters,
            RefusalListener refusals) {
        this.refusals = refusals;
        this.routes = List.copyOf(routes);
        this.authenticator = authenticator;
        this.limiter = limiter;
        this.meters = meters;
    }

    public Router(List<Route> routes, Authenticator authenticator, Limiter limiter, MeterRegistry meters) {
        this(routes, authenticator, limiter, meters, (_, _, _, _) -> {});
    }

    /// Access tokens that have run out are everyday business, not worth telling.
    private void tell(Request request, Route route, int status) {
        boolean service = route.access() instanceof Access.Service || route.access() instanceof Access.OwnMachine;
        String token = bearerToken(request);
        boolean forged = status == UNAUTHORIZED && token != null && (service || !authenticator.hasRunOut(token));
        // Who may not see a dashboard, or a sign-in of somebody else, is told that there is none.
        boolean hidden = status == NOT_FOUND && HIDING.matcher(route.pattern()).lookingAt();
        if (status == FORBIDDEN || forged || hidden || (service && status == UNAUTHORIZED)) {
            Caller caller = token == null || service ? null : authenticator.authenticate(token);
            refusals.refused(caller == null ? null : caller.account(), Request.getRemoteAddr(request),
                    route.method() + " " + route.pattern(), status);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long start = System.nanoTime();
        Answer answer;
        String pattern = "none";
        try {
            count(Limit.REQUESTS_ADDRESS, AddressKey.of(Request.getRemoteAddr(request)), null, request);
            Match match = find(request);
            pattern = match.route.pattern();
            answer = answer(request, match);
        } catch (ProblemException e) {
            answer = e.answer();
        } catch (StoreException e) {
            log.warn("{} {}: {}", request.getMethod(), pattern, e.getMessage());
            answer = ProblemException.later(ProblemCode.UNAVAILABLE,
                    "The server cannot reach its database at the moment; nothing was changed.", 2).answer();
        } catch (PasswordHasher.BusyException e) {
            answer = ProblemException.later(ProblemCode.UNAVAILABLE,
                    "Too many passwords are being checked at the moment; nothing was changed. Try again in a moment.",
                    1)
                    .answer();
        } catch (RuntimeException | Error e) {
            log.error("{} {} failed", request.getMethod(), pattern, e);
            answer = new ProblemException(ProblemCode.INTERNAL,
                    "The server met a fault of its own; its log tells more.").answer();
        }
        send(response, answer, callback);
        Timer.builder("watchfloor.http.requests").tag("method", knownMethod(request)).tag("route", pattern)
                .tag("status", Integer.toString(answer.status())).register(meters)
                .record(System.nanoTime() - start, java.util.concurrent.TimeUnit.NANOSECONDS);
        return true;
    }

    private void count(Limit limit, String key, @Nullable String actor, Request request) {
        switch (limiter.take(limit, key)) {
            case Verdict.Passed _ -> {}
            case Verdict.TooOften(Duration pause) -> {
                refusals.refused(actor, Request.getRemoteAddr(request), "limit " + limit.label(), TOO_MANY);
                throw ProblemException.later(ProblemCode.TOO_MANY_REQUESTS,
                        "Too many requests in a short time; try again a little later.", Verdict.seconds(pause));
            }
            case Verdict.Uncounted(Duration pause) -> throw ProblemException.later(ProblemCode.UNAVAILABLE,
                    "This cannot be done at the moment; try again a little later.", Verdict.seconds(pause));
        }
    }

    private Answer answer(Request request, Match match) {
        try {
            return match.route.endpoint().answer(admit(request, match));
        } catch (ProblemException e) {
            tell(request, match.route, e.answer().status());
            throw e;
        }
    }

    private record Match(Route route, Map<String, String> path) {}

    private Match find(Request request) {
        List<String> path = decodedSegments(Request.getPathInContext(request));
        String method = "HEAD".equals(request.getMethod()) ? "GET" : request.getMethod();
        TreeSet<String> others = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> named = route.match(path);
            if (named != null && route.method().equals(method)) {
                return new Match(route, named);
            }
            if (named != null) {
                others.add(route.method());
            }
        }
        if (others.isEmpty()) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is nothing at this address.");
        }
        throw new ProblemException(ProblemCode.METHOD_NOT_ALLOWED,
                "This address understands " + String.join(", ", others) + " only.").with("Allow",
                        String.join(", ", others));
    }

    private static List<String> decodedSegments(String path) {
        List<String> decoded = new ArrayList<>();
        for (String segment : Route.segments(path)) {
            try {
                decoded.add(URIUtil.decodePath(segment));
            } catch (IllegalArgumentException e) {
                throw new ProblemException(ProblemCode.MALFORMED, "The address cannot be decoded.");
            }
        }
        return decoded;
    }

    private Call admit(Request request, Match match) {
        return switch (match.route.access()) {
            case Access.Anyone _ -> new Call(request, match.route, match.path, null, null);
            case Access.Person wanted ->
                new Call(request, match.route, match.path, person(request, match, wanted), null);
            case Access.Service wanted ->
                new Call(request, match.route, match.path, null, service(request, wanted.scope()));
            case Access.OwnMachine wanted -> new Call(request, match.route, match.path, null,
                    OwnMachine.sends(request) ? null : service(request, wanted.scope()));
        };
    }

    private Caller person(Request request, Match match, Access.Person wanted) {
        String token = bearerToken(request);
        Caller caller = token == null ? null : authenticator.authenticate(token, wanted.least());
        if (caller == null) {
            throw notSignedIn(token == null
                    ? "This needs a sign-in: send the header \"Authorization: Bearer\" with an access token."
                    : "The access token is not valid or has expired.");
        }
        count(Limit.REQUESTS_CALLER, "account " + caller.account(), caller.account(), request);
        if (caller.mustChangePassword() && !wanted.passwordMayBeDue()) {
            throw new ProblemException(ProblemCode.PASSWORD_MUST_CHANGE,
                    "This account's password must be changed before anything else, at POST /api/v1/password.");
        }
        if (caller.mustAddSecondFactor() && !wanted.passwordMayBeDue()) {
            throw new ProblemException(ProblemCode.SECOND_FACTOR_MUST_BE_ADDED,
                    "A second factor must be added to this account before anything else, at POST /api/v1/second-factor.");
        }
        if (caller.isKiosk() && !match.route.method().equals("GET")) {
            throw new ProblemException(ProblemCode.FORBIDDEN,
                    "A wall screen looks at its dashboards and does nothing else.");
        }
        if (caller.role().compareTo(wanted.least()) < 0) {
            throw new ProblemException(ProblemCode.FORBIDDEN,
                    "This needs the role " + wanted.least().name().toLowerCase(Locale.ROOT) + "; this account is "
                            + caller.role().name().toLowerCase(Locale.ROOT) + ".");
        }
        return caller;
    }

    private ServiceCaller service(Request request, Scope wanted) {
        String scope = wanted.name().toLowerCase(Locale.ROOT);
        String token = bearerToken(request);
        ServiceCaller service = token == null ? null : authenticator.authenticateService(token);
        if (service == null) {
            throw notSignedIn(token == null
                    ? "This needs a service token with the scope " + scope
                            + ": send it in the header \"Authorization: Bearer\"."
                    : "The service token is unknown, revoked or expired.");
        }
        count(Limit.REQUESTS_CALLER, "token " + service.name(), service.name(), request);
        if (!service.scopes().contains(wanted)) {
            throw new ProblemException(ProblemCode.FORBIDDEN,
                    "The service token \"" + service.name() + "\" does not have the scope " + scope + ".");
        }
        return service;
    }

    private static ProblemException notSignedIn(String detail) {
        return new ProblemException(ProblemCode.NOT_SIGNED_IN, detail).with("WWW-Authenticate", "Bearer");
    }

    /// The token of an `Authorization: Bearer` header; `Token` is what the clients of InfluxDB say.
    private static @Nullable String bearerToken(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null) {
            return null;
        }
        int space = header.indexOf(' ');
        String scheme = space < 0 ? "" : header.substring(0, space);
        boolean known = scheme.equalsIgnoreCase("Bearer") || scheme.equalsIgnoreCase("Token");
        return known ? header.substring(space + 1).strip() : null;
    }

    static void send(Response response, Answer answer, Callback callback) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        if (!answer.contentType().isEmpty()) {
            headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
        }
        answer.headers().forEach(headers::put);
        if (!response.getRequest().consumeAvailable()) {
            // Jetty shuts the connection rather than wait for the rest of the body, and whoever keeps it has to know
            headers.put(HttpHeader.CONNECTION, "close");
        }
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private static String knownMethod(Request request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "POST", "PUT", "DELETE" -> request.getMethod();
            default -> "other";
        };
    }
}
