package io.watchfloor.document;

import java.util.ArrayDeque;
import java.util.OptionalInt;

/// The latest text edits of the log, so that a place that somebody told in an older revision is found again. Confined to
/// its owner's executor.
final class TextTrail {

    private static final int MOST = 1_000;

    private record Logged(long revision, TextId id, Delta delta) {}

    private final ArrayDeque<Logged> edits = new ArrayDeque<>();
    /// The revision after which all of them are here.
    private long from;

    /// Begins anew at a revision.
    void reset(long revision) {
        edits.clear();
        from = revision;
    }

    void add(long revision, TextEdit edit) {
        edits.addLast(new Logged(revision, edit.id(), edit.delta()));
        if (edits.size() > MOST) {
            from = edits.removeFirst().revision();
        }
    }

    /// A place in a text at a revision as one in the latest; what is inserted right there is taken for typed there, so
    /// that the place goes after it. Empty where the revision is too old.
    OptionalInt follow(TextId id, long revision, int place) {
        if (revision < from) {
            return OptionalInt.empty();
        }
        int now = place;
        for (Logged edit : edits) {
            if (edit.revision() > revision && edit.id().equals(id)) {
                now = edit.delta().transform(now, Delta.Side.RIGHT);
            }
        }
        return OptionalInt.of(now);
    }
}
