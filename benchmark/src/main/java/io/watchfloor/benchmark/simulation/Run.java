package io.watchfloor.benchmark.simulation;

import java.util.ArrayList;
import java.util.List;

/// What came of a run.
///
/// @param violations empty where all promises were kept; the run ends soon after the first
/// @param trace changes with everything that was said over the network, and when
///
/// Immutable but for the tally, which is confined to its run's thread.
record Run(Script script, List<Violation> violations, Tally tally, long trace) {

    Run {
        violations = List.copyOf(violations);
    }

    boolean failed() {
        return !violations.isEmpty();
    }

    /// Takes broken promises down. Confined to its run's thread.
    static final class Violations {

        private final Scheduler scheduler;
        private final List<Violation> found = new ArrayList<>();

        Violations(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        void add(String rule, String text) {
            found.add(new Violation(rule, text, scheduler.now() - Scheduler.START));
        }

        boolean any() {
            return !found.isEmpty();
        }

        List<Violation> found() {
            return found;
        }
    }
}
