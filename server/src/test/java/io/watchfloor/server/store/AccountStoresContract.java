package io.watchfloor.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.store.SigningKey.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every adapter of the ports for accounts, tokens and rights must do. Names are unique per test, so that tests may
/// share a database.
@Timeout(120)
public abstract class AccountStoresContract {

    private static final long NOW = 1_800_000_000_000L;

    private static final Device DEVICE = new Device(TokenHash.of("key"), "wall", "here");
    private static final Grantee EVERYONE = new Grantee.Everyone();

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + unique;

    protected abstract AccountStore accounts();

    protected abstract TokenStore tokens();

    protected abstract RightsStore rights();

    protected abstract GroupStore groups();

    protected abstract SecondFactorStore factors();

    protected abstract SettingStore settings();

    /// Makes a dashboard that the rights store knows.
    protected abstract void makeDashboard(DashboardId dashboard, @Nullable String owner);

    protected abstract void removeAllDashboards();

    private static Grantee person(String name) {
        return new Grantee.Person(name);
    }

    private Account account(String name) {
        return new Account(name, Role.EDITOR, "hash", true, false, 1, NOW);
    }

    @Test
    void account_isFoundHoweverItsNameIsCased_andIsWhatWasAdded() {
        assertThat(accounts().add(account(alice))).isTrue();
        assertThat(accounts().account(alice.toUpperCase(java.util.Locale.ROOT))).isEqualTo(account(alice));
        assertThat(accounts().accounts()).contains(account(alice));
        assertThat(accounts().account("nobody-" + unique)).isNull();
    }

    @Test
    void account_withoutPassword_comesBackWithoutPassword() {
        accounts().add(new Account(alice, Role.VIEWER, null, false, false, 1, NOW));
        assertThat(Objects.requireNonNull(accounts().account(alice)).password()).isNull();
    }

    @Test
    void add_refusesANameThatDiffersByCaseAlone() {
        accounts().add(account(alice));
        assertThat(accounts().add(account("A" + alice.substring(1)))).isFalse();
        assertThat(accounts().accounts().stream().map(Account::name)).contains(alice)
                .doesNotContain("A" + alice.substring(1));
    }

    @Test
    void changePassword_raisesTheGenerationAndEndsAllFamilies() {
        accounts().add(account(alice));
        RefreshFamily family = family("one");
        tokens().startFamily(family);
        Account changed = Objects.requireNonNull(accounts().changePassword(alice, "new"));
        assertThat(changed).isEqualTo(new Account(alice, Role.EDITOR, "new", false, false, 2, NOW));
        assertThat(accounts().account(alice)).isEqualTo(changed);
        assertThat(tokens().family(family.id())).isNull();
        assertThat(accounts().changePassword("nobody-" + unique, "new")).isNull();
    }

    @Test
    void lastAdministrator_ACC5_staysOne_alsoWhenTwoRemoveEachOtherAtTheSameTime() throws Exception {
        String bob = "bob-" + unique;
        accounts().add(new Account(alice, Role.ADMIN, "hash", false, false, 1, NOW));
        accounts().accounts().stream().filter(a -> a.role() == Role.ADMIN && !a.name().equals(alice))
                .forEach(a -> accounts().changeRole(a.name(), Role.EDITOR));
        assertThat(accounts().changeRole(alice, Role.EDITOR)).isEqualTo(AccountChange.LAST_ADMINISTRATOR);
        assertThat(accounts().changeDisabled(alice, true)).isEqualTo(AccountChange.LAST_ADMINISTRATOR);
        assertThat(accounts().changeRole(alice, Role.ADMIN)).isEqualTo(AccountChange.DONE);
        accounts().add(new Account(bob, Role.ADMIN, "hash", false, true, 1, NOW));
        assertThat(accounts().changeRole(alice, Role.EDITOR)).as("bob is disabled")
                .isEqualTo(AccountChange.LAST_ADMINISTRATOR);
        String code = "code-" + unique;
        accounts().add(new Account(code, Role.ADMIN, null, false, false, 1, NOW));
        assertThat(accounts().changeRole(alice, Role.EDITOR)).as("the other cannot sign in by himself")
                .isEqualTo(AccountChange.LAST_ADMINISTRATOR);
        assertThat(accounts().changeDisabled(alice, true)).isEqualTo(AccountChange.LAST_ADMINISTRATOR);
        assertThat(accounts().changeRole(code, Role.EDITOR)).isEqualTo(AccountChange.DONE);
        accounts().changeDisabled(bob, false);
        List<AccountChange> changes = atOnce(List.of(() -> accounts().changeRole(alice, Role.EDITOR),
                () -> accounts().changeDisabled(bob, true)));
        assertThat(changes).containsExactlyInAnyOrder(AccountChange.DONE, AccountChange.LAST_ADMINISTRATOR);
        assertThat(accounts().changeRole("nobody-" + unique, Role.EDITOR)).isEqualTo(AccountChange.UNKNOWN);
        assertThat(accounts().changeDisabled("nobody-" + unique, true)).isEqualTo(AccountChange.UNKNOWN);
    }

