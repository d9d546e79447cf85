package io.watchfloor.benchmark.simulation;

import java.util.SplittableRandom;

/// What everything in a world shares.
///
/// @param random is split, never used itself
///
/// Confined to its run's thread.
record Surroundings(Scheduler scheduler, Tally tally, Witness witness, Typescript typescript, Parts parts,
        SplittableRandom random) {}
