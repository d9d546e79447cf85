package io.watchfloor.client.sync;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/// What the synchronisation needs of the world around it, so that a test can stand in for it.
///
/// @param owner runs one task after the other and owns all state; the FX thread in the application
/// @param timer runs its tasks on `owner`
/// @param random used on `owner` only
///
/// Immutable.
public record Surroundings(Executor owner, Timer timer, Time time, RandomGenerator random) {}
