package io.watchfloor.document;

import java.util.List;

/// A document at a revision: the assignments in force, sorted by element and property. Immutable.
public record Snapshot(long revision, List<Assignment> assignments) {

    public static final Snapshot EMPTY = new Snapshot(0, List.of());

    public Snapshot {
        assignments = List.copyOf(assignments);
    }
}
