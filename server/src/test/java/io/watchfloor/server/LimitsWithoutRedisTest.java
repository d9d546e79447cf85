package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.ChangePassword;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.SignInCode;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.bus.redis.TestRedis;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Two instances that count together, over HTTP, while their Redis is killed and comes back.
@Timeout(300)
class LimitsWithoutRedisTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();
    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final String PASSWORD = "correct horse";
    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);

    @TempDir
    Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void redisKilled_LIM3_whatFailsOpenGoesOn_whatFailsClosedSaysWhenToComeAgain_andOpensWhenItIsBack()
            throws Exception {
        try (PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1)) {
            Accounts accounts = new Accounts(new PostgresAccountStore(DATABASE.database()), hasher,
                    InstantSource.system(), new SecureRandom());
            accounts.add("ann", Role.EDITOR, PASSWORD, false);
            accounts.add("ben", Role.EDITOR, PASSWORD, false);
        }
        try (WatchfloorServer one = instance("one"); WatchfloorServer two = instance("two")) {
            guess("ben", one.address(), two.address());
            comeAgain(post(one.address(), "/api/v1/sign-in", new SignIn("ben", PASSWORD), null), 429);
            REDIS.kill();
            Tokens tokens = JSON.decode(post(one.address(), "/api/v1/sign-in", new SignIn("ann", PASSWORD), null)
                    .body().getBytes(StandardCharsets.UTF_8), Tokens.class);
            assertThat(post(two.address(), "/api/v1/tokens", new RefreshToken(tokens.refreshToken()), null)
                    .statusCode()).as("renewals fail open").isEqualTo(200);
            comeAgain(post(one.address(), "/api/v1/sign-in/code", new SignInCode("nonsense"), null), 503);
            comeAgain(post(one.address(), "/api/v1/password", new ChangePassword(PASSWORD, "battery staple"),
                    tokens.accessToken()), 503);
            assertThat(post(one.address(), "/api/v1/sign-in", new SignIn("ann", PASSWORD), null).statusCode())
                    .as("the password was not changed").isEqualTo(200);
            guess("ann", two.address(), two.address());
            REDIS.start();
            await().atMost(LiveClient.PATIENCE).until(() -> post(one.address(), "/api/v1/sign-in/code",
                    new SignInCode("nonsense"), null).statusCode() == 401);
        }
    }

    /// Guesses here and there until it is refused, which is after no more than both may let through together.
    private void guess(String name, URI one, URI two) throws Exception {
        long begin = System.nanoTime();
        int guesses = 0;
        HttpResponse<String> answer = post(one, "/api/v1/sign-in", new SignIn(name, "wrong"), null);
        while (answer.statusCode() == 401) {
            guesses++;
            answer = post(guesses % 2 == 0 ? one : two, "/api/v1/sign-in", new SignIn(name, "wrong"), null);
        }
        comeAgain(answer, 429);
        long refilled = Limit.SIGN_IN_NAME.usual() * (System.nanoTime() - begin)
                / Limit.SIGN_IN_NAME.window().toNanos();
        assertThat(guesses).isBetween((int) Limit.SIGN_IN_NAME.usual(),
                (int) (Limit.SIGN_IN_NAME.usual() + refilled + 1));
    }

    private static void comeAgain(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("0"))).isBetween(1, 3_600);
    }

    private HttpResponse<String> post(URI base, String path, Record body, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(JSON.encode(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private WatchfloorServer instance(String name) throws StartException {
        var address = DATABASE.address();
        return WatchfloorServer.start(new ServerConfig(name, folder.resolve(name),
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false),
                URI.create(REDIS.url()), Duration.ofDays(30), new AtStart(PASSWORD, Map.of(), null)));
    }
}
