package io.watchfloor.protocol;

import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one view shows of itself to the others in a dashboard: whole each time, the latest replaces, never stored.
/// Places are in cells of the grid, with fractions, so that a window of another width finds them at the same widgets.
///
/// @param cursor absent while the pointer is elsewhere
/// @param selection selected elements, at most [Limits#PRESENCE_ELEMENTS]
/// @param dragging what is being moved or resized, at most [Limits#PRESENCE_ELEMENTS]
/// @param editing what is being typed in
/// @param viewport the rows in sight
/// @param following session of whoever this view follows
///
/// Immutable.
public record Presence(@Nullable Point cursor, List<ElementId> selection, List<Ghost> dragging,
        @Nullable Editing editing, @Nullable Viewport viewport, @Nullable String following) {

    /// Shows nothing.
    public static final Presence NONE = new Presence(null, List.of(), List.of(), null, null, null);

    private static final int SESSION_LENGTH = 64;

    public Presence {
        selection = List.copyOf(selection);
        dragging = List.copyOf(dragging);
    }

    /// A place on the grid.
    ///
    /// @param x columns from the left, 0 to [Bounds#COLUMNS]
    /// @param y rows from the top, 0 to [Bounds#MAX_ROWS]
    public record Point(double x, double y) {}

    /// Where somebody holds an element at this moment, between cells.
    public record Ghost(ElementId element, double x, double y, double w, double h) {}

    /// An element that is being worked on.
    ///
    /// @param property the one that is typed in; absent where it is the element as a whole, as in a panel
    /// @param caret where in it; absent where that is not text that is merged
    public record Editing(ElementId element, @Nullable String property, @Nullable Caret caret) {}

    /// A place in a text that is merged, in UTF-16 units.
    ///
    /// @param revision of the dashboard that the offsets count in
    /// @param anchor where the selection began
    /// @param head where typing goes on
    public record Caret(long revision, int anchor, int head) {}

    /// The part of the dashboard in sight.
    ///
    /// @param top first row
    /// @param rows how many
    public record Viewport(double top, double rows) {}

    /// What is wrong in a presence.
    ///
    /// @param field path into it, as in `cursor.x`
    /// @param text a sentence for people
    public record Problem(ErrorCode code, String field, String text) {}

    /// What is wrong here first, or null where nothing is.
    public @Nullable Problem problem() {
        if (selection.size() > Limits.PRESENCE_ELEMENTS) {
            return tooMany("selection");
        }
        if (dragging.size() > Limits.PRESENCE_ELEMENTS) {
            return tooMany("dragging");
        }
        if (cursor != null && !(isColumn(cursor.x()) && isRow(cursor.y()))) {
            return outside("cursor");
        }
        for (int i = 0; i < dragging.size(); i++) {
            Ghost ghost = dragging.get(i);
            if (!(isColumn(ghost.x()) && isRow(ghost.y()) && isColumn(ghost.w()) && isRow(ghost.h()))) {
                return outside("dragging[" + i + "]");
            }
        }
        if (viewport != null && !(isRow(viewport.top()) && isRow(viewport.rows()))) {
            return outside("viewport");
        }
        if (following != null && (following.isEmpty() || following.length() > SESSION_LENGTH)) {
            return new Problem(ErrorCode.INVALID, "following", "'following' is the name of a session.");
        }
        return editing == null ? null : problemOf(editing);
    }

    private static @Nullable Problem problemOf(Editing editing) {
        String name = editing.property() == null ? null : Limits.problemOfName(editing.property());
        if (name != null) {
            return new Problem(ErrorCode.INVALID, "editing.property", "The name of the property " + name + ".");
        }
        Caret caret = editing.caret();
        if (caret != null && (caret.revision() < 0 || caret.anchor() < 0 || caret.head() < 0)) {
            return new Problem(ErrorCode.INVALID, "editing.caret", "A revision and offsets count from 0.");
        }
        return null;
    }

    /// NaN is neither.
    private static boolean isColumn(double x) {
        return x >= 0 && x <= Bounds.COLUMNS;
    }

    private static boolean isRow(double y) {
        return y >= 0 && y <= Bounds.MAX_ROWS;
    }

    private static Problem tooMany(String field) {
        return new Problem(ErrorCode.LIMIT, field,
                "At most " + Limits.PRESENCE_ELEMENTS + " elements are shown as '" + field + "'.");
    }

    private static Problem outside(String field) {
        return new Problem(ErrorCode.INVALID, field, "'" + field + "' is outside the grid of " + Bounds.COLUMNS
                + " columns and " + Bounds.MAX_ROWS + " rows.");
    }
}