    @Test
    void disabling_leavesTheFamiliesThatEnablingEnds_andResettingThePasswordEndsThemTooAndMakesItDue() {
        accounts().add(account(alice));
        RefreshFamily family = family("one");
        tokens().startFamily(family);
        assertThat(accounts().changeDisabled(alice, true)).isEqualTo(AccountChange.DONE);
        assertThat(tokens().family(family.id())).isNotNull();
        assertThat(Objects.requireNonNull(accounts().account(alice)).disabled()).isTrue();
        accounts().changeDisabled(alice, false);
        assertThat(tokens().family(family.id())).isNull();
        RefreshFamily again = family("again");
        tokens().startFamily(again);
        assertThat(accounts().resetPassword(alice, "reset")).isTrue();
        assertThat(accounts().account(alice)).isEqualTo(new Account(alice, Role.EDITOR, "reset", true, false, 2, NOW));
        assertThat(tokens().family(again.id())).isNull();
        assertThat(rights().load().endedSignIns()).contains(family.id(), again.id());
        assertThat(accounts().resetPassword("nobody-" + unique, "x")).isFalse();
    }

    @Test
    void lastSignIn_ACC50_isThatOfTheNewestFamily_alsoAfterItHasEnded_andNoChangeOfRights() {
        accounts().add(account(alice));
        assertThat(tokens().lastSignIns()).doesNotContainKey(alice);
        long revision = rights().revision();
        RefreshFamily family = family("one");
        tokens().startFamily(family);
        assertThat(rights().revision()).isEqualTo(revision);
        tokens().endFamily(family.id());
        assertThat(tokens().lastSignIns()).containsEntry(alice, family.startedAt());
    }

    @Test
    void place_LIM26_isKnownUntilItIsForgotten_howeverTheNameIsCased() {
        accounts().add(account(alice));
        String upper = alice.toUpperCase(java.util.Locale.ROOT);
        tokens().rememberPlace(upper, "192.0.2.1", NOW);
        tokens().rememberPlace(alice, "192.0.2.1", NOW + 5);
        tokens().rememberPlace(alice, "192.0.2.1", NOW + 3);
        assertThat(tokens().isPlaceOf(upper, "192.0.2.1", NOW + 5)).isTrue();
        assertThat(tokens().isPlaceOf(alice, "192.0.2.1", NOW + 6)).isFalse();
        assertThat(tokens().isPlaceOf(alice, "192.0.2.2", 0)).isFalse();
        assertThat(tokens().isPlaceOf("nobody-" + unique, "192.0.2.1", 0)).isFalse();
        tokens().forgetPlaces(NOW + 5);
        assertThat(tokens().isPlaceOf(alice, "192.0.2.1", 0)).isTrue();
        tokens().forgetPlaces(NOW + 6);
        assertThat(tokens().isPlaceOf(alice, "192.0.2.1", 0)).isFalse();
    }

    @Test
    void secondFactorsAndSettings_ACC28_arePartOfTheRights() {
        accounts().add(account(alice));
        factors().keepPending(alice, new byte[]{1}, NOW);
        assertThat(rights().load().withSecondFactor()).doesNotContain(alice);
        long before = rights().revision();
        factors().confirm(alice, 1, List.of());
        assertThat(rights().revision()).isGreaterThan(before);
        assertThat(rights().load().withSecondFactor()).contains(alice);
        before = rights().revision();
        factors().useStep(alice, 2);
        assertThat(rights().revision()).as("a sign-in changes no rights").isEqualTo(before);
        factors().removeSecondFactor(alice);
        assertThat(rights().revision()).isGreaterThan(before);
        assertThat(rights().load().withSecondFactor()).doesNotContain(alice);
        before = rights().revision();
        settings().set("setting-" + unique, "one");
        settings().set("setting-" + unique, "two");
        assertThat(rights().revision()).isGreaterThan(before);
        assertThat(rights().load().settings()).containsEntry("setting-" + unique, "two");
    }

