package io.watchfloor.client.widget.chart;

import io.watchfloor.client.format.ValueAxis;

/// Where times and values stand on the canvas. Columns are device pixels, and the left edge stands at a multiple of a
/// column's time since 1970: as time goes on the picture moves by whole pixels and a sample never changes its column.
///
/// @param area where lines are drawn
/// @param scale device pixels per unit
/// @param column milliseconds per device pixel
/// @param from time at the left edge
/// @param axis values
///
/// Immutable.
record Plot(Area area, double scale, double column, double from, ValueAxis axis) {

    /// A rectangle on the canvas.
    record Area(double left, double top, double width, double height) {

        double right() {
            return left + width;
        }

        double bottom() {
            return top + height;
        }
    }

    /// The plot of the last `range` milliseconds before `now`.
    static Plot live(Area area, double scale, long now, long range, ValueAxis axis) {
        double columns = Math.max(1, Math.floor(area.width() * scale));
        double column = range / columns;
        double right = Math.floor(now / column) + 1;
        return new Plot(area, scale, column, (right - columns) * column, axis);
    }

    Plot with(ValueAxis other) {
        return new Plot(area, scale, column, from, other);
    }

    double to() {
        return from + column * Math.floor(area.width() * scale);
    }

    double x(double time) {
        return area.left() + (time - from) / column / scale;
    }

    double x(long time) {
        return x((double) time);
    }

    double y(double value) {
        return area.bottom() - axis.position(value) * area.height();
    }

    double time(double x) {
        return from + (x - area.left()) * scale * column;
    }

    /// The middle of the device pixel in which a place lies: a hairline there fills one pixel.
    double crisp(double place) {
        return (Math.floor(place * scale) + 0.5) / scale;
    }

    double hairline() {
        return 1 / scale;
    }
}
