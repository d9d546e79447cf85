package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.Grid;
import io.watchfloor.document.Bounds;
import java.util.Collection;

/// Where a widget goes that is being moved or resized: counted in cells from where it stood, never on top of another.
/// Immutable.
record Placement(Kind kind, Bounds from) {

    static final int LEAST_WIDTH = 2;
    static final int LEAST_HEIGHT = 2;

    enum Kind {
        MOVE, RESIZE
    }

    /// The place for a distance in cells.
    ///
    /// @param others where the other widgets are now
    Bounds target(int columns, int rows, Collection<Bounds> others) {
        return switch (kind) {
            case MOVE -> {
                Bounds wanted = Grid.moved(from, columns, rows);
                yield Grid.nearestFree(wanted, others).orElse(from);
            }
            case RESIZE -> {
                Bounds wanted = Grid.resized(from, new Grid.Edges(0, 0, columns, rows), LEAST_WIDTH, LEAST_HEIGHT);
                yield Grid.resizedFree(from, wanted, others);
            }
        };
    }

    /// The place for one press of an arrow key: what is in the way is jumped over.
    ///
    /// @param columns -1, 0 or 1
    /// @param rows -1, 0 or 1
    Bounds step(int columns, int rows, Collection<Bounds> others) {
        if (kind == Kind.RESIZE) {
            return target(columns, rows, others);
        }
        Bounds at = from;
        while (true) {
            Bounds next = Grid.moved(at, columns, rows);
            if (next.equals(at) || next.y() > lowest(others)) {
                return from;
            }
            if (Grid.isFree(next, others)) {
                return next;
            }
            at = next;
        }
    }

    /// A widget does not wander off by key below the row under everything else.
    private int lowest(Collection<Bounds> others) {
        return Math.max(from.y(), others.stream().mapToInt(other -> other.y() + other.h()).max().orElse(0));
    }
}
