package io.watchfloor.protocol.rest;

import io.watchfloor.document.Snapshot;

/// A dashboard as it was at a revision. Immutable.
public record DashboardAt(Snapshot snapshot) {}
