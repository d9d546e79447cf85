package io.watchfloor.protocol.rest;

import org.jspecify.annotations.Nullable;

/// Names a revision. Immutable.
///
/// @param revision absent for the newest one
public record NewVersion(String name, @Nullable Long revision) {}
