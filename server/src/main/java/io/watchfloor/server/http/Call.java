package io.watchfloor.server.http;

import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.server.audit.Origin;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.store.Device;
import io.watchfloor.server.store.TokenHash;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// A request on its way through an endpoint. Confined to its virtual thread.
public final class Call {

    private static final int MOST_DEVICE_NAME = 100;

    private final Request request;
    private final Route route;
    private final Map<String, String> path;
    private final @Nullable Caller caller;
    private final @Nullable ServiceCaller service;

    Call(Request request, Route route, Map<String, String> path, @Nullable Caller caller,
            @Nullable ServiceCaller service) {
        this.request = request;
        this.route = route;
        this.path = path;
        this.caller = caller;
        this.service = service;
    }

    /// The segment of the path that the route's pattern calls `{name}`.
    public String path(String name) {
        String segment = path.get(name);
        if (segment == null) {
            throw new IllegalArgumentException("no {" + name + "} in " + route.pattern());
        }
        return segment;
    }

    /// The first value of a query parameter.
    public @Nullable String query(String name) {
        try {
            return Request.extractQueryParameters(request).getValue(name);
        } catch (RuntimeException e) {
            if (!(e instanceof IllegalArgumentException || e instanceof HttpException)) {
                throw e;
            }
            throw new ProblemException(ProblemCode.MALFORMED, "The query string of the address cannot be decoded.");
        }
    }

    /// The person; only in routes with [Access.Person].
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException(route.pattern() + " is not a route for persons");
        }
        return caller;
    }

    /// The program; only in routes with [Access.Service].
    public ServiceCaller service() {
        if (service == null) {
            throw new IllegalStateException(route.pattern() + " is not a route for programs");
        }
        return service;
    }

    /// Where the request comes from, with what a desktop told of itself.
    public Device device(io.watchfloor.protocol.rest.@Nullable Device told) {
        if (told == null) {
            return new Device(null, "", remoteAddress());
        }
        int length = told.key().length();
        if (length < 16 || length > 128) {
            throw new ProblemException(ProblemCode.INVALID, "The device's key has 16 to 128 characters.",
                    "device.key");
        }
        String name = told.name().codePoints().filter(c -> !Character.isISOControl(c) && Character.isDefined(c))
                .limit(MOST_DEVICE_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return new Device(TokenHash.of(told.key()), name, remoteAddress());
    }

    /// Who asks, and from where.
    public Origin origin() {
        String actor = caller != null ? caller.account() : service != null ? service.name() : null;
        return new Origin(actor, remoteAddress());
    }

    /// Address of the other end of the connection.
    public String remoteAddress() {
        return Request.getRemoteAddr(request);
    }

    /// The body, to be read piece by piece; reading it throws [ProblemException] where it is over the route's limit or
    /// does not arrive whole.
    public InputStream stream() {
        BoundedBody body = new BoundedBody(Content.Source.asInputStream(request), route.bodyLimit());
        // of a packed body the header is gone here, so that this is never a packed length
        long over = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) - route.bodyLimit();
        if (over > 0) {
            boolean sends = over <= BoundedBody.DROPPED && !request.getHeaders().contains(HttpHeader.EXPECT);
            throw sends ? body.tooLargeOnceSent() : body.tooLarge();
        }
        return body;
    }

    /// The whole body.
    ///
    /// @throws ProblemException where it is over the route's limit or does not arrive whole
    public byte[] body() {
        try (InputStream in = stream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.MALFORMED, "The body did not arrive whole.");
        }
    }

    /// The body as a record.
    ///
    /// @throws ProblemException where it is not one
    public <T extends Record> T json(Class<T> type) {
        String contentType = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (contentType == null
                || !"application/json".equalsIgnoreCase(MimeTypes.getContentTypeWithoutCharset(contentType))) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be JSON, with the header \"Content-Type: application/json\".", "Content-Type");
        }
        try {
            return RecordCodec.of(Encoding.JSON).decode(body(), type);
        } catch (CodecException e) {
            throw new ProblemException(ProblemCode.MALFORMED, "The body cannot be read: " + e.getMessage()
                    + (String.valueOf(e.getMessage()).endsWith(".") ? "" : "."));
        }
    }
}
