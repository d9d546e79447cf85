package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.Grantee;
import io.watchfloor.server.store.RightsRecord;
import io.watchfloor.server.store.RightsStore;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import io.watchfloor.server.store.TokenHash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TokensTest {

    private final AuthFixture auth = new AuthFixture();
    private final Account alice = Objects.requireNonNull(auth.accounts.find("alice"));

    @AfterEach
    void close() {
        auth.close();
    }

    @Test
    void accessToken_isGoodUntilItEnds() {
        String token = auth.accessTokens.issue(alice, UUID.randomUUID(), false).token();
        assertThat(auth.authenticator.authenticate(token)).isNotNull();
        auth.clock.advance(Duration.ofMinutes(9));
        auth.rights.refresh();
        assertThat(auth.authenticator.authenticate(token)).isNotNull();
        auth.clock.advance(Duration.ofMinutes(1).plusSeconds(1));
        assertThat(auth.authenticator.authenticate(token)).isNull();
    }

    @Test
    void accessToken_ACC8_outlivesARotationOfTheKeys() {
        String token = auth.accessTokens.issue(alice, UUID.randomUUID(), false).token();
        auth.clock.advance(Duration.ofSeconds(1));
        auth.keys.rotate(Purpose.ACCESS);
        String later = auth.accessTokens.issue(alice, UUID.randomUUID(), false).token();
        assertThat(JWT.decode(later).getKeyId()).isNotEqualTo(JWT.decode(token).getKeyId());
        assertThat(auth.authenticator.authenticate(token)).isNotNull();
        assertThat(auth.authenticator.authenticate(later)).isNotNull();
    }

    @Test
    void keys_areRotatedAtAStartAfterThirtyDays_andOldOnesRemovedLater() {
        SigningKey first = auth.keys.signing(Purpose.ACCESS);
        auth.keys.prepare();
        assertThat(auth.keys.signing(Purpose.ACCESS).id()).isEqualTo(first.id());
        auth.clock.advance(Duration.ofDays(31));
        auth.keys.prepare();
        assertThat(auth.keys.all(Purpose.ACCESS)).hasSize(2);
        assertThat(auth.keys.signing(Purpose.ACCESS).id()).isNotEqualTo(first.id());
        auth.clock.advance(Duration.ofDays(31));
        auth.keys.prepare();
        assertThat(auth.keys.all(Purpose.ACCESS).stream().map(SigningKey::id)).hasSize(2).doesNotContain(first.id());
        auth.clock.advance(Duration.ofDays(31));
        auth.keys.prepare();
        assertThat(auth.keys.all(Purpose.REFRESH)).as("of sign-ins that may last").hasSize(3);
        assertThat(auth.keys.all(Purpose.AUDIT)).hasSize(1);
    }

    @Test
    void instancesShareTheirKeys_alsoOneMadeAMomentAgo() {
        SigningKeys others = new SigningKeys(auth.store.tokens(), auth.clock, auth.random);
        others.prepare();
        auth.clock.advance(Duration.ofSeconds(2));
        others.rotate(Purpose.ACCESS);
        String token = new AccessTokens(others, auth.clock, Duration.ofMinutes(10))
                .issue(alice, UUID.randomUUID(), false).token();
        assertThat(auth.authenticator.authenticate(token)).isNotNull();
    }

    @Test
    void forgedToken_isRefused() {
        SigningKey key = auth.keys.signing(Purpose.ACCESS);
        assertThat(accepts(key, jwt -> {})).isTrue();
        assertThat(accepts(key, jwt -> jwt.withIssuer("other"))).isFalse();
        assertThat(accepts(key, jwt -> jwt.withAudience("other"))).isFalse();
        assertThat(accepts(key, jwt -> jwt.withKeyId("../../etc/passwd"))).isFalse();
        assertThat(accepts(key, jwt -> jwt.withHeader(Map.of("typ", "JWT")))).isFalse();
        assertThat(accepts(key, jwt -> jwt.withSubject("nobody"))).isFalse();
        assertThat(accepts(key, jwt -> jwt.withClaim("sid", "none"))).isFalse();
        assertThat(accepts(key, jwt -> jwt.withClaim("gen", 7))).isFalse();
        assertThat(accepts(key, jwt -> jwt.withClaim("gen", "1"))).isFalse();
        assertThat(accepts(key, jwt -> jwt.withNotBefore(auth.clock.instant().plusSeconds(60)))).isFalse();
        assertThat(accepts(key, jwt -> jwt.withExpiresAt(auth.clock.instant().minusSeconds(1)))).isFalse();
        assertThat(accepts(new SigningKey(key.id(), Purpose.ACCESS, new byte[32], 0), jwt -> {})).isFalse();
        assertThat(accepts(auth.keys.signing(Purpose.REFRESH), jwt -> {})).isFalse();
    }

    @Test
    void tokenWithoutSignatureOrOfAnotherAlgorithm_isRefused() {
        SigningKey key = auth.keys.signing(Purpose.ACCESS);
        assertThat(auth.authenticator.authenticate(valid(key).sign(Algorithm.none()))).isNull();
        assertThat(auth.authenticator.authenticate(valid(key).sign(Algorithm.HMAC512(key.secret())))).isNull();
        String token = valid(key).sign(Algorithm.HMAC256(key.secret()));
        assertThat(auth.authenticator.authenticate(token.substring(0, token.lastIndexOf('.') + 1))).isNull();
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString(
                ("{\"alg\":\"nOnE\",\"typ\":\"at+jwt\",\"kid\":\"" + key.id() + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(auth.authenticator.authenticate(none + token.substring(token.indexOf('.')))).isNull();
    }

    @Test
    void nonsense_isRefusedWithoutAFault() {
        for (String token : new String[]{"", ".", "..", "a.b.c", "x".repeat(1_000_000), "{}.{}.{}", "\u0000"}) {
            assertThat(auth.authenticator.authenticate(token)).isNull();
            assertThat(auth.authenticator.authenticateService(token)).isNull();
        }
    }

    @Test
    void callersRole_isThePresentOne() {
        String token = auth.accessTokens.issue(alice, UUID.randomUUID(), false).token();
        auth.store.replace(new Account("alice", Role.VIEWER, alice.password(), false, false, 1, alice.createdAt()));
        auth.rights.refresh();
        assertThat(Objects.requireNonNull(auth.authenticator.authenticate(token)).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void caller_ACC6_isJudgedByWhatWasDoneElsewhereAMomentAgo_beforeHeIsRefused() {
        String token = auth.accessTokens.issue(alice, UUID.randomUUID(), false).token();
        auth.store.replace(new Account("alice", Role.VIEWER, alice.password(), false, true, 1, alice.createdAt()));
        auth.rights.refresh();
        assertThat(auth.authenticator.authenticate(token)).isNull();
        auth.store.replace(new Account("alice", Role.VIEWER, alice.password(), false, false, 1, alice.createdAt()));
        assertThat(auth.authenticator.authenticate(token)).isNotNull();
        auth.store.replace(new Account("alice", Role.ADMIN, alice.password(), false, false, 2, alice.createdAt()));
        assertThat(Objects.requireNonNull(auth.authenticator.authenticate(token)).role()).as("good enough as it is")
                .isEqualTo(Role.VIEWER);
        assertThat(auth.authenticator.authenticate(token, Role.EDITOR)).as("the password was changed, too").isNull();
        String next = auth.accessTokens.issue(Objects.requireNonNull(auth.accounts.find("alice")), UUID.randomUUID(),
                true).token();
        assertThat(Objects.requireNonNull(auth.authenticator.authenticate(next, Role.ADMIN)).role())
                .isEqualTo(Role.ADMIN);
    }

    @Test
    void tokensThatAreMadeUp_LIM25_hardlyCostTheDatabaseAnything_andNewOnesAreFoundAllTheSame() {
        AtomicInteger asked = new AtomicInteger();
        Rights rights = new Rights(new RightsStore() {

            @Override
            public long revision() {
                asked.incrementAndGet();
                return auth.store.revision();
            }

            @Override
            public RightsRecord load() {
                return auth.store.load();
            }

            @Override
            public boolean grant(DashboardId dashboard, Grantee grantee, Right right) {
                return auth.store.grant(dashboard, grantee, right);
            }
        }, auth.bus, auth.clock);
        for (int i = 0; i < 1_000; i++) {
            assertThat(rights.serviceToken(TokenHash.of("made up " + i))).isNull();
        }
        assertThat(asked).hasValueLessThanOrEqualTo(1);
        CreatedServiceToken made = Objects
                .requireNonNull(auth.serviceTokens.create("feeder", Set.of(Scope.INGEST), 1, null));
        auth.clock.advance(Duration.ofMillis(100));
        assertThat(rights.serviceToken(TokenHash.of(made.token()))).isNotNull();
    }

    @Test
    void serviceToken_worksUntilItExpiresOrIsRevoked() {
        CreatedServiceToken created = Objects
                .requireNonNull(auth.serviceTokens.create("feeder", Set.of(Scope.INGEST), 1, "alice"));
        CreatedServiceToken revoked = Objects
                .requireNonNull(auth.serviceTokens.create("old", Set.of(Scope.READ, Scope.METRICS), 30, null));
        assertThat(auth.authenticator.authenticateService(created.token()))
                .isEqualTo(new ServiceCaller("feeder", Set.of(Scope.INGEST)));
        assertThat(auth.authenticator.authenticateService(revoked.token())).isNotNull();
        assertThat(auth.authenticator.authenticate(created.token())).isNull();

        assertThat(auth.serviceTokens.revoke(revoked.row().id())).isTrue();
        auth.rights.refresh();
        assertThat(auth.authenticator.authenticateService(revoked.token())).isNull();
        auth.clock.advance(Duration.ofDays(1));
        assertThat(auth.authenticator.authenticateService(created.token())).isNull();
        assertThat(auth.serviceTokens.list()).containsExactly(created.row());
    }

    @Test
    void serviceTokensName_isTakenOnce() {
        assertThat(auth.serviceTokens.create("feeder", Set.of(Scope.INGEST), 1, null)).isNotNull();
        assertThat(auth.serviceTokens.create("feeder", Set.of(Scope.READ), 1, null)).isNull();
    }

    private boolean accepts(SigningKey key, Consumer<JWTCreator.Builder> change) {
        JWTCreator.Builder jwt = valid(key);
        change.accept(jwt);
        return auth.authenticator.authenticate(jwt.sign(Algorithm.HMAC256(key.secret()))) != null;
    }

    private JWTCreator.Builder valid(SigningKey key) {
        return JWT.create().withHeader(Map.of("typ", "at+jwt")).withKeyId(key.id()).withIssuer("watchfloor")
                .withAudience("watchfloor-api").withSubject("alice").withIssuedAt(auth.clock.instant())
                .withNotBefore(auth.clock.instant()).withExpiresAt(auth.clock.instant().plusSeconds(60))
                .withClaim("gen", 1).withClaim("exempt", false).withClaim("sid", new UUID(1, 2).toString());
    }
}
