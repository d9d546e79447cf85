package io.watchfloor.benchmark.simulation;

/// A promise that a run has broken.
///
/// @param rule short name of the promise, the same for the same kind of failure
/// @param text what was seen, and what was to be seen
/// @param at milliseconds from the start of the run
///
/// Immutable.
record Violation(String rule, String text, long at) {}
