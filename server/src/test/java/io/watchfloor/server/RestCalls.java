package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Requests of one test to one server, whose answers are held against its OpenAPI document. Thread-safe.
final class RestCalls implements AutoCloseable {

    private final URI server;
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile @Nullable OpenApiCheck document;

    RestCalls(URI server) {
        this.server = server;
    }

    URI server() {
        return server;
    }

    /// @param body absent for none
    HttpResponse<byte[]> send(String method, String path, @Nullable String token, @Nullable Record body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<byte[]> answer = client.send(request.method(method, body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(RecordCodec.of(Encoding.JSON).encode(body))).build(),
                BodyHandlers.ofByteArray());
        document().tellsOf(method, path, answer, text(answer));
        return answer;
    }

    /// The server's OpenAPI document.
    OpenApiCheck document() throws IOException, InterruptedException {
        OpenApiCheck known = document;
        if (known == null) {
            known = OpenApiCheck.of(server, client);
            document = known;
        }
        return known;
    }

    HttpResponse<byte[]> get(String path, @Nullable String token) throws IOException, InterruptedException {
        return send("GET", path, token, null);
    }

    HttpResponse<byte[]> post(String path, @Nullable String token, @Nullable Record body)
            throws IOException, InterruptedException {
        return send("POST", path, token, body);
    }

    HttpResponse<byte[]> delete(String path, @Nullable String token) throws IOException, InterruptedException {
        return send("DELETE", path, token, null);
    }

    /// The answer as a record, after its status was checked.
    static <T extends Record> T read(HttpResponse<byte[]> answer, int status, Class<T> type) {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
        return RecordCodec.of(Encoding.JSON).decode(answer.body(), type);
    }

    static void is(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    Tokens signIn(String name, String password) throws IOException, InterruptedException {
        return read(post("/api/v1/sign-in", null, new SignIn(name, password)), 200, Tokens.class);
    }

    @Override
    public void close() {
        client.close();
    }
}
