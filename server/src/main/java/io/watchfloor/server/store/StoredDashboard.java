package io.watchfloor.server.store;

import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Snapshot;
import java.util.List;

/// A dashboard as the store holds it. Immutable.
///
/// @param entries those after the snapshot, in order
public record StoredDashboard(Epoch epoch, Snapshot snapshot, List<Entry> entries) {}
