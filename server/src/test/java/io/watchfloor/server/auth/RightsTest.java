package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AccessRow;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.Grantee;
import io.watchfloor.server.store.RightsRecord;
import io.watchfloor.server.store.RightsStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RightsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AuthFixture auth = new AuthFixture();
    private final DashboardId servers = new DashboardId(UUID.randomUUID());
    private final DashboardId alices = new DashboardId(UUID.randomUUID());

    @BeforeEach
    void people() {
        auth.accounts.add("bob", Role.EDITOR, null, false);
        auth.accounts.add("vera", Role.VIEWER, null, false);
        auth.accounts.add("root", Role.ADMIN, null, false);
        auth.store.dashboard(servers, null);
        auth.store.dashboard(alices, "alice");
        auth.rights.refresh();
    }

    @AfterEach
    void close() {
        auth.close();
    }

    @Test
    void ownDashboard_isOwned_andNobodyElsesExceptAdministrators() {
        assertRights(alices, Right.OWN, Right.NONE, Right.NONE, Right.OWN);
    }

    @Test
    void dashboardOfTheServer_isEveryonesToEdit_untilAGrantSaysSomethingElse() {
        assertRights(servers, Right.EDIT, Right.EDIT, Right.VIEW, Right.OWN);
        grant(servers, null, Right.VIEW);
        assertRights(servers, Right.VIEW, Right.VIEW, Right.VIEW, Right.OWN);
        grant(servers, null, Right.NONE);
        assertRights(servers, Right.NONE, Right.NONE, Right.NONE, Right.OWN);
    }

    @Test
    void greatestGrant_ACC4_ofOnesOwnOnesGroupsAndEveryones_counts_cappedByTheRole() {
        auth.store.addGroup("night", 0);
        auth.store.addGroup("day", 0);
        auth.store.addMember("night", "bob");
        auth.store.addMember("day", "bob");
        auth.store.addMember("day", "vera");
        auth.store.grant(alices, new Grantee.Members("night"), Right.VIEW);
        auth.rights.refresh();
        assertRights(alices, Right.OWN, Right.VIEW, Right.NONE, Right.OWN);
        auth.store.grant(alices, new Grantee.Members("day"), Right.OWN);
        auth.rights.refresh();
        assertRights(alices, Right.OWN, Right.OWN, Right.VIEW, Right.OWN);
        auth.store.removeMember("day", "bob");
        grant(alices, "bob", Right.EDIT);
        assertRights(alices, Right.OWN, Right.EDIT, Right.VIEW, Right.OWN);
    }

    @Test
    void unconfirmedRights_ACC2_areToldAfterFiveSeconds_andGoodForNothingAfterAMinute() {
        AtomicInteger told = new AtomicInteger();
        auth.rights.onChange(told::incrementAndGet);
        Caller alice = new Caller("alice", Role.EDITOR, 0, false);
        auth.clock.advance(Duration.ofSeconds(5));
        auth.rights.tellWhetherConfirmed();
        assertThat(auth.rights.confirmed()).isTrue();
        auth.clock.advance(Duration.ofMillis(1));
        auth.rights.tellWhetherConfirmed();
        auth.rights.tellWhetherConfirmed();
        assertThat(auth.rights.confirmed()).isFalse();
        assertThat(told).hasValue(1);
        assertThat(auth.authenticator.standing(alice)).isInstanceOf(Standing.Good.class);
        auth.clock.advance(Duration.ofSeconds(55));
        assertThat(auth.authenticator.standing(alice)).isEqualTo(new Standing.Unknown());
        auth.rights.refresh();
        auth.rights.tellWhetherConfirmed();
        assertThat(told).hasValue(2);
        assertThat(auth.authenticator.standing(alice)).isInstanceOf(Standing.Good.class);
    }

    @Test
    void greaterOfOwnAndEveryonesGrant_counts_cappedByTheRole() {
        grant(alices, null, Right.VIEW);
        grant(alices, "bob", Right.EDIT);
        grant(alices, "vera", Right.OWN);
        assertRights(alices, Right.OWN, Right.EDIT, Right.VIEW, Right.OWN);
        grant(alices, "bob", Right.NONE);
        assertRights(alices, Right.OWN, Right.VIEW, Right.VIEW, Right.OWN);
    }

    @Test
    void access_ACC51_tellsWhoHasARight_andWhy() {
        auth.store.addGroup("Night shift", 1);
        auth.store.addMember("Night shift", "vera");
        assertThat(auth.store.grant(alices, new Grantee.Members("Night shift"), Right.EDIT)).isTrue();
        grant(alices, "bob", Right.VIEW);
        grant(alices, null, Right.VIEW);
        List<AccessRow> people = DashboardAccess.of(auth.store.load(), alices);
        AccessRow.Reason everyone = new AccessRow.Reason(AccessRow.Source.EVERYONE, null, Right.VIEW);
        assertThat(people).contains(
                new AccessRow("alice", Role.EDITOR, Right.OWN,
                        List.of(new AccessRow.Reason(AccessRow.Source.OWNER, null, Right.OWN), everyone)),
                new AccessRow("vera", Role.VIEWER, Right.VIEW,
                        List.of(new AccessRow.Reason(AccessRow.Source.GROUP, "Night shift", Right.EDIT), everyone)));
        assertThat(people).filteredOn(row -> row.account().equals("bob")).singleElement()
                .satisfies(row -> assertThat(row.reasons())
                        .containsExactlyInAnyOrder(new AccessRow.Reason(AccessRow.Source.ACCOUNT, null, Right.VIEW),
                                everyone));
        assertThat(people).allSatisfy(row -> assertThat(row.right())
                .isEqualTo(auth.rights.rightOf(row.account(), alices)));
        assertThat(people).extracting(AccessRow::account).startsWith("alice").contains("root");
    }

    @Test
    void unknownAndDisabledAccountsAndUnknownDashboards_haveNoRights() {
        DashboardId nowhere = new DashboardId(UUID.randomUUID());
        assertRights(nowhere, Right.NONE, Right.NONE, Right.NONE, Right.NONE);
        assertThat(auth.rights.rightOf("nobody", servers)).isEqualTo(Right.NONE);
        Account root = Objects.requireNonNull(auth.accounts.find("root"));
        auth.store.replace(new Account("root", Role.ADMIN, null, false, true, 1, root.createdAt()));
        auth.rights.refresh();
        assertThat(auth.rights.rightOf("root", servers)).isEqualTo(Right.NONE);
        assertThat(auth.rights.roleOf("root")).isNull();
        assertThat(auth.rights.roleOf("alice")).isEqualTo(Role.EDITOR);
    }

    @Test
    void change_isSeenByPolling_andListenersAreToldOnce() {
        AtomicInteger told = new AtomicInteger();
        auth.rights.onChange(told::incrementAndGet);
        try (ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> _ = auth.rights.follow(executor);
            auth.store.grant(alices, new Grantee.Person("bob"), Right.EDIT);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(auth.rights.rightOf("bob", alices)).isEqualTo(Right.EDIT));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).hasValue(1));
            executor.shutdownNow();
        }
    }

    /// What bounds the second that is promised where nobody tells of a change.
    @Test
    void polls_ACC1_areSoOftenThatThreeOfThemAreWithinASecond() {
        try (ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> followed = auth.rights.follow(executor);
            await().atMost(PATIENCE).until(() -> auth.rights.polls() >= 2);
            assertThat(followed.getDelay(TimeUnit.MILLISECONDS)).isLessThanOrEqualTo(Rights.POLL_MILLIS);
            assertThat(3 * Rights.POLL_MILLIS).isLessThan(1_000);
            executor.shutdownNow();
        }
    }

    @Test
    void right_ACC6_isReadAnew_whereItIsLessThanWhatIsWanted() {
        auth.store.grant(alices, new Grantee.Person("bob"), Right.EDIT);
        assertThat(auth.rights.rightOf("bob", alices)).isEqualTo(Right.NONE);
        assertThat(auth.rights.rightOf("bob", alices, Right.VIEW)).isEqualTo(Right.EDIT);
        auth.store.grant(alices, new Grantee.Person("bob"), Right.OWN);
        assertThat(auth.rights.rightOf("bob", alices, Right.EDIT)).isEqualTo(Right.EDIT);
        assertThat(auth.rights.rightOf("bob", alices, Right.OWN)).isEqualTo(Right.OWN);
        assertThat(auth.rights.rightOf("vera", alices, Right.VIEW)).isEqualTo(Right.NONE);
    }

    @Test
    void look_ACC6_answersAllWhoAskedBeforeItBegan_andNobodyElse() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Rights rights = new Rights(new RightsStore() {

            @Override
            public long revision() {
                if (asked.incrementAndGet() == 1) {
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return auth.store.revision();
            }

            @Override
            public RightsRecord load() {
                return auth.store.load();
            }

            @Override
            public boolean grant(DashboardId dashboard, Grantee grantee, Right right) {
                throw new UnsupportedOperationException();
            }
        }, auth.bus, auth.clock);
        Thread first = Thread.ofPlatform().start(rights::refresh);
        await().atMost(PATIENCE).until(() -> asked.get() == 1);
        List<Thread> others = Stream.generate(() -> Thread.ofPlatform().start(rights::refresh)).limit(8).toList();
        await().atMost(PATIENCE).until(() -> others.stream().allMatch(each -> each.getState() == Thread.State.BLOCKED));
        goOn.countDown();
        first.join();
        for (Thread each : others) {
            each.join();
        }
        assertThat(asked).as("the one that was under way, and one for all who came meanwhile").hasValue(2);
    }

    @Test
    void change_isSeenWhenTheBusTellsOfIt() {
        try (ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor()) {
            auth.rights.follow(executor).cancel(false);
            auth.store.grant(alices, new Grantee.Person("bob"), Right.EDIT);
            auth.bus.arrive(new BusMessage.RightsChanged());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(auth.rights.rightOf("bob", alices)).isEqualTo(Right.EDIT));
            executor.shutdownNow();
        }
    }

    private void grant(DashboardId dashboard, @org.jspecify.annotations.Nullable String account, Right right) {
        assertThat(auth.store.grant(dashboard,
                account == null ? new Grantee.Everyone() : new Grantee.Person(account), right)).isTrue();
        auth.rights.refresh();
    }

    private void assertRights(DashboardId dashboard, Right alice, Right bob, Right vera, Right root) {
        assertThat(auth.rights.rightOf("alice", dashboard)).isEqualTo(alice);
        assertThat(auth.rights.rightOf("bob", dashboard)).isEqualTo(bob);
        assertThat(auth.rights.rightOf("vera", dashboard)).isEqualTo(vera);
        assertThat(auth.rights.rightOf("root", dashboard)).isEqualTo(root);
    }
}
