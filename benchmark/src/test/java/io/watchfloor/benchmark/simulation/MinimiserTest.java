package io.watchfloor.benchmark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MinimiserTest {

    private static Run failsWith(Script script, Set<Integer> needed) {
        boolean fails = script.steps().stream().map(Step::number).collect(Collectors.toSet()).containsAll(needed);
        return new Run(script, fails ? List.of(new Violation("broken", "as asked", 0)) : List.of(), new Tally(), 0);
    }

    @Test
    void script_SIM5_isReducedToWhatFails() {
        Script script = Scripts.of(11);
        assertThat(script.steps()).hasSizeGreaterThan(12);
        Script small = Minimiser.minimise(script, "broken", s -> failsWith(s, Set.of(3, 12)), 1_000);
        assertThat(small.steps()).extracting(Step::number).containsExactly(3, 12);
        assertThat(Script.parse("# why\n" + small)).isEqualTo(small);
    }

    @Test
    void script_SIM5_thatBreaksAnotherPromiseIsNotTakenForIt() {
        Script script = Scripts.of(11);
        Script small = Minimiser.minimise(script, "another", s -> failsWith(s, Set.of(3)), 1_000);
        assertThat(small).isEqualTo(script);
    }
}
