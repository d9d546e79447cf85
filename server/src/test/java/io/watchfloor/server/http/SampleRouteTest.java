package io.watchfloor.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Result;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import io.watchfloor.server.session.QueryException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Confined to its thread.
@Timeout(60)
class SampleRouteTest {

    private static final long NOW = 1_794_700_300_000L;

    private final HttpServer server = new HttpServer(new ListenAddress("127.0.0.1", 0));
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Asked> asked = new ArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);

    private record Asked(String text, long from, int points) {}

    @BeforeEach
    void start() throws IOException {
        server.bind();
        server.start(new Router(
                List.of(new SampleRoute(this::answer, () -> java.time.Instant.ofEpochMilli(NOW)).route()),
                new ScopeTokens(),
                new Limiter(new InMemoryBuckets(LimitSettings.USUAL, InstantSource.system(), 100), null),
                new SimpleMeterRegistry()), null);
    }

    @AfterEach
    void stop() {
        slow.countDown();
        client.close();
        server.close();
    }

    private Result answer(Query query, long from, int points) throws QueryException {
        assertThat(query.source()).isEqualTo(Query.BUILTIN);
        switch (query.text()) {
            case "wrong{" -> throw new QueryException(ErrorCode.INVALID_QUERY, "The selector does not end.");
            case "gone" -> throw new QueryException(ErrorCode.UNAVAILABLE, "The database does not answer.");
            case "slow" -> awaitEnd();
            default -> {}
        }
        if (query.text().equals("huge")) {
            return new Series(IntStream.range(0, 1_000)
                    .mapToObj(
                            i -> new Line(i, new SeriesKey("huge", Labels.NONE), new long[points], new double[points]))
                    .toList());
        }
        synchronized (asked) {
            asked.add(new Asked(query.text(), from, points));
        }
        return new Series(List.of(new Line(7, new SeriesKey("cpu", Labels.of("host", "web1")), new long[]{5, 6, 7},
                new double[]{1.5, Double.NaN, Double.POSITIVE_INFINITY})));
    }

    private void awaitEnd() {
        try {
            slow.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void samples_SAM17_areReadWithATokenOfTheScopeRead_andNoOther() throws Exception {
        HttpResponse<String> answer = get("read", "?query=" + encoded("cpu{host=\"web1\"}") + "&from=100&points=9");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"series\":[{\"name\":\"cpu\",\"labels\":{\"host\":\"web1\"},"
                + "\"times\":[5,6,7],\"values\":[1.5,null,\"+Inf\"]}]}");
        assertThat(get("read", "?query=cpu").statusCode()).isEqualTo(200);
        assertThat(asked).containsExactly(new Asked("cpu{host=\"web1\"}", 100, 9),
                new Asked("cpu", NOW - 3_600_000, 500));
        for (String scope : List.of("ingest", "metrics")) {
            assertThat(get(scope, "?query=cpu").statusCode()).as(scope).isEqualTo(403);
        }
        assertThat(get("", "?query=cpu").statusCode()).isEqualTo(401);
    }

    @Test
    void question_SAM17_thatCannotBeAnswered_isRefusedInASentence() throws Exception {
        for (String wrong : List.of("", "?query=", "?query=" + encoded("wrong{"), "?query=cpu&points=0",
                "?query=cpu&points=2001", "?query=cpu&points=many", "?query=cpu&from=yesterday",
                "?query=huge&points=2000")) {
            HttpResponse<String> answer = get("read", wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(answer.body()).as(wrong).contains("\"code\":\"invalid\"", "\"field\":");
        }
        HttpResponse<String> gone = get("read", "?query=gone");
        assertThat(gone.statusCode()).isEqualTo(503);
        assertThat(gone.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void questions_SAM17_areAnsweredFewAtATime() throws Exception {
        List<CompletableFuture<Integer>> statuses = IntStream.range(0, 12)
                .mapToObj(_ -> client.sendAsync(request("read", "?query=slow"), BodyHandlers.ofString())
                        .thenApply(HttpResponse::statusCode))
                .toList();
        CompletableFuture.anyOf(statuses.toArray(CompletableFuture[]::new)).join();
        slow.countDown();
        assertThat(statuses.stream().map(CompletableFuture::join)).contains(503).isSubsetOf(200, 503);
    }

    private HttpResponse<String> get(String token, String query) throws IOException, InterruptedException {
        return client.send(request(token, query), BodyHandlers.ofString());
    }

    private HttpRequest request(String token, String query) {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(server.address().resolve("/api/v1/samples" + query));
        return (token.isEmpty() ? request : request.header("Authorization", "Bearer " + token)).build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
