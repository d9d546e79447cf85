package io.watchfloor.server.http;

import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The answer to a request. The body is handed over and must not be changed. Immutable.
///
/// @param contentType empty where there is no body
/// @param headers beyond those that every answer has
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

    public Answer {
        headers = Map.copyOf(headers);
    }

    /// 200 with a record as JSON.
    public static Answer json(Object record) {
        return json(200, record);
    }

    public static Answer json(int status, Object record) {
        return new Answer(status, "application/json", RecordCodec.of(Encoding.JSON).encode(record), Map.of());
    }

    /// 204.
    public static Answer empty() {
        return new Answer(204, "", new byte[0], Map.of());
    }

    public static Answer text(String contentType, String text) {
        return new Answer(200, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static Answer problem(Problem problem) {
        return new Answer(problem.status(), "application/problem+json", RecordCodec.of(Encoding.JSON).encode(problem),
                Map.of());
    }

    public Answer with(String header, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }
}
