package io.watchfloor.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.DashboardId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every adapter of the port for wall screens must do. Names are unique per test, so that tests may share a database.
@Timeout(120)
public abstract class KioskStoreContract {

    private static final long NOW = 1_800_000_000_000L;
    private static final long LATER = NOW + 1_000;

    private final String name = "lobby " + UUID.randomUUID();
    private final TokenHash code = TokenHash.of("code of " + name);
    private final DashboardId wall = new DashboardId(UUID.randomUUID());
    private final DashboardId hall = new DashboardId(UUID.randomUUID());

    protected abstract KioskStore kiosks();

    protected abstract RightsStore rights();

    /// Makes a dashboard that the rights store knows.
    protected abstract void makeDashboard(DashboardId dashboard);

    private Kiosk made() {
        makeDashboard(wall);
        makeDashboard(hall);
        Kiosk kiosk = new Kiosk(name, UUID.randomUUID(), 1, null, List.of(wall, hall), new Kiosk.Made("alice", NOW),
                null);
        assertThat(kiosks().add(kiosk, code, LATER)).isTrue();
        return kiosk;
    }

    @Test
    void kiosk_comesBackAsItWasMade_andItsNameIsTaken() {
        Kiosk kiosk = made();
        assertThat(kiosks().kiosk(name)).isEqualTo(kiosk);
        assertThat(kiosks().kiosks()).contains(kiosk);
        Kiosk shouted = new Kiosk(name.toUpperCase(java.util.Locale.ROOT), UUID.randomUUID(), 1, null, List.of(wall),
                new Kiosk.Made(null, NOW), null);
        assertThat(kiosks().add(shouted, TokenHash.of("x" + name), LATER)).isFalse();
        assertThat(kiosks().kiosk(shouted.name())).isNull();
        assertThat(rights().load().kiosks()).contains(kiosk);
    }

    @Test
    void code_enrolsOnce_beforeItExpires() {
        made();
        assertThat(kiosks().enrol(code, "key", LATER)).isNull();
        assertThat(kiosks().enrol(TokenHash.of("other"), "key", NOW)).isNull();
        Kiosk enrolled = Objects.requireNonNull(kiosks().enrol(code, "key", NOW));
        assertThat(enrolled.publicKey()).isEqualTo("key");
        assertThat(enrolled.dashboards()).containsExactly(wall, hall);
        assertThat(kiosks().enrol(code, "another key", NOW)).isNull();
    }

    @Test
    void renewedCode_forgetsTheKey_andRaisesTheGeneration() {
        made();
        kiosks().enrol(code, "key", NOW);
        TokenHash fresh = TokenHash.of("fresh " + name);
        assertThat(kiosks().renewCode(name, fresh, LATER)).isTrue();
        assertThat(kiosks().renewCode("no " + name, TokenHash.of("none " + name), LATER)).isFalse();
        Kiosk now = Objects.requireNonNull(kiosks().kiosk(name));
        assertThat(now.publicKey()).isNull();
        assertThat(now.generation()).isEqualTo(2);
        assertThat(Objects.requireNonNull(kiosks().enrol(fresh, "next", NOW)).publicKey()).isEqualTo("next");
    }

    @Test
    void challenge_isUsedOnce_inItsGeneration_andRaisesNoRights() {
        made();
        long revision = rights().revision();
        Kiosk.Used used = new Kiosk.Used(NOW, "10.0.0.1");
        assertThat(kiosks().use(name, 1, 5, used)).isTrue();
        assertThat(kiosks().use(name, 1, 5, used)).isFalse();
        assertThat(kiosks().use(name, 1, 4, used)).isFalse();
        assertThat(kiosks().use(name, 2, 6, used)).isFalse();
        assertThat(kiosks().use("no " + name, 1, 6, used)).isFalse();
        assertThat(Objects.requireNonNull(kiosks().kiosk(name)).used()).isEqualTo(used);
        assertThat(rights().revision()).isEqualTo(revision);
    }

    @Test
    void everyChangeOfWhatItMaySee_raisesTheRights_ACC1() {
        long before = rights().revision();
        made();
        before = raisedSince(before);
        kiosks().enrol(code, "key", NOW);
        before = raisedSince(before);
        assertThat(kiosks().changeDashboards(name, List.of(hall))).isTrue();
        assertThat(Objects.requireNonNull(kiosks().kiosk(name)).dashboards()).containsExactly(hall);
        before = raisedSince(before);
        kiosks().renewCode(name, TokenHash.of("next " + name), LATER);
        before = raisedSince(before);
        assertThat(kiosks().remove(name)).isTrue();
        raisedSince(before);
        assertThat(kiosks().remove(name)).isFalse();
        assertThat(kiosks().changeDashboards(name, List.of(hall))).isFalse();
        assertThat(kiosks().kiosk(name)).isNull();
    }

    private long raisedSince(long before) {
        long now = rights().revision();
        assertThat(now).isGreaterThan(before);
        return now;
    }
}
