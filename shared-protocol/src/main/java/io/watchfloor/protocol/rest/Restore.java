package io.watchfloor.protocol.rest;

import io.watchfloor.document.Epoch;
import org.jspecify.annotations.Nullable;

/// Asks for the dashboard to look as it did at a revision, by a new change. Immutable.
///
/// @param epoch of the log that the revision is of: after a restore from a backup the same number may stand for something
/// else, and is refused then; absent for the log as it is
public record Restore(long revision, @Nullable Epoch epoch) {}
