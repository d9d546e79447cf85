package io.watchfloor.benchmark.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Drops steps from a failing script for as long as what remains breaks the same promise.
///
/// Source: Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002. Stateless.
final class Minimiser {

    private Minimiser() {}

    /// @param play plays a script
    /// @param runs most that are played
    /// @return a script that fails like the given one and from which no single step can be dropped, or the best found
    static Script minimise(Script failing, String rule, Function<Script, Run> play, int runs) {
        Script best = failing;
        int left = runs;
        int parts = 2;
        while (best.steps().size() > 1 && left > 0) {
            List<Step> steps = best.steps();
            int size = Math.ceilDiv(steps.size(), Math.min(parts, steps.size()));
            Script smaller = null;
            for (int from = 0; from < steps.size() && left > 0 && smaller == null; from += size) {
                Script candidate = best.with(without(steps, from, Math.min(from + size, steps.size())));
                left--;
                smaller = fails(play.apply(candidate), rule) ? candidate : null;
            }
            if (smaller != null) {
                best = smaller;
                parts = Math.max(2, parts - 1);
            } else if (size == 1) {
                return best;
            } else {
                parts *= 2;
            }
        }
        return best;
    }

    private static List<Step> without(List<Step> steps, int from, int to) {
        List<Step> rest = new ArrayList<>(steps.subList(0, from));
        rest.addAll(steps.subList(to, steps.size()));
        return rest;
    }

    private static boolean fails(Run run, String rule) {
        return run.failed() && run.violations().getFirst().rule().equals(rule);
    }
}
