package io.watchfloor.benchmark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The proof that the simulation would fail: with one part replaced by one that is wrong in one way, a promise is found
/// broken within few seeds.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SabotageTest {

    @ParameterizedTest
    @EnumSource(Sabotage.class)
    void sabotage_SIM4_isCaught(Sabotage sabotage) {
        for (long seed = 1; seed <= sabotage.seeds(); seed++) {
            Run run = World.play(Scripts.of(seed), sabotage.parts());
            if (run.failed()) {
                assertThat(sabotage.rules()).as("caught by seed %d: %s", seed, run.violations().getFirst())
                        .contains(run.violations().getFirst().rule());
                return;
            }
        }
        assertThat(sabotage).as("was not caught by %d seeds", sabotage.seeds()).isNull();
    }
}
