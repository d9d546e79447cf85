package io.watchfloor.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.auth.Standing;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import io.watchfloor.server.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
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
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(120)
class HttpServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Limiter limiter = new Limiter(
            new InMemoryBuckets(LimitSettings.USUAL, InstantSource.system(), 100), null);
    private final HttpServer server = new HttpServer(new ListenAddress("127.0.0.1", 0));

    @BeforeEach
    void start() throws IOException {
        List<Route> routes = List.of(
                Route.get("/things/{id}", Access.anyone(),
                        call -> Answer.text("text/plain", call.path("id") + " " + call.query("q"))),
                Route.get("/long", Access.anyone(), _ -> Answer.text("text/plain", "long ".repeat(1000))),
                Route.post("/titles", Access.anyone(),
                        call -> Answer.text("text/plain", call.json(NewDashboard.class).title())),
                new Route("POST", "/small", Access.anyone(), 10,
                        call -> Answer.text("text/plain", call.body().length + " bytes")),
                Route.get("/editor", Access.person(Role.EDITOR), call -> Answer.text("text/plain",
                        call.caller().account())),
                Route.get("/password", new Access.Person(Role.VIEWER, true),
                        call -> Answer.text("text/plain", call.caller().account())),
                Route.post("/ingest", Access.service(Scope.INGEST),
                        call -> Answer.text("text/plain", call.service().name())),
                Route.get("/bug", Access.anyone(), _ -> {
                    throw new IllegalStateException("secret detail");
                }),
                Route.get("/nodb", Access.anyone(), _ -> {
                    throw new StoreException("secret host", new IOException());
                }));
        server.bind();
        server.start(new Router(routes, new KnownTokens(), limiter, meters), _ -> new NeverUpgrades());
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void route_getsTheNamedSegmentDecodedAndTheQuery() throws Exception {
        assertThat(get("/things/a%20b?q=%C3%A4").body()).isEqualTo("a b ä");
    }

    @Test
    void unknownPath_isNotFound() throws Exception {
        assertProblem(get("/nothing"), 404, "not-found");
        assertProblem(get("/things/a/b"), 404, "not-found");
    }

    @Test
    void wrongMethod_isToldTheRightOnes() throws Exception {
        HttpResponse<String> answer = post("/things/1", "text/plain", new byte[0]);
        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow")).contains("GET");
    }

    @Test
    void everyAnswer_hasTheSecurityHeaders() throws Exception {
        for (String path : List.of("/things/1", "/nothing", "/bug")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void head_answersLikeGetWithoutBody() throws Exception {
        HttpResponse<String> answer = send(request("/things/1").method("HEAD", BodyPublishers.noBody()).build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void body_isReadAsRecord() throws Exception {
        assertThat(post("/titles", "application/json; charset=utf-8", utf8("{\"title\":\"Wall\"}")).body())
                .isEqualTo("Wall");
    }

    @Test
    void malformedBody_isAProblemThatNamesThePlace() throws Exception {
        assertProblem(post("/titles", "application/json", utf8("{\"title\":")), 400, "malformed");
        Problem missing = assertProblem(post("/titles", "application/json", utf8("{}")), 400, "malformed");
        assertThat(missing.detail()).contains("title");
        assertProblem(post("/titles", "application/json", new byte[0]), 400, "malformed");
    }

    @Test
    void bodyOfAnotherKind_isRefused() throws Exception {
        assertProblem(post("/titles", "text/plain", utf8("{\"title\":\"Wall\"}")), 415, "unsupported-media-type");
    }

    @Test
    void bodyAtTheLimit_isTaken_andOneByteMoreRefused() throws Exception {
        assertThat(post("/small", "text/plain", new byte[10]).body()).isEqualTo("10 bytes");
        assertProblem(post("/small", "text/plain", new byte[11]), 413, "too-large");
    }

    /// A connection that is shut while its peer still sends may lose the answer.
    @Test
    void bodyOverTheLimit_isTakenToItsEnd_soThatTheAnswerIsHeard() throws Exception {
        String next = "GET /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        String body = "x".repeat(500_000);
        assertThat(raw("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" + body + next))
                .startsWith("HTTP/1.1 413").contains("long long");
        assertThat(raw("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7a120\r\n" + body
                + "\r\n0\r\n\r\n" + next)).startsWith("HTTP/1.1 413").contains("long long");
        assertThat(raw("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\nExpect: 100-continue\r\n\r\n"))
                .as("it need not be sent at all").startsWith("HTTP/1.1 413");
    }

    @Test
    void packedBody_isLimitedByItsUnpackedSize() throws Exception {
        assertThat(send(packed("/small", new byte[10])).body()).isEqualTo("10 bytes");
        assertProblem(send(packed("/small", new byte[1 << 20])), 413, "too-large");
    }

    @Test
    void brokenPackedBody_isMalformed() throws Exception {
        HttpRequest request = request("/small").header("Content-Encoding", "gzip").header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("no gzip")).build();
        assertProblem(send(request), 400, "malformed");
    }

    @Test
    void longAnswer_isPackedForThoseWhoCanUnpack() throws Exception {
        HttpResponse<byte[]> answer = client.send(request("/long").header("Accept-Encoding", "gzip").build(),
                BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
            assertThat(in.readAllBytes()).hasSize(5000);
        }
    }

    @Test
    void person_needsAToken() throws Exception {
        HttpResponse<String> answer = get("/editor");
        assertProblem(answer, 401, "not-signed-in");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertProblem(send(request("/editor").header("Authorization", "Bearer nonsense").build()), 401,
                "not-signed-in");
        assertProblem(send(request("/editor").header("Authorization", "Basic editor").build()), 401, "not-signed-in");
    }

    @Test
    void person_needsTheRole() throws Exception {
        assertThat(as("editor", "/editor").body()).isEqualTo("editor");
        assertProblem(as("viewer", "/editor"), 403, "forbidden");
        assertThat(as("viewer", "/password").body()).isEqualTo("viewer");
    }

    @Test
    void personWhosePasswordIsDue_mayOnlyChangeIt() throws Exception {
        assertProblem(as("due", "/editor"), 403, "password-must-change");
        assertThat(as("due", "/password").body()).isEqualTo("due");
    }

    @Test
    void program_needsTheScope() throws Exception {
        assertThat(send(request("/ingest").header("Authorization", "Token feeder").POST(BodyPublishers.noBody())
                .build()).body()).isEqualTo("feeder");
        assertProblem(send(request("/ingest").header("Authorization", "Bearer reader").POST(BodyPublishers.noBody())
                .build()), 403, "forbidden");
        assertProblem(send(request("/ingest").header("Authorization", "Bearer editor").POST(BodyPublishers.noBody())
                .build()), 401, "not-signed-in");
    }

    @Test
    void fault_tellsNothingOfTheInside() throws Exception {
        HttpResponse<String> answer = get("/bug");
        assertProblem(answer, 500, "internal");
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("IllegalState");
    }

    @Test
    void fault_isInTheLog_withItsCause() throws Exception {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        Logger router = (Logger) LoggerFactory.getLogger(Router.class);
        router.addAppender(logged);
        try {
            get("/bug");
            get("/nodb");
        } finally {
            router.detachAppender(logged);
        }
        assertThat(logged.list).anySatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).contains("GET /bug");
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("secret detail");
        }).anySatisfy(event -> assertThat(event.getFormattedMessage()).contains("GET /nodb", "secret host"));
    }

    @Test
    void lostDatabase_isUnavailableWithAPause() throws Exception {
        HttpResponse<String> answer = get("/nodb");
        assertProblem(answer, 503, "unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void webSocketPath_tellsWhatItIsFor() throws Exception {
        assertProblem(get("/api/v1/ws"), 426, "upgrade-required");
    }

    @Test
    void requestThatIsNoHttp_isRefusedWithoutAStackTrace() throws Exception {
        assertThat(raw("GET /things/1 HTTP/1.1\r\nHost:\u0001\r\n\r\n")).startsWith("HTTP/1.1 400")
                .doesNotContain("at ");
        assertThat(raw("GET /things/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400")
                .doesNotContain("\tat ");
        assertThat(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 414");
    }

    /// Else the next request on that connection finds it closed, and what is no question is not asked again by itself.
    @Test
    void answer_thatDoesNotWaitForTheBody_saysThatTheConnectionEndsWithIt() throws Exception {
        for (String path : List.of("/ingest", "/nothing", "/things/1", "/bug")) {
            String head = (path.equals("/bug") ? "GET " : "POST ") + path
                    + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                    + "\r\n";
            assertThat(raw(head)).as("%s, before its body has come", path)
                    .containsIgnoringCase("Connection: close\r\n");
            String whole = head + "body." + "GET /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            assertThat(raw(whole)).as("%s, after it has come", path).contains("long long");
        }
    }

    @Test
    void requests_areCountedByRouteAndNotByPath() throws Exception {
        get("/things/1");
        get("/things/2");
        get("/nothing");
        await().atMost(PATIENCE).until(() -> counted("/things/{id}") == 2 && counted("none") == 1);
    }

    /// Requests are counted when they have been answered.
    private long counted(String route) {
        return meters.find("watchfloor.http.requests").tag("route", route).timers().stream().mapToLong(Timer::count)
                .sum();
    }

    @Test
    void takenPort_failsBeforeAnythingElse() {
        HttpServer second = new HttpServer(new ListenAddress("127.0.0.1", server.address().getPort()));
        assertThatThrownBy(second::bind).isInstanceOf(IOException.class);
        second.close();
    }

    private Problem assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        Problem problem = RecordCodec.of(Encoding.JSON).decode(utf8(answer.body()), Problem.class);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.detail()).endsWith(".");
        return problem;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).build());
    }

    private HttpResponse<String> as(String token, String path) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token).build());
    }

    private HttpResponse<String> post(String path, String contentType, byte[] body) throws Exception {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body)).build());
    }

    private HttpRequest packed(String path, byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        }
        return request(path).header("Content-Encoding", "gzip").header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray())).build();
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Tokens that are the names of their owners.
    private static final class KnownTokens implements Authenticator {

        @Override
        public Standing standing(Caller caller) {
            return new Standing.Good(caller);
        }

        @Override
        public @Nullable Caller authenticate(String token) {
            return switch (token) {
                case "viewer" -> new Caller(token, Role.VIEWER, Long.MAX_VALUE, false);
                case "editor" -> new Caller(token, Role.EDITOR, Long.MAX_VALUE, false);
                case "due" -> new Caller(token, Role.ADMIN, Long.MAX_VALUE, true);
                default -> null;
            };
        }

        @Override
        public @Nullable ServiceCaller authenticateService(String token) {
            return switch (token) {
                case "feeder" -> new ServiceCaller(token, Set.of(Scope.INGEST));
                case "reader" -> new ServiceCaller(token, Set.of(Scope.READ));
                default -> null;
            };
        }
    }

    private static final class NeverUpgrades extends Handler.Abstract {

        @Override
        public boolean handle(org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response,
                org.eclipse.jetty.util.Callback callback) {
            return false;
        }
    }
}
