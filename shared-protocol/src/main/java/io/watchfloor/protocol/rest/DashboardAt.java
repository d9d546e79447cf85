package io.watchfloor.protocol.rest;

import io.watchfloor.document.Epoch;
import io.watchfloor.document.Snapshot;

/// A dashboard as it was at a revision. Immutable.
///
/// @param epoch of the log that the revision is of
public record DashboardAt(Epoch epoch, Snapshot snapshot) {}
