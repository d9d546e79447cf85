package io.watchfloor.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every adapter of the ports for second factors, invitations, settings and the audit log must do. Names are unique
/// per test, so that tests may share a database.
@Timeout(120)
public abstract class FactorAndAuditStoresContract {

    private static final long NOW = 1_800_000_000_000L;

    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + unique;

    protected abstract SecondFactorStore factors();

    protected abstract InvitationStore invitations();

    protected abstract SettingStore settings();

    protected abstract AuditStore audit();

    /// Makes an account that second factors may be of.
    protected abstract void makeAccount(String name);

    @Test
    void secret_ACC20_countsOnceItIsConfirmed_andAnEarlierOneUntilThen() {
        makeAccount(alice);
        assertThat(factors().secondFactor(alice)).isNull();
        assertThat(factors().confirm(alice, 1, List.of())).isFalse();
        factors().keepPending(alice, new byte[]{1}, NOW);
        assertThat(factors().withSecondFactor()).doesNotContain(alice);
        assertThat(factors().confirm(alice, 5, List.of(TokenHash.of("a"), TokenHash.of("b")))).isTrue();
        assertThat(factors().withSecondFactor()).contains(alice);
        factors().keepPending(alice, new byte[]{2}, NOW + 1);
        SecondFactor factor = Objects.requireNonNull(factors().secondFactor(alice));
        assertThat(factor.secret()).containsExactly(1);
        assertThat(factor.pending()).containsExactly(2);
        assertThat(factor.pendingSince()).isEqualTo(NOW + 1);
        assertThat(factor.recoveryCodes()).isEqualTo(2);
        assertThat(factors().removeSecondFactor(alice)).isTrue();
        assertThat(factors().removeSecondFactor(alice)).isFalse();
        assertThat(factors().secondFactor(alice)).isNull();
    }

