package io.watchfloor.benchmark.architecture.util;

/// Breaks two rules on purpose: shows that they can be broken. Immutable.
public record BadHelper() {}
