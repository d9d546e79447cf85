package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.KioskAccess;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskProof;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Wall screens, with a clock that is set.
@Timeout(60)
class KiosksTest {

    private static final String HERE = "10.0.0.1";

    private final AuthFixture fixture = new AuthFixture();
    private final Kiosks kiosks = new Kiosks(fixture.store.kiosks(),
            new Kiosks.Mint(fixture.accessTokens, fixture.keys),
            new SignInLimits(fixture.limiter, fixture.store.tokens(), fixture.clock), fixture.clock,
            fixture.random);
    private final DashboardId wall = new DashboardId(UUID.randomUUID());
    private final DashboardId other = new DashboardId(UUID.randomUUID());
    private final KioskDevice device = new KioskDevice();

    @AfterEach
    void close() {
        fixture.close();
    }

    private KioskAccess enrolled() {
        fixture.store.dashboard(wall, "alice");
        fixture.store.dashboard(other, null);
        KioskCode code = Objects.requireNonNull(kiosks.make("lobby", List.of(wall), "alice"));
        return letIn(enrol(code, device));
    }

    private KioskResult enrol(KioskCode code, KioskDevice by) {
        var body = by.enrolment(code.code());
        return kiosks.enrol(body.code(), body.publicKey(), HERE, Supplier::get);
    }

    private static KioskAccess letIn(KioskResult result) {
        assertThat(result).isInstanceOf(KioskResult.LetIn.class);
        return ((KioskResult.LetIn) result).access();
    }

    private KioskResult prove() {
        fixture.clock.advance(Duration.ofMillis(1));
        return kiosks.prove(device.proof("lobby", kiosks.challenge()), HERE, Supplier::get);
    }

    @Test
    void kiosk_ACC40_looksAtItsDashboards_andAtNoOther_whateverIsGrantedToEveryone() {
        KioskAccess access = enrolled();
        Caller caller = Objects.requireNonNull(fixture.authenticator.authenticate(access.accessToken()));
        assertThat(caller.isKiosk()).isTrue();
        assertThat(fixture.rights.rightOf(caller.account(), wall)).isEqualTo(Right.VIEW);
        assertThat(fixture.rights.rightOf("alice", other)).isEqualTo(Right.EDIT);
        assertThat(fixture.rights.rightOf(caller.account(), other)).isEqualTo(Right.NONE);
        kiosks.changeDashboards("lobby", List.of(other));
        fixture.rights.refresh();
        assertThat(fixture.rights.rightOf(caller.account(), wall)).isEqualTo(Right.NONE);
        assertThat(fixture.rights.rightOf(caller.account(), other)).isEqualTo(Right.VIEW);
    }

    @Test
    void kiosk_ACC41_isLetInForAsLongAsItHasItsKey_andByNoOther() {
        enrolled();
        for (int month = 0; month < 24; month++) {
            fixture.clock.advance(Duration.ofDays(31));
            fixture.rights.refresh();
            assertThat(fixture.authenticator.authenticate(letIn(prove()).accessToken())).isNotNull();
        }
        assertThat(kiosks.prove(new KioskDevice().proof("lobby", kiosks.challenge()), HERE, Supplier::get))
                .isInstanceOf(KioskResult.Wrong.class);
        assertThat(kiosks.prove(device.proof("nowhere", kiosks.challenge()), HERE, Supplier::get))
                .isInstanceOf(KioskResult.Wrong.class);
        KioskProof good = device.proof("lobby", kiosks.challenge());
        assertThat(kiosks.prove(new KioskProof("lobby", good.challenge(), "A".repeat(86)), HERE, Supplier::get))
                .isInstanceOf(KioskResult.Wrong.class);
    }

    @Test
    void challenge_ACC41_worksOnce_forAMinute_andIsTheServersOwn() {
        enrolled();
        fixture.clock.advance(Duration.ofSeconds(1));
        KioskProof proof = device.proof("lobby", kiosks.challenge());
        letIn(kiosks.prove(proof, HERE, Supplier::get));
        assertThat(kiosks.prove(proof, HERE, Supplier::get)).isInstanceOf(KioskResult.Wrong.class);
        fixture.clock.advance(Duration.ofSeconds(1));
        KioskProof late = device.proof("lobby", kiosks.challenge());
        fixture.clock.advance(Duration.ofSeconds(61));
        assertThat(kiosks.prove(late, HERE, Supplier::get)).isInstanceOf(KioskResult.Wrong.class);
        for (String made : List.of("", "AAAA", "!", "A".repeat(54), "A".repeat(10_000))) {
            assertThat(kiosks.prove(device.proof("lobby", made), HERE, Supplier::get))
                    .isInstanceOf(KioskResult.Wrong.class);
        }
    }

    @Test
    void code_ACC42_enrolsOneDevice_onceWithinADay() {
        enrolled();
        KioskCode first = Objects.requireNonNull(kiosks.make("hall", List.of(wall), null));
        assertThat(kiosks.make("HALL", List.of(wall), null)).isNull();
        KioskDevice hall = new KioskDevice();
        letIn(enrol(first, hall));
        assertThat(enrol(first, new KioskDevice())).isInstanceOf(KioskResult.Wrong.class);
        KioskCode second = Objects.requireNonNull(kiosks.renewCode("hall"));
        assertThat(kiosks.prove(hall.proof("hall", kiosks.challenge()), HERE, Supplier::get))
                .isInstanceOf(KioskResult.Wrong.class);
        fixture.clock.advance(Duration.ofHours(25));
        assertThat(enrol(second, new KioskDevice())).isInstanceOf(KioskResult.Wrong.class);
    }

    @Test
    void kiosk_ACC6_thatWasEnrolledOnAnotherInstanceAMomentAgo_isLetIn() {
        fixture.store.dashboard(wall, "alice");
        KioskCode code = Objects.requireNonNull(kiosks.make("lobby", List.of(wall), "alice"));
        fixture.rights.refresh();
        KioskAccess access = letIn(enrol(code, device));
        assertThat(fixture.authenticator.authenticate(access.accessToken())).isNotNull();
    }

    @Test
    void kiosk_ACC42_thatIsTakenBack_isOut() {
        KioskAccess access = enrolled();
        Caller caller = Objects.requireNonNull(fixture.authenticator.authenticate(access.accessToken()));
        kiosks.renewCode("lobby");
        fixture.rights.refresh();
        assertThat(fixture.authenticator.standing(caller)).isInstanceOf(Standing.Disabled.class);
        assertThat(fixture.authenticator.authenticate(access.accessToken())).isNull();
        kiosks.remove("lobby");
        fixture.rights.refresh();
        assertThat(fixture.authenticator.standing(caller)).isInstanceOf(Standing.Disabled.class);
        assertThat(prove()).isInstanceOf(KioskResult.Wrong.class);
        assertThat(kiosks.list()).isEmpty();
    }
}
