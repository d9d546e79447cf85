package io.watchfloor.client.model;

import io.watchfloor.document.Bounds;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where widgets may stand on the grid of [Bounds#COLUMNS] columns. Others never give way: what is dropped on them goes
/// to the nearest free place. Stateless.
public final class Grid {

    private Grid() {}

    /// The free place of the same size that is nearest to the wanted one; of equally near ones the upper, then the left.
    ///
    /// @param occupied places of the other widgets; they may overlap each other
    /// @return empty only where all rows are taken
    public static Optional<Bounds> nearestFree(Bounds wanted, Collection<Bounds> occupied) {
        Bounds best = null;
        long bestDistance = Long.MAX_VALUE;
        int lastRow = Bounds.MAX_ROWS - wanted.h();
        for (int step = 0; step <= Bounds.MAX_ROWS && (long) step * step <= bestDistance; step++) {
            for (int y : step == 0 ? new int[]{wanted.y()} : new int[]{wanted.y() - step, wanted.y() + step}) {
                if (y < 0 || y > lastRow) {
                    continue;
                }
                for (int x = 0; x <= Bounds.COLUMNS - wanted.w(); x++) {
                    long dx = (long) x - wanted.x();
                    long distance = dx * dx + (long) step * step;
                    Bounds candidate = new Bounds(x, y, wanted.w(), wanted.h());
                    boolean better = distance < bestDistance
                            || (distance == bestDistance && isBefore(candidate, best));
                    if (better && isFree(candidate, occupied)) {
                        best = candidate;
                        bestDistance = distance;
                    }
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isBefore(Bounds place, @Nullable Bounds other) {
        return other != null && (place.y() < other.y() || (place.y() == other.y() && place.x() < other.x()));
    }

    public static boolean isFree(Bounds place, Collection<Bounds> occupied) {
        return occupied.stream().noneMatch(place::overlaps);
    }

    /// The same size elsewhere, held inside the grid.
    ///
    /// @param dx columns to the right
    /// @param dy rows downwards
    public static Bounds moved(Bounds from, int dx, int dy) {
        return new Bounds(Math.clamp((long) from.x() + dx, 0, Bounds.COLUMNS - from.w()),
                Math.clamp((long) from.y() + dy, 0, Bounds.MAX_ROWS - from.h()), from.w(), from.h());
    }

    /// How far each edge is moved, in cells; positive is to the right and downwards.
    public record Edges(int left, int top, int right, int bottom) {}

    /// The bounds with moved edges, held inside the grid and not smaller than the least size: an edge that is moved too
    /// far stops, it does not push the opposite one.
    ///
    /// @param minWidth from 1
    /// @param minHeight from 1
    public static Bounds resized(Bounds from, Edges moved, int minWidth, int minHeight) {
        int fromRight = from.x() + from.w();
        int fromBottom = from.y() + from.h();
        int leastWidth = Math.min(minWidth, from.w());
        int leastHeight = Math.min(minHeight, from.h());
        int left = Math.clamp((long) from.x() + moved.left(), 0, fromRight - leastWidth);
        int top = Math.clamp((long) from.y() + moved.top(), 0, fromBottom - leastHeight);
        int right = Math.clamp((long) fromRight + moved.right(), left + leastWidth, Bounds.COLUMNS);
        int bottom = Math.clamp((long) fromBottom + moved.bottom(), top + leastHeight, Bounds.MAX_ROWS);
        return new Bounds(left, top, right - left, bottom - top);
    }

    /// As much of a resize as there is room for: the bounds nearest to the wanted ones, between them and those the
    /// resize began with, that cover none of the others. Others that were covered from the start do not count.
    public static Bounds resizedFree(Bounds from, Bounds wanted, Collection<Bounds> occupied) {
        List<Bounds> obstacles = occupied.stream().filter(other -> !other.overlaps(from)).toList();
        Bounds best = from;
        long bestDistance = Long.MAX_VALUE;
        int fromRight = from.x() + from.w();
        int fromBottom = from.y() + from.h();
        int wantedRight = wanted.x() + wanted.w();
        int wantedBottom = wanted.y() + wanted.h();
        for (int across = 0; across <= reach(from.x(), wanted.x(), fromRight, wantedRight); across++) {
            for (int down = 0; down <= reach(from.y(), wanted.y(), fromBottom, wantedBottom); down++) {
                long distance = (long) across * across + (long) down * down;
                if (distance >= bestDistance) {
                    continue;
                }
                int left = towards(wanted.x(), from.x(), across);
                int right = towards(wantedRight, fromRight, across);
                int top = towards(wanted.y(), from.y(), down);
                int bottom = towards(wantedBottom, fromBottom, down);
                Bounds candidate = new Bounds(left, top, right - left, bottom - top);
                if (isFree(candidate, obstacles)) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best;
    }

    private static int reach(int a, int b, int c, int d) {
        return Math.max(Math.abs(a - b), Math.abs(c - d));
    }

    private static int towards(int start, int end, int steps) {
        return start < end ? Math.min(end, start + steps) : Math.max(end, start - steps);
    }
}