    @Test
    void lastUseOfAServiceToken_ACC50_isTheLatestTold_andGoesWithTheToken() {
        ServiceToken token = new ServiceToken("id" + unique, "token-" + unique, TokenHash.of(unique),
                java.util.Set.of(io.watchfloor.protocol.rest.Scope.INGEST), null, NOW, NOW + 10);
        tokens().addServiceToken(token);
        long revision = rights().revision();
        assertThat(tokens().lastUses()).doesNotContainKey(token.id());
        tokens().used(java.util.Map.of(token.id(), NOW + 7, "gone-" + unique, NOW));
        tokens().used(java.util.Map.of(token.id(), NOW + 3));
        assertThat(tokens().lastUses()).containsEntry(token.id(), NOW + 7).doesNotContainKey("gone-" + unique);
        assertThat(rights().revision()).isEqualTo(revision);
        tokens().removeServiceToken(token.id());
        assertThat(tokens().lastUses()).doesNotContainKey(token.id());
    }

    @Test
    void rehash_changesTheHashAndNothingElse_whereItIsStillThatOne() {
        accounts().add(account(alice));
        accounts().rehash(alice, "another", "fresh");
        assertThat(accounts().account(alice)).isEqualTo(account(alice));
        accounts().rehash(alice, "hash", "fresh");
        assertThat(accounts().account(alice)).isEqualTo(new Account(alice, Role.EDITOR, "fresh", true, false, 1, NOW));
    }

    @Test
    void families_areListedByLastUse_andEndedTogether_butForOne() {
        accounts().add(account(alice));
        RefreshFamily first = family("first");
        RefreshFamily second = family("second");
        List.of(first, second).forEach(tokens()::startFamily);
        tokens().renew(first.id(), 1, TokenHash.of("next"), "there", NOW + 9);
        assertThat(tokens().families(alice)).extracting(RefreshFamily::id).containsExactly(first.id(), second.id());
        assertThat(tokens().families(alice).getFirst().device()).isEqualTo(
                new Device(DEVICE.key(), "wall", "there"));
        assertThat(tokens().endFamilies(alice, first.id())).isEqualTo(1);
        assertThat(tokens().families(alice)).extracting(RefreshFamily::id).containsExactly(first.id());
        assertThat(tokens().endFamilies(alice, null)).isEqualTo(1);
        assertThat(tokens().endFamily(first.id())).isFalse();
        assertThat(rights().load().endedSignIns()).contains(first.id(), second.id());
        tokens().forgetEnded(java.time.Duration.ZERO);
        assertThat(rights().load().endedSignIns()).doesNotContain(first.id());
    }

    @Test
    void group_hasANameOfItsOwn_members_andLosesItsGrantsWithItself() {
        DashboardId wall = new DashboardId(UUID.randomUUID());
        String team = "team-" + unique;
        makeDashboard(wall, null);
        accounts().add(account(alice));
        assertThat(groups().addGroup(team, NOW)).isTrue();
        assertThat(groups().addGroup(team.toUpperCase(java.util.Locale.ROOT), NOW)).isFalse();
        assertThat(groups().addMember(team, alice)).isTrue();
        assertThat(groups().addMember(team, alice)).isTrue();
        assertThat(groups().addMember(team, "nobody-" + unique)).isFalse();
        assertThat(groups().addMember("none-" + unique, alice)).isFalse();
        assertThat(groups().groups()).contains(new Group(team, List.of(alice)));
        assertThat(rights().grant(wall, new Grantee.Members(team), Right.EDIT)).isTrue();
        assertThat(rights().grant(wall, new Grantee.Members("none-" + unique), Right.EDIT)).isFalse();
        assertThat(rights().load().groups()).contains(new Group(team, List.of(alice)));
        String renamed = "New " + team;
        assertThat(groups().addGroup("other-" + unique, NOW)).isTrue();
        assertThat(groups().renameGroup(team, "OTHER-" + unique)).isEqualTo(GroupChange.TAKEN);
        assertThat(groups().renameGroup("none-" + unique, renamed)).isEqualTo(GroupChange.UNKNOWN);
        assertThat(groups().renameGroup(team, renamed)).isEqualTo(GroupChange.DONE);
        assertThat(rights().load().groups()).contains(new Group(renamed, List.of(alice)));
        assertThat(rights().load().grants()).extracting(RightsRecord.Grant::grantee)
                .contains(new Grantee.Members(renamed)).doesNotContain(new Grantee.Members(team));
        assertThat(groups().renameGroup(renamed, team)).isEqualTo(GroupChange.DONE);
        assertThat(groups().removeMember(team, alice)).isTrue();
        assertThat(groups().removeMember(team, alice)).isFalse();
        assertThat(groups().removeGroup(team)).isTrue();
        assertThat(groups().removeGroup(team)).isFalse();
        assertThat(rights().load().grants().stream().filter(grant -> grant.dashboard().equals(wall))).isEmpty();
    }

