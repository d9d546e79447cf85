package io.watchfloor.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.sample.Selector;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.auth.Standing;
import io.watchfloor.server.ingest.Ingest;
import io.watchfloor.server.ingest.IngestFigures;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import io.watchfloor.server.store.memory.InMemoryMetricStore;
import io.watchfloor.server.stream.SampleWriter;
import io.watchfloor.server.stream.WriterFigures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WriteRouteTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InMemoryMetricStore store = new InMemoryMetricStore();
    private final SampleWriter writer = new SampleWriter(store, new WriterFigures(meters), SampleWriter.QUEUE);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Limiter limiter = new Limiter(
            new InMemoryBuckets(LimitSettings.USUAL, InstantSource.system(), 100), null);
    private final HttpServer server = new HttpServer(new ListenAddress("127.0.0.1", 0));

    @BeforeEach
    void start() throws IOException {
        Ingest ingest = new Ingest(writer, InstantSource.system(), Duration.ofDays(30), new IngestFigures(meters));
        server.bind();
        server.start(new Router(List.of(new WriteRoute(ingest).route()), new OneFeeder(), limiter, meters), null);
    }

    @AfterEach
    void stop() {
        server.close();
        writer.close();
        client.close();
    }

    @Test
    void write_SAM4_answersNothingWhereAllWasStored() throws Exception {
        HttpResponse<String> answer = write("", "a b=1\na c=2\n".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(stored("a_c")).isEqualTo(1);
    }

    @Test
    void write_SAM4_namesTheLinesThatWereRefused() throws Exception {
        Problem problem = problem(write("", "a b=1\noops\n".getBytes(StandardCharsets.UTF_8)), 400);
        assertThat(problem.code()).isEqualTo("invalid-lines");
        assertThat(problem.detail())
                .isEqualTo("Partial write: 1 line was refused, 1 sample was stored. Line 2: It has no fields.");
        assertThat(stored("a_b")).isEqualTo(1);
    }

    @Test
    void write_SAM3_takesTheUnitOfTimesAndRefusesAnUnknownOne() throws Exception {
        byte[] body = ("a b=1 " + System.currentTimeMillis() / 1000).getBytes(StandardCharsets.UTF_8);
        assertThat(write("?precision=s", body).statusCode()).isEqualTo(204);
        Problem problem = problem(write("?precision=days", body), 400);
        assertThat(problem.field()).isEqualTo("precision");
        assertThat(problem.detail()).contains("ns, us, ms or s");
    }

    @Test
    void write_SAM6_unpacksGzip() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("packed b=1\n".repeat(10).getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest.Builder request = request("").header("Content-Encoding", "gzip");
        assertThat(send(request, packed.toByteArray()).statusCode()).isEqualTo(204);
        assertThat(stored("packed_b")).isEqualTo(1);
    }

    @Test
    void write_SAM12_asksToComeAgainWhereTheWriterTakesNothing() throws Exception {
        writer.close();
        HttpResponse<String> answer = write("", "a b=1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(problem(answer, 503).detail()).contains("0 samples were stored", "again later");
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    }

    private int stored(String selector) {
        return store.query(Selector.parse(selector), 0, Long.MAX_VALUE, 100).lines().size();
    }

    private static Problem problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        return RecordCodec.of(Encoding.JSON).decode(answer.body().getBytes(StandardCharsets.UTF_8), Problem.class);
    }

    private HttpResponse<String> write(String query, byte[] body) throws Exception {
        return send(request(query), body);
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(server.address().resolve("/api/v1/write" + query)).header("Authorization",
                "Bearer feeder");
    }

    private HttpResponse<String> send(HttpRequest.Builder request, byte[] body) throws Exception {
        return client.send(request.POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    private static final class OneFeeder implements Authenticator {

        @Override
        public Standing standing(Caller caller) {
            return new Standing.Good(caller);
        }

        @Override
        public @Nullable Caller authenticate(String bearerToken) {
            return null;
        }

        @Override
        public @Nullable ServiceCaller authenticateService(String bearerToken) {
            return bearerToken.equals("feeder") ? new ServiceCaller("feeder", Set.of(Scope.INGEST)) : null;
        }
    }
}
