package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.auth.RefreshTokens.Issued;
import io.watchfloor.server.auth.RefreshTokens.Renewal;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.Device;
import io.watchfloor.server.store.SigningKey.Purpose;
import io.watchfloor.server.store.TokenHash;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.PostgresTokenStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Refresh tokens of two instances on one real PostgreSQL, with a clock that is set.
@Timeout(120)
class RefreshOverTwoInstancesTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Device DESK = new Device(TokenHash.of("the desk's own key"), "desk", "10.0.0.1");

    private final TestClock clock = new TestClock();
    private final RefreshTokens one = instance(DATABASE.database());
    private final RefreshTokens two = instance(DATABASE.openAnother());

    private RefreshTokens instance(Database database) {
        PostgresTokenStore store = new PostgresTokenStore(database);
        SigningKeys keys = new SigningKeys(store, clock, new SecureRandom());
        keys.prepare();
        return new RefreshTokens(store, keys, clock);
    }

    @BeforeEach
    void account() {
        new PostgresAccountStore(DATABASE.database())
                .add(new Account("alice", Role.EDITOR, null, false, false, 1, clock.millis()));
    }

    private static String renewed(Renewal renewal) {
        assertThat(renewal).isInstanceOf(Renewal.Renewed.class);
        return ((Renewal.Renewed) renewal).issued().token();
    }

    @Test
    void fiftyRenewals_ACC9_overTwoInstances_giveOneSuccessor_andOnlyThatOneLeadsOn() throws Exception {
        Issued first = one.start("alice", false, DESK);
        Set<String> successors = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Renewal>> renewals = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                RefreshTokens at = i % 2 == 0 ? one : two;
                renewals.add(threads.submit(() -> at.renew(first.token(), DESK)));
            }
            for (Future<Renewal> renewal : renewals) {
                successors.add(renewed(renewal.get()));
            }
        }
        assertThat(successors).hasSize(1);
        String successor = successors.iterator().next();
        clock.advance(Duration.ofSeconds(9));
        assertThat(renewed(two.renew(first.token(), DESK))).as("a retry, elsewhere").isEqualTo(successor);
        renewed(two.renew(successor, DESK));
        assertThat(one.renew(first.token(), DESK)).as("after its successor was used")
                .isInstanceOf(Renewal.Reused.class);
        assertThat(two.renew(successor, DESK)).as("the family has ended").isInstanceOf(Renewal.Refused.class);
    }

    @Test
    void retry_ACC10_elsewhere_isForTenSeconds_andTheSameDesktop() {
        Issued first = one.start("alice", false, DESK);
        renewed(one.renew(first.token(), DESK));
        assertThat(two.renew(first.token(), new Device(TokenHash.of("another key"), "", "10.0.0.1")))
                .isInstanceOf(Renewal.Reused.class);
        Issued next = one.start("alice", false, DESK);
        renewed(one.renew(next.token(), DESK));
        clock.advance(Duration.ofSeconds(11));
        assertThat(two.renew(next.token(), DESK)).isInstanceOf(Renewal.Reused.class);
    }

    @Test
    void signIn_ACC11_endsAfter72IdleHours_andAfter30Days_onEveryInstance() {
        Issued idle = one.start("alice", false, DESK);
        clock.advance(Duration.ofDays(3));
        String token = renewed(two.renew(idle.token(), DESK));
        clock.advance(Duration.ofDays(3).plusMillis(1));
        assertThat(one.renew(token, DESK)).isInstanceOf(Renewal.Refused.class);
        Issued busy = one.start("alice", false, DESK);
        String last = busy.token();
        for (int day = 0; day < 30; day += 2) {
            clock.advance(Duration.ofDays(2));
            last = renewed((day % 4 == 0 ? one : two).renew(last, DESK));
        }
        clock.advance(Duration.ofMillis(1));
        assertThat(two.renew(last, DESK)).isInstanceOf(Renewal.Refused.class);
    }

    @Test
    void keyOfRefreshTokens_ACC10_isRenewedEachMonth_alsoUnderTheHandsOfAnInstanceThatDoesNotKnow() {
        PostgresTokenStore store = new PostgresTokenStore(DATABASE.database());
        for (int month = 0; month < 4; month++) {
            Issued first = one.start("alice", false, DESK);
            clock.advance(Duration.ofDays(30).plusMillis(1));
            Issued second = two.start("alice", false, DESK);
            RefreshTokens fresh = instance(DATABASE.database());
            assertThat(fresh.renew(first.token(), DESK)).isInstanceOf(Renewal.Refused.class);
            String successor = renewed(fresh.renew(second.token(), DESK));
            assertThat(renewed(two.renew(second.token(), DESK))).as("a retry elsewhere, made with the new key")
                    .isEqualTo(successor);
            String third = renewed(one.renew(successor, DESK));
            assertThat(renewed(one.renew(successor, DESK))).isEqualTo(third);
        }
        assertThat(store.signingKeys()).filteredOn(key -> key.purpose() == Purpose.REFRESH)
                .as("this month's, last month's, and one of which a sign-in may be left").hasSize(3);
        assertThat(store.signingKeys()).filteredOn(key -> key.purpose() == Purpose.AUDIT).hasSize(1);
    }

    @Test
    void keys_ACC8_ACC10_areRotated_andNobodyIsSignedOut() {
        Issued first = one.start("alice", false, DESK);
        PostgresTokenStore store = new PostgresTokenStore(DATABASE.database());
        SigningKeys keys = new SigningKeys(store, clock, new SecureRandom());
        keys.prepare();
        AccessTokens tokens = new AccessTokens(keys, clock, Duration.ofMinutes(10));
        Account alice = new Account("alice", Role.EDITOR, null, false, false, 1, clock.millis());
        String before = tokens.issue(alice, first.signIn(), false).token();
        clock.advance(Duration.ofMinutes(1));
        keys.rotate(Purpose.ACCESS);
        keys.rotate(Purpose.REFRESH);
        RefreshTokens restarted = instance(DATABASE.database());
        String next = renewed(restarted.renew(first.token(), DESK));
        assertThat(renewed(restarted.renew(first.token(), DESK))).isEqualTo(next);
        assertThat(tokens.verify(before)).isNotNull();
        assertThat(tokens.verify(tokens.issue(alice, first.signIn(), false).token())).isNotNull();
    }
}