    @Test
    void code_worksOnce_alsoWhenManyTakeItAtTheSameTime() throws Exception {
        accounts().add(account(alice));
        TokenHash code = TokenHash.of("code" + unique);
        accounts().addCode(code, alice, NOW + 1000);
        List<@Nullable String> taken = atOnce(10, () -> accounts().takeCode(code, NOW));
        assertThat(taken.stream().filter(Objects::nonNull)).containsExactly(alice);
        assertThat(accounts().takeCode(code, NOW)).isNull();
    }

    @Test
    void code_isVoidFromItsEnd() {
        accounts().add(account(alice));
        TokenHash code = TokenHash.of("late" + unique);
        accounts().addCode(code, alice, NOW);
        assertThat(accounts().takeCode(code, NOW)).isNull();
        assertThat(accounts().takeCode(TokenHash.of("unknown"), NOW)).isNull();
    }

    @Test
    void family_isRenewedOncePerGeneration_alsoWhenManyRenewAtTheSameTime() throws Exception {
        accounts().add(account(alice));
        RefreshFamily family = family("one");
        tokens().startFamily(family);
        assertThat(tokens().family(family.id())).isEqualTo(family);
        List<Boolean> renewed = atOnce(10,
                () -> tokens().renew(family.id(), 1, TokenHash.of("two"), "elsewhere", NOW + 5));
        assertThat(renewed.stream().filter(won -> won)).hasSize(1);
        assertThat(tokens().family(family.id())).isEqualTo(
                new RefreshFamily(family.id(), alice, 2, TokenHash.of("two"), true,
                        new Device(DEVICE.key(), DEVICE.name(), "elsewhere"), NOW, NOW + 5));
    }

    @Test
    void family_endsByItselfOrByAge() {
        accounts().add(account(alice));
        RefreshFamily ended = family("ended");
        RefreshFamily idle = family("idle");
        RefreshFamily renewed = family("renewed");
        List.of(ended, idle, renewed).forEach(tokens()::startFamily);
        tokens().renew(renewed.id(), 1, TokenHash.of("next"), "here", NOW + 10);
        tokens().endFamily(ended.id());
        assertThat(tokens().family(ended.id())).isNull();
        tokens().endFamilies(NOW + 10, NOW);
        assertThat(tokens().family(idle.id())).isNull();
        assertThat(tokens().family(renewed.id())).isNotNull();
        tokens().endFamilies(NOW, NOW + 1);
        assertThat(tokens().family(renewed.id())).isNull();
        assertThat(tokens().renew(renewed.id(), 2, TokenHash.of("x"), "here", NOW)).isFalse();
    }

    @Test
    void signingKey_isKeptUntilItIsTooOld() {
        byte[] secret = {1, 2, 3};
        tokens().addSigningKey(new SigningKey("a" + unique, Purpose.ACCESS, secret, NOW));
        tokens().addSigningKey(new SigningKey("r" + unique, Purpose.REFRESH, secret, NOW));
        SigningKey found = tokens().signingKeys().stream().filter(key -> key.id().equals("a" + unique)).findFirst()
                .orElseThrow();
        assertThat(found.secret()).isEqualTo(secret);
        assertThat(found.createdAt()).isEqualTo(NOW);
        tokens().removeSigningKeys(Purpose.ACCESS, NOW + 1);
        assertThat(tokens().signingKeys().stream().map(SigningKey::id)).contains("r" + unique)
                .doesNotContain("a" + unique);
    }

