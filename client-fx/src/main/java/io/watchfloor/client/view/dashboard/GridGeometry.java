package io.watchfloor.client.view.dashboard;

import io.watchfloor.document.Bounds;
import io.watchfloor.protocol.Presence;

/// Where the cells of the grid lie, in pixels, for a view of a certain width. Edges fall on whole pixels. Immutable.
record GridGeometry(double width) {

    static final double GAP = 8;
    static final double ROW = 36;
    /// From one row to the next.
    static final double PITCH = ROW + GAP;

    /// A rectangle in pixels. Immutable.
    record Rectangle(double x, double y, double width, double height) {}

    Rectangle rectangle(Bounds bounds) {
        double left = edge(bounds.x());
        double right = edge(bounds.x() + bounds.w()) - GAP;
        double top = row(bounds.y());
        return new Rectangle(left, top, Math.max(1, right - left), bounds.h() * (ROW + GAP) - GAP);
    }

    /// Where something between the cells stands.
    Rectangle rectangle(double x, double y, double w, double h) {
        return new Rectangle(x(x), y(y), Math.max(1, w * pitch() - GAP), Math.max(1, h * PITCH - GAP));
    }

    /// Pixels at a number of columns.
    double x(double columns) {
        return GAP + columns * pitch();
    }

    /// Pixels at a number of rows.
    double y(double rows) {
        return GAP + rows * PITCH;
    }

    /// The place in cells, held inside the grid, that is at a place in pixels.
    Presence.Point point(double x, double y) {
        return new Presence.Point(rounded(Math.clamp((x - GAP) / pitch(), 0, Bounds.COLUMNS)),
                rounded(Math.clamp((y - GAP) / PITCH, 0, Bounds.MAX_ROWS)));
    }

    /// To a fraction of a cell that is finer than a pixel.
    static double rounded(double cells) {
        return Math.rint(cells * 1_000) / 1_000;
    }

    /// Columns nearest to a distance in pixels.
    int columns(double pixels) {
        return (int) Math.round(pixels / pitch());
    }

    /// Rows nearest to a distance in pixels.
    int rows(double pixels) {
        return (int) Math.round(pixels / (ROW + GAP));
    }

    /// The row at a height, held inside the grid.
    int rowAt(double y) {
        return Math.clamp((long) Math.floor((y - GAP) / (ROW + GAP)), 0, Bounds.MAX_ROWS - 1);
    }

    /// Height of a view that holds this many rows.
    static double height(int rows) {
        return GAP + rows * (ROW + GAP);
    }

    private double pitch() {
        return Math.max(GAP + 1, (width - GAP) / Bounds.COLUMNS);
    }

    private double edge(int column) {
        return Math.round(GAP + column * pitch());
    }

    private static double row(int row) {
        return GAP + row * (ROW + GAP);
    }
}
