package io.watchfloor.server.ws;

import io.watchfloor.document.Limits;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.server.limit.AddressKey;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.Verdict;
import io.watchfloor.server.session.Session;
import io.watchfloor.server.session.SessionContext;
import io.watchfloor.server.session.Sessions;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.jspecify.annotations.Nullable;

/// Turns handshakes into sessions: negotiates the encoding as subprotocol, takes the token from the `Authorization`
/// header where there is one, and lets no page of another origin ride a browser's connection. Thread-safe.
public final class WebSocketHandler {

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final SessionContext context;
    private final Limiter limiter;
    private final Set<String> origins;
    private final SecureRandom random = new SecureRandom();

    /// @param origins that pages of browsers may connect from; like `https://wall.example.org`
    public WebSocketHandler(Sessions sessions, SessionContext context, Limiter limiter, Set<String> origins) {
        this.sessions = sessions;
        this.context = context;
        this.limiter = limiter;
        this.origins = Set.copyOf(origins);
    }

    /// The handler for Jetty; it answers false to what is no upgrade.
    public Handler on(Server server) {
        return WebSocketUpgradeHandler.from(server, container -> {
            container.setIdleTimeout(IDLE);
            // The endpoint gathers a message itself, piece by piece: Jetty would take memory for all of a frame as soon
            // as its first bytes announce how long it will be.
            container.setMaxFrameSize(Limits.MESSAGE_BYTES);
            container.setAutoFragment(true);
            container.addMapping("/*", this::upgrade);
        });
    }

    private @Nullable Object upgrade(ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        String address = Request.getRemoteAddr(request);
        Verdict verdict = limiter.take(Limit.HANDSHAKES, AddressKey.of(address));
        if (verdict instanceof Verdict.TooOften(Duration pause)) {
            context.allowance().refusals().refused(null, address, AuditAction.CONNECTION, null,
                    "over the limit " + Limit.HANDSHAKES.label());
            response.getHeaders().put(HttpHeader.RETRY_AFTER, Verdict.seconds(pause));
            refuse(response, callback, ProblemCode.TOO_MANY_REQUESTS,
                    "Too many connections from this address in a short time; try again a little later.");
            return null;
        }
        Encoding encoding = encoding(request.getSubProtocols());
        if (!isAllowed(request.getHeaders().get(HttpHeader.ORIGIN))) {
            context.allowance().refusals().refused(null, address, AuditAction.CONNECTION, null,
                    "a page of another origin");
            refuse(response, callback, ProblemCode.FORBIDDEN, "Pages of this origin may not connect.");
            return null;
        }
        if (encoding == null) {
            refuse(response, callback, ProblemCode.MALFORMED,
                    "Ask for the subprotocol watchfloor.v1.cbor or watchfloor.v1.json.");
            return null;
        }
        response.setAcceptedSubProtocol(encoding.subprotocol());
        // No permessage-deflate: it would compress a frame that many sessions share once for each of them.
        response.setExtensions(List.of());
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        String token = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).trim()
                : null;
        return new WebSocketEndpoint(encoding, sessions, context.allowance().limits(),
                transport -> new Session(newId(), encoding, transport, context, token, address));
    }

    private static void refuse(Response response, Callback callback, ProblemCode code, String detail) {
        response.setStatus(code.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        byte[] body = RecordCodec.of(Encoding.JSON).encode(Problem.of(code, detail, null));
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static @Nullable Encoding encoding(List<String> offered) {
        return offered.stream().map(Encoding::ofSubprotocol).filter(e -> e != null).findFirst().orElse(null);
    }

    /// Browsers tell the page's origin, other programs tell none. The server has no pages, so that no origin is its own:
    /// one that is like the name it was called by may be that of a page whose name was made to lead here.
    private boolean isAllowed(@Nullable String origin) {
        return origin == null || origins.contains(origin);
    }

    private String newId() {
        byte[] bytes = new byte[9];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
