package io.watchfloor.benchmark.simulation;

import java.util.Locale;

/// One thing that happens in a run.
///
/// @param at milliseconds from the start
/// @param number unlike any other in its script; what a person writes carries it
///
/// Immutable.
record Step(int number, long at, Verb verb, int who, long a, long b) {

    Step with(long otherB) {
        return new Step(number, at, verb, who, a, otherB);
    }

    @Override
    public String toString() {
        return "%d %d %s %d %d %d".formatted(number, at, verb.name().toLowerCase(Locale.ROOT), who, a, b);
    }

    /// @throws IllegalArgumentException where the line is none
    static Step parse(String line) {
        String[] parts = line.trim().split("\\s+", -1);
        if (parts.length != 6) {
            throw new IllegalArgumentException("'" + line + "' is no step: number, time, what, who, a, b");
        }
        return new Step(Integer.parseInt(parts[0]), Long.parseLong(parts[1]),
                Verb.valueOf(parts[2].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[3]), Long.parseLong(parts[4]),
                Long.parseLong(parts[5]));
    }
}
