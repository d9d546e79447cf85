package io.watchfloor.document;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A document at a revision: the assignments in force and the texts that are not empty, each sorted by element and
/// property. Immutable.
///
/// @param texts absent in snapshots written before there were texts
public record Snapshot(long revision, List<Assignment> assignments, @Nullable List<Text> texts) {

    public static final Snapshot EMPTY = new Snapshot(0, List.of());

    public Snapshot {
        assignments = List.copyOf(assignments);
        texts = texts == null ? List.of() : List.copyOf(texts);
    }

    /// A snapshot without texts.
    public Snapshot(long revision, List<Assignment> assignments) {
        this(revision, assignments, List.of());
    }

    @Override
    public List<Text> texts() {
        return Objects.requireNonNullElse(texts, List.of());
    }
}