    @Test
    void serviceToken_hasANameOfItsOwn_andIsGoneWhenRemoved() {
        ServiceToken token = serviceToken("id" + unique, "feeder-" + unique);
        assertThat(tokens().addServiceToken(token)).isTrue();
        assertThat(tokens().addServiceToken(serviceToken("other" + unique, "feeder-" + unique))).isFalse();
        assertThat(tokens().serviceTokens()).contains(token);
        assertThat(tokens().removeServiceToken(token.id())).isTrue();
        assertThat(tokens().removeServiceToken(token.id())).isFalse();
        assertThat(tokens().serviceTokens()).doesNotContain(token);
    }

    @Test
    void everyChangeOfRights_raisesTheRevision() {
        DashboardId wall = new DashboardId(UUID.randomUUID());
        List<Runnable> changes = List.of(() -> accounts().add(account(alice)),
                () -> accounts().changePassword(alice, "new"),
                () -> tokens().addServiceToken(serviceToken("id" + unique, "feeder-" + unique)),
                () -> tokens().removeServiceToken("id" + unique), () -> makeDashboard(wall, alice),
                () -> rights().grant(wall, person(alice), Right.VIEW), () -> rights().grant(wall, EVERYONE, Right.NONE),
                this::removeAllDashboards);
        for (Runnable change : changes) {
            long before = rights().revision();
            change.run();
            assertThat(rights().revision()).isGreaterThan(before);
            assertThat(rights().load().revision()).isGreaterThan(before);
        }
    }

    @Test
    void record_holdsAccountsTokensDashboardsAndGrants() {
        DashboardId wall = new DashboardId(UUID.randomUUID());
        DashboardId own = new DashboardId(UUID.randomUUID());
        ServiceToken token = serviceToken("id" + unique, "feeder-" + unique);
        accounts().add(account(alice));
        tokens().addServiceToken(token);
        makeDashboard(wall, null);
        makeDashboard(own, alice);
        assertThat(rights().grant(wall, person(alice), Right.VIEW)).isTrue();
        assertThat(rights().grant(wall, person(alice), Right.EDIT)).isTrue();
        assertThat(rights().grant(wall, EVERYONE, Right.NONE)).isTrue();
        assertThat(rights().grant(wall, EVERYONE, Right.VIEW)).isTrue();
        RightsRecord record = rights().load();
        assertThat(record.accounts()).contains(account(alice));
        assertThat(record.serviceTokens()).contains(token);
        assertThat(record.dashboards()).contains(new RightsRecord.Owned(wall, null),
                new RightsRecord.Owned(own, alice));
        assertThat(record.grants().stream().filter(grant -> grant.dashboard().equals(wall)))
                .containsExactlyInAnyOrder(new RightsRecord.Grant(wall, person(alice), Right.EDIT),
                        new RightsRecord.Grant(wall, EVERYONE, Right.VIEW));
    }

    @Test
    void grant_needsADashboardAndAnAccountThatThereAre() {
        DashboardId wall = new DashboardId(UUID.randomUUID());
        makeDashboard(wall, null);
        assertThat(rights().grant(new DashboardId(UUID.randomUUID()), EVERYONE, Right.VIEW)).isFalse();
        assertThat(rights().grant(wall, person("nobody-" + unique), Right.VIEW)).isFalse();
    }

    private RefreshFamily family(String token) {
        return new RefreshFamily(UUID.randomUUID(), alice, 1, TokenHash.of(token + unique), true, DEVICE, NOW, NOW);
    }

    private static ServiceToken serviceToken(String id, String name) {
        return new ServiceToken(id, name, TokenHash.of(id), Set.of(Scope.INGEST, Scope.METRICS), null, NOW, NOW + 1);
    }

    private static <T extends @Nullable Object> List<T> atOnce(int times, Callable<T> call) throws Exception {
        return atOnce(Collections.nCopies(times, call));
    }

    private static <T extends @Nullable Object> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> call : calls) {
                futures.add(threads.submit(call));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
