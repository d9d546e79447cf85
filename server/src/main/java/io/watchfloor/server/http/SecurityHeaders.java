package io.watchfloor.server.http;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Headers of every answer: no browser may run, frame, guess the type of, or keep what an interface for programs says.
/// Thread-safe.
final class SecurityHeaders extends Handler.Wrapper {

    private static final HttpField[] FIELDS = {new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
            new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff")};

    private static final HttpField ONLY_TLS = new PreEncodedHttpField("Strict-Transport-Security", "max-age=31536000");

    SecurityHeaders(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        add(response.getHeaders());
        if (request.isSecure()) {
            response.getHeaders().put(ONLY_TLS);
        }
        return super.handle(request, response, callback);
    }

    static void add(HttpFields.Mutable headers) {
        for (HttpField field : FIELDS) {
            headers.put(field);
        }
    }
}
