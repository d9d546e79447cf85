package io.watchfloor.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.protocol.Role;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.AccessTokens;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.Invitations;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.auth.RefreshTokens;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.auth.SecondFactors;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.auth.SignInLimits;
import io.watchfloor.server.auth.SignInList;
import io.watchfloor.server.auth.SignIns;
import io.watchfloor.server.auth.SigningKeys;
import io.watchfloor.server.auth.Standing;
import io.watchfloor.server.bus.memory.InMemoryEventBus;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import io.watchfloor.server.store.Together;
import io.watchfloor.server.store.memory.InMemoryAccounts;
import io.watchfloor.server.store.memory.InMemoryAudit;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Routes that hash passwords, over stores in memory. Confined to its thread.
@Timeout(120)
class PasswordRoutesTest {

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final InMemoryAccounts store = new InMemoryAccounts();
    private final PasswordHasher hasher = new PasswordHasher(random, new PasswordHasher.Cost(16 << 10, 2), 1);
    private final SigningKeys keys = new SigningKeys(store.tokens(), clock, random);
    private final Accounts accounts = new Accounts(store, hasher, clock, random);
    private final Invitations invitations = new Invitations(store.factors(), store, accounts, clock, random);
    private final Limiter limiter = new Limiter(new InMemoryBuckets(LimitSettings.USUAL, clock, 100), null);
    private final HttpServer server = new HttpServer(new ListenAddress("127.0.0.1", 0));
    private final HttpClient client = HttpClient.newHttpClient();
    private final Transactions transactions = new Transactions();

    /// Knows how many passwords were hashed while a connection to the database was held.
    private final class Transactions implements Together {

        private long runs;

        @Override
        public <T extends @Nullable Object> T together(Supplier<T> work) {
            long before = hasher.runs();
            try {
                return work.get();
            } finally {
                runs += hasher.runs() - before;
            }
        }
    }

    @BeforeEach
    void start() throws IOException {
        keys.prepare();
        accounts.add("boss", Role.ADMIN, "quite a secret", false);
        accounts.add("ben", Role.EDITOR, null, false);
        Rights rights = new Rights(store, new InMemoryEventBus.Hub(Runnable::run).connect(), clock);
        AuditLog audit = new AuditLog(new InMemoryAudit(), transactions, keys, clock, "one");
        SecondFactors factors = new SecondFactors(new SecondFactors.Stores(store.factors(), store.factors()), keys,
                clock, random, true);
        SignIns signIns = new SignIns(store, new SignIns.Proofs(hasher, factors),
                new SignIns.Mint(new AccessTokens(keys, clock, Duration.ofMinutes(10)),
                        new RefreshTokens(store.tokens(), keys, clock)),
                rights, new SignInLimits(limiter, store.tokens(), clock), clock);
        List<Route> routes = new ArrayList<>(new UserRoutes(accounts, factors, store,
                new SignInList(store.tokens(), rights), rights, audit).routes());
        routes.addAll(new InvitationRoutes(invitations, signIns, rights, audit).routes());
        server.bind();
        server.start(new Router(routes, new Boss(), limiter, new SimpleMeterRegistry()), null);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        hasher.close();
    }

    @Test
    void hashing_ACC17_holdsUpNoTransaction() throws Exception {
        long before = hasher.runs();
        assertThat(post("/api/v1/users", "{\"name\":\"ann\",\"role\":\"EDITOR\"}").statusCode()).isEqualTo(201);
        assertThat(post("/api/v1/users/ben/reset-password", "{}").statusCode()).isEqualTo(200);
        String code = invitations.make("new", Role.VIEWER, List.of(), Duration.ofDays(1), "boss").code();
        assertThat(post("/api/v1/invitations/accept",
                "{\"code\":\"" + code + "\",\"name\":\"new\",\"password\":\"battery staple\"}").statusCode())
                .isEqualTo(200);
        assertThat(hasher.runs()).isEqualTo(before + 3);
        assertThat(transactions.runs).isZero();
    }

    @Test
    void flood_ACC17_isAnswered503WithTheTimeToWait_alsoToAdministrators() throws Exception {
        List<Thread> flood = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            flood.add(Thread.ofPlatform().daemon().start(this::hashOnAndOn));
        }
        try {
            HttpResponse<String> answer = add("first");
            for (int i = 0; i < 100 && answer.statusCode() == 201; i++) {
                answer = add("ann" + i);
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("unavailable");
        } finally {
            flood.forEach(Thread::interrupt);
        }
    }

    private void hashOnAndOn() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                hasher.hash("anything");
            } catch (PasswordHasher.BusyException _) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private HttpResponse<String> add(String name) throws IOException, InterruptedException {
        return post("/api/v1/users", "{\"name\":\"" + name + "\",\"role\":\"EDITOR\"}");
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(server.address().resolve(path)).header("Authorization", "Bearer boss")
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private static final class Boss implements Authenticator {

        @Override
        public Caller authenticate(String token) {
            return new Caller("boss", Role.ADMIN, Long.MAX_VALUE, false);
        }

        @Override
        public Standing standing(Caller caller) {
            return new Standing.Good(caller);
        }

        @Override
        public @Nullable ServiceCaller authenticateService(String token) {
            return null;
        }
    }
}
