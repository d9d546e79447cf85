package io.watchfloor.server.store;

import io.watchfloor.document.Epoch;

/// A place in a dashboard's log. Revisions of different epochs have nothing to do with each other. Immutable.
///
/// @param revision of the entry there, 0 before the first
public record LogPosition(Epoch epoch, long revision) {}