    @Test
    void step_ACC21_isUsedOnce_alsoByManyAtTheSameTime_andNoneBeforeItAfterwards() throws Exception {
        makeAccount(alice);
        factors().keepPending(alice, new byte[]{1}, NOW);
        factors().confirm(alice, 5, List.of());
        assertThat(factors().useStep(alice, 5)).isFalse();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> uses = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                uses.add(threads.submit(() -> factors().useStep(alice, 7)));
            }
            int used = 0;
            for (Future<Boolean> use : uses) {
                used += use.get() ? 1 : 0;
            }
            assertThat(used).isEqualTo(1);
        }
        assertThat(factors().useStep(alice, 6)).isFalse();
        assertThat(factors().useStep(alice, 8)).isTrue();
    }

    @Test
    void recoveryCode_ACC22_isUsedOnce_andNewOnesReplaceAll() {
        makeAccount(alice);
        factors().keepPending(alice, new byte[]{1}, NOW);
        factors().confirm(alice, 5, List.of(TokenHash.of("a"), TokenHash.of("b")));
        assertThat(factors().useRecoveryCode(alice, TokenHash.of("a"))).isTrue();
        assertThat(factors().useRecoveryCode(alice, TokenHash.of("a"))).isFalse();
        factors().replaceRecoveryCodes(alice, List.of(TokenHash.of("c")));
        assertThat(factors().useRecoveryCode(alice, TokenHash.of("b"))).isFalse();
        assertThat(factors().useRecoveryCode(alice, TokenHash.of("c"))).isTrue();
    }

    @Test
    void invitation_isFoundByItsCodeUntilItIsOverOrRemoved() {
        Invitation invitation = new Invitation("id" + unique, TokenHash.of(unique), null, Role.EDITOR, List.of("day"),
                "boss", NOW, NOW + 10);
        invitations().invite(invitation);
        assertThat(invitations().invitation(TokenHash.of(unique), NOW)).isEqualTo(invitation);
        assertThat(invitations().invitations(NOW)).contains(invitation);
        assertThat(invitations().invitation(TokenHash.of(unique), NOW + 10)).isNull();
        assertThat(invitations().invitations(NOW + 10)).doesNotContain(invitation);
        assertThat(invitations().removeInvitation("id" + unique)).isTrue();
        assertThat(invitations().removeInvitation("id" + unique)).isFalse();
        assertThat(invitations().invitation(TokenHash.of(unique), NOW)).isNull();
    }

    @Test
    void setting_isTheLastThatWasDecided() {
        assertThat(settings().setting(unique)).isNull();
        settings().set(unique, "a");
        settings().set(unique, "b");
        assertThat(settings().setting(unique)).isEqualTo("b");
    }

    private static AuditStore.Seal seal() {
        return new AuditStore.Seal() {

            @Override
            public String key() {
                return "key";
            }

            @Override
            public String mac(ChainHead before, AuditEvent event) {
                return before.mac().length() + "+" + before.number();
            }
        };
    }

    @Test
    void event_AUD1_isKeptInItsChain_alsoWhenManyWriteAtTheSameTime() throws Exception {
        AuditStore.Seal seal = seal();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                Future<?> _ = threads.submit(() -> audit().append(alice, event(alice), seal));
            }
        }
        audit().append("other-" + unique, event(null), seal);
        List<ChainedEvent> chain = audit().chain(alice, 0, 100);
        assertThat(chain).hasSize(20).extracting(ChainedEvent::number).isSorted().startsWith(1L).endsWith(20L);
        assertThat(chain).extracting(ChainedEvent::event).containsOnly(event(alice));
        assertThat(chain.getLast().key()).isEqualTo("key");
        assertThat(chain.getLast().mac()).endsWith("+19");
        assertThat(audit().chain(alice, 18, 100)).hasSize(2);
        assertThat(audit().heads()).contains(new ChainHead(alice, 20, chain.getLast().mac()));
        List<ChainedEvent> page = audit().page(null, AuditFilter.of(alice), 5);
        assertThat(page).hasSize(5).extracting(ChainedEvent::number).startsWith(20L);
        assertThat(audit().page(page.getLast().id(), AuditFilter.of(alice), 100)).hasSize(15);
        assertThat(audit().page(null, AuditFilter.ALL, 1)).extracting(ChainedEvent::writer)
                .containsExactly("other-" + unique);
    }

    @Test
    void events_AUD20_areFoundByWho_what_outcomeAndTime() {
        AuditStore.Seal seal = seal();
        String bob = "Bob-" + unique;
        audit().append(alice, new AuditEvent(NOW, alice, null, AuditAction.SIGN_IN, bob, AuditOutcome.DONE, "1", 1),
                seal);
        audit().append(alice,
                new AuditEvent(NOW + 1, null, null, AuditAction.SIGN_IN, bob, AuditOutcome.REFUSED, "2", 1), seal);
        audit().append(alice,
                new AuditEvent(NOW + 2, bob, null, AuditAction.GROUP_ADDED, alice, AuditOutcome.DONE, "3", 1), seal);
        assertThat(found(new AuditFilter(bob.toLowerCase(java.util.Locale.ROOT), null, Set.of(), null, null, null)))
                .containsExactly("3");
        assertThat(found(named(bob, Set.of(), null, null, null))).containsExactly("3", "2", "1");
        assertThat(found(named(alice, Set.of(), null, null, null))).containsExactly("3", "1");
        assertThat(found(named(bob, Set.of(AuditAction.SIGN_IN, AuditAction.SIGN_OUT), null, null, null)))
                .containsExactly("2", "1");
        assertThat(found(named(bob, Set.of(), AuditOutcome.REFUSED, null, null))).containsExactly("2");
        assertThat(found(named(bob, Set.of(), null, NOW + 1, NOW + 2))).containsExactly("2");
        assertThat(found(named(bob, Set.of(), null, NOW + 3, null))).isEmpty();
    }

    private static AuditFilter named(String name, Set<AuditAction> actions, @Nullable AuditOutcome outcome,
            @Nullable Long from, @Nullable Long to) {
        return new AuditFilter(null, name, actions, outcome, from, to);
    }

    private List<String> found(AuditFilter filter) {
        return audit().page(null, filter, 10).stream().map(event -> event.event().detail()).toList();
    }

    private static AuditEvent event(@Nullable String actor) {
        return new AuditEvent(NOW, actor, "10.0.0.1", AuditAction.SIGN_IN, actor, AuditOutcome.DONE, "password", 1);
    }
}
