package io.watchfloor.client.view.dashboard;

import io.watchfloor.document.Bounds;

/// Where the cells of the grid lie, in pixels, for a view of a certain width. Edges fall on whole pixels. Immutable.
record GridGeometry(double width) {

    static final double GAP = 8;
    static final double ROW = 36;

    /// A rectangle in pixels. Immutable.
    record Rectangle(double x, double y, double width, double height) {}

    Rectangle rectangle(Bounds bounds) {
        double left = edge(bounds.x());
        double right = edge(bounds.x() + bounds.w()) - GAP;
        double top = row(bounds.y());
        return new Rectangle(left, top, Math.max(1, right - left), bounds.h() * (ROW + GAP) - GAP);
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
