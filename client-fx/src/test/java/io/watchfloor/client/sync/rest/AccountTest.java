package io.watchfloor.client.sync.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.watchfloor.client.sync.Credentials.Answer;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AccountTest {

    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);

    private final AtomicInteger issued = new AtomicInteger();
    private final List<String> refreshed = new CopyOnWriteArrayList<>();
    private final CountDownLatch changing = new CountDownLatch(1);
    private final CountDownLatch mayChange = new CountDownLatch(1);
    private volatile @Nullable ProblemCode refusal;
    private final HttpClient http = HttpClient.newHttpClient();
    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;
    @SuppressWarnings("NullAway.Init") // set before each test
    private RestClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/sign-in", exchange -> {
            SignIn asked = JSON.decode(exchange.getRequestBody().readAllBytes(), SignIn.class);
            answer(exchange, asked.password().equals("right") ? tokens() : wrong());
        });
        server.createContext("/api/v1/tokens", exchange -> {
            refreshed.add(JSON.decode(exchange.getRequestBody().readAllBytes(), RefreshToken.class).refreshToken());
            answer(exchange, refusal == null ? tokens() : Problem.of(refusal, "This account is disabled.", null));
        });
        server.createContext("/api/v1/dashboards", exchange -> {
            boolean fresh = ("Bearer access " + issued.get()).equals(
                    exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, fresh
                    ? new DashboardList(List.of())
                    : Problem.of(ProblemCode.NOT_SIGNED_IN, "The access token has expired.", null));
        });
        server.createContext("/api/v1/password", exchange -> {
            changing.countDown();
            await(mayChange);
            answer(exchange, tokens());
        });
        server.createContext("/elsewhere", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<html>hello</html>".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        client = new RestClient(address(""), http, Runnable::run);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.shutdownNow();
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Tokens tokens() {
        int number = issued.incrementAndGet();
        return new Tokens("access " + number, number * 1_000L, "refresh " + number, "ann", Role.EDITOR, false);
    }

    private static Problem wrong() {
        return Problem.of(ProblemCode.WRONG_CREDENTIALS, "The name or the password is wrong.", null);
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        byte[] bytes = JSON.encode(body);
        exchange.sendResponseHeaders(body instanceof Problem problem ? problem.status() : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Account signedIn() {
        return switch (client.signIn("ann", "right").join()) {
            case Outcome.Ok<Account>(Account account) -> account;
            case Outcome.Refused<Account> refused -> throw new AssertionError(refused.toString());
            case Outcome.Unreachable<Account> unreachable -> throw new AssertionError(unreachable.toString());
        };
    }

    @Test
    void keptSignIn_OFF6_letsOneInAndAsksForTokensWithTheFirstRequest() {
        Account account = client.resumeLater("kept", "ann", Role.EDITOR);
        assertThat(account.name()).isEqualTo("ann");
        assertThat(account.role()).isEqualTo(Role.EDITOR);
        assertThat(refreshed).isEmpty();
        assertThat(account.dashboards().join()).isInstanceOf(Outcome.Ok.class);
        assertThat(refreshed).containsExactly("kept");
        assertThat(account.accessToken(false).join()).isInstanceOf(Answer.Token.class);
        assertThat(refreshed).hasSize(1);
    }

    @Test
    void keptSignIn_OFF6_withoutAServerIsNotDenied() {
        RestClient nowhere = new RestClient(URI.create("http://127.0.0.1:1"), http, Runnable::run);
        Account account = nowhere.resumeLater("kept", "ann", Role.EDITOR);
        assertThat(account.accessToken(false).join()).isInstanceOf(Answer.Unreachable.class);
        assertThat(account.dashboards().join()).isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void disabledAccount_OFF4_isTold() {
        refusal = ProblemCode.ACCOUNT_DISABLED;
        Account account = client.resumeLater("kept", "ann", Role.EDITOR);
        List<String> told = new ArrayList<>();
        account.onDisabled(() -> told.add("disabled"));
        assertThat(account.accessToken(false).join()).isEqualTo(new Answer.Denied("This account is disabled."));
        assertThat(told).containsExactly("disabled");
    }

    @ParameterizedTest
    @EnumSource(value = ProblemCode.class, names = "ACCOUNT_DISABLED", mode = EnumSource.Mode.EXCLUDE)
    void anyOtherRefusal_OFF4_isNotTakenForADisabledAccount(ProblemCode other) {
        refusal = other;
        Account account = client.resumeLater("kept", "ann", Role.EDITOR);
        List<String> told = new ArrayList<>();
        account.onDisabled(() -> told.add("disabled"));
        account.accessToken(false).join();
        account.dashboards().join();
        client.signIn("ann", "wrong").join();
        assertThat(told).isEmpty();
        assertThat(client.resume("kept").join()).isInstanceOfSatisfying(Outcome.Refused.class,
                refused -> assertThat(refused.disabled()).isFalse());
    }

    @Test
    void signIn_aProblemIsToldInTheServersWords() {
        assertThat(client.signIn("ann", "wrong").join()).isEqualTo(
                new Outcome.Refused<Account>(401, "wrong-credentials", "The name or the password is wrong."));
        assertThat(signedIn().name()).isEqualTo("ann");
    }

    @Test
    void signIn_whatIsNoServerOfOursIsNamed() {
        RestClient other = new RestClient(address("/elsewhere"), http, Runnable::run);
        assertThat(other.signIn("ann", "right").join()).isInstanceOfSatisfying(Outcome.Unreachable.class,
                unreachable -> assertThat(unreachable.sentence()).contains("is not a Watchfloor server"));
    }

    @Test
    void expiredToken_isRenewedAndTheRequestMadeAgain() {
        Account account = signedIn();
        issued.incrementAndGet(); // the one at hand is not the latest any more
        assertThat(account.dashboards().join()).isEqualTo(new Outcome.Ok<>(new DashboardList(List.of())));
        assertThat(refreshed).containsExactly("refresh 1");
        assertThat(account.refreshToken()).isEqualTo("refresh 3");
    }

    @Test
    void renewal_isMadeOnceForAllWhoAskForIt() {
        Account account = signedIn();
        List<Tokens> told = new CopyOnWriteArrayList<>();
        account.onTokens(told::add);
        issued.incrementAndGet();
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(account.dashboards());
        }
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).join();
        assertThat(refreshed).containsExactly("refresh 1");
        assertThat(told).hasSize(1);
        assertThat(account.accessToken(false).join()).isEqualTo(new Answer.Token("access 3", 3_000));
    }

    /// The server closes the connection before its answer is here, so that a token is asked for meanwhile.
    @Test
    void password_CLI92_whoNeedsATokenMeanwhileWaitsForThoseAfterTheChange() throws InterruptedException {
        Account account = signedIn();
        CompletableFuture<Outcome<Account.Done>> change = account.changePassword("right", "better");
        assertThat(changing.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Answer> token = account.accessToken(true);
        assertThat(token).isNotDone();
        mayChange.countDown();

        assertThat(change.join()).isInstanceOf(Outcome.Ok.class);
        assertThat(token.join()).isEqualTo(new Answer.Token("access 2", 2_000));
        assertThat(refreshed).isEmpty();
        assertThat(account.refreshToken()).isEqualTo("refresh 2");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void refusal_CLI90_tellsTheFieldAndThePause() {
        server.createContext("/api/v1/sign-in/code", exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "17");
            answer(exchange, Problem.of(ProblemCode.TOO_MANY_REQUESTS, "Later.", "code"));
        });
        assertThat(client.signInWithCode("x").join())
                .isEqualTo(new Outcome.Refused<Account>(429, "too-many-requests", "Later.", "code", 17));
    }
}
