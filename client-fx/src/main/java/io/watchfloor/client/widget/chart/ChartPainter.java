package io.watchfloor.client.widget.chart;

import io.watchfloor.client.format.Figure;
import io.watchfloor.client.format.Numbers;
import io.watchfloor.client.format.TimeAxis;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.format.ValueAxis;
import io.watchfloor.client.model.Thresholds;
import io.watchfloor.client.theme.Typeface;
import io.watchfloor.client.widget.PaintedRegion;
import io.watchfloor.client.widget.PaintedRegion.Paint;
import java.time.ZoneId;
import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/// Paints a chart: grid, area, lines, labels, last values. FX thread only.
final class ChartPainter {

    /// Room for time labels below the plot.
    static final double TIME_LABELS = 18;
    /// Room above the topmost grid line, for its label.
    static final double HEADROOM = 15;
    /// Room for the dot at the newest sample.
    static final double DOT_ROOM = 5;

    private static final double LINE = 1.5;
    private static final double AREA_OPACITY = 0.10;
    private static final double DOT = 2.5;
    private static final double RIM = 4;
    private static final double RIM_OPACITY = 0.92;
    private static final double TICK_SPACING = 88;

    private final PaintedRegion look;
    private final GraphicsContext gc;
    private double[] xs = new double[1_024];
    private double[] ys = new double[1_024];

    ChartPainter(PaintedRegion look, GraphicsContext gc) {
        this.look = look;
        this.gc = gc;
    }

    void paint(Plot plot, List<DrawnLine> lines, Unit unit, Thresholds thresholds, ZoneId zone) {
        gc.clearRect(0, 0, gc.getCanvas().getWidth(), gc.getCanvas().getHeight());
        grid(plot);
        thresholds(plot, thresholds);
        List<DrawnLine> shown = lines.stream().filter(line -> !line.hidden).toList();
        gc.save();
        gc.beginPath();
        gc.rect(plot.area().left(), 0, plot.area().width() + DOT_ROOM, plot.area().bottom() + 1);
        gc.clip();
        for (DrawnLine line : shown) {
            line(plot, line, lines.size() == 1);
        }
        gc.restore();
        valueLabels(plot);
        timeLabels(plot, zone);
        for (DrawnLine line : shown) {
            newest(plot, line, lines.size() == 1, unit);
        }
    }

    /// One filled line with a dot at its end and nothing else.
    void plain(Plot plot, DrawnLine line) {
        line(plot, line, true);
        int last = line.last(plot.from());
        if (last >= 0) {
            dot(plot.x(line.samples.time(last)), plot.y(line.samples.value(last)), look.seriesPaint(line.line.hue()));
        }
    }

    private void grid(Plot plot) {
        gc.setStroke(look.paint(Paint.GRID));
        gc.setLineWidth(plot.hairline());
        gc.setLineDashes();
        for (ValueAxis.Tick tick : plot.axis().ticks()) {
            double y = plot.crisp(plot.y(tick.value()));
            gc.strokeLine(plot.area().left(), y, plot.area().right(), y);
        }
    }

    private void thresholds(Plot plot, Thresholds thresholds) {
        threshold(plot, thresholds.warn(), look.paint(Paint.WARN), 6, 4);
        threshold(plot, thresholds.alarm(), look.paint(Paint.ALARM), 2, 3);
        gc.setLineDashes();
    }

    private void threshold(Plot plot, @Nullable Double value, Color colour, double on,
            double off) {
        if (value != null && value > plot.axis().low() && value < plot.axis().high()) {
            double y = plot.crisp(plot.y(value));
            gc.setStroke(colour);
            gc.setLineWidth(1);
            gc.setLineCap(StrokeLineCap.BUTT);
            gc.setLineDashes(on, off);
            gc.strokeLine(plot.area().left(), y, plot.area().right(), y);
        }
    }

    private void line(Plot plot, DrawnLine drawn, boolean filled) {
        Color colour = look.seriesPaint(drawn.line.hue());
        gc.setLineJoin(StrokeLineJoin.ROUND);
        gc.setLineCap(StrokeLineCap.ROUND);
        gc.setLineWidth(LINE);
        Polyline points = drawn.points;
        room(points.size + 2);
        int count = 0;
        for (int i = 0; i <= points.size; i++) {
            if (i == points.size || Double.isNaN(points.values[i])) {
                stretch(plot, count, colour, filled);
                count = 0;
            } else {
                xs[count] = plot.x(points.times[i]);
                ys[count] = plot.y(points.values[i]);
                count++;
            }
        }
    }

    private void stretch(Plot plot, int count, Color colour, boolean filled) {
        if (count == 0) {
            return;
        }
        if (count == 1) {
            gc.setFill(colour);
            gc.fillOval(xs[0] - LINE / 2, ys[0] - LINE / 2, LINE, LINE);
            return;
        }
        if (filled) {
            xs[count] = xs[count - 1];
            ys[count] = plot.area().bottom();
            xs[count + 1] = xs[0];
            ys[count + 1] = plot.area().bottom();
            gc.setFill(colour.deriveColor(0, 1, 1, AREA_OPACITY));
            gc.fillPolygon(xs, ys, count + 2);
        }
        gc.setStroke(colour);
        gc.strokePolyline(xs, ys, count);
    }

    private void newest(Plot plot, DrawnLine drawn, boolean labelled, Unit unit) {
        int last = drawn.last(plot.from());
        if (last < 0) {
            return;
        }
        double x = plot.x(drawn.samples.time(last));
        double y = Math.clamp(plot.y(drawn.samples.value(last)), plot.area().top(), plot.area().bottom());
        Color colour = look.seriesPaint(drawn.line.hue());
        dot(x, y, colour);
        if (labelled) {
            text(newestLabel(drawn.samples.value(last), unit), plot.area().right() + DOT_ROOM + 4, y, VPos.CENTER,
                    TextAlignment.LEFT, look.paint(Paint.TEXT), Typeface.captionMedium());
        }
    }

    static String newestLabel(double value, Unit unit) {
        return Numbers.brief(value, unit).text();
    }

    void dot(double x, double y, Color colour) {
        gc.setFill(look.paint(Paint.SURFACE));
        gc.fillOval(x - DOT - LINE, y - DOT - LINE, 2 * (DOT + LINE), 2 * (DOT + LINE));
        gc.setFill(colour);
        gc.fillOval(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
    }

    /// Labels stand on lines: a rim of the ground's colour keeps them legible.
    private void valueLabels(Plot plot) {
        Color surface = look.paint(Paint.SURFACE);
        gc.setStroke(Color.color(surface.getRed(), surface.getGreen(), surface.getBlue(), RIM_OPACITY));
        gc.setLineWidth(RIM);
        gc.setLineJoin(StrokeLineJoin.ROUND);
        for (ValueAxis.Tick tick : plot.axis().ticks()) {
            double y = plot.crisp(plot.y(tick.value())) - 3;
            gc.setFont(Typeface.caption());
            gc.setTextBaseline(VPos.BASELINE);
            gc.setTextAlign(TextAlignment.LEFT);
            gc.strokeText(tick.label(), plot.area().left(), y);
            text(tick.label(), plot.area().left(), y, VPos.BASELINE, TextAlignment.LEFT, look.paint(Paint.MUTED),
                    Typeface.caption());
        }
    }

    private void timeLabels(Plot plot, ZoneId zone) {
        int count = (int) Math.max(1, plot.area().width() / TICK_SPACING);
        double y = plot.area().bottom() + TIME_LABELS - 4;
        for (TimeAxis.Tick tick : TimeAxis.ticks((long) plot.from(), (long) plot.to(), count, zone)) {
            double x = plot.crisp(plot.x(tick.time()));
            double half = Typeface.width(tick.label(), Typeface.caption()) / 2;
            if (x - half >= plot.area().left() - 1 && x + half <= gc.getCanvas().getWidth()) {
                text(tick.label(), x, y, VPos.BASELINE, TextAlignment.CENTER, look.paint(Paint.MUTED),
                        Typeface.caption());
            }
        }
    }

    private void text(String text, double x, double y, VPos vertical, TextAlignment align, Color colour, Font font) {
        gc.setFont(font);
        gc.setFill(colour);
        gc.setTextBaseline(vertical);
        gc.setTextAlign(align);
        gc.fillText(text, x, y);
    }

    private void room(int count) {
        if (xs.length < count) {
            xs = new double[count * 2];
            ys = new double[count * 2];
        }
    }

    /// Width to be kept free at the right for the newest value of a single line; in steps, so that it seldom changes.
    static double valueGutter(double value, Unit unit) {
        Figure figure = Numbers.brief(value, unit);
        return DOT_ROOM + 4 + Math.ceil(Typeface.width(figure.text(), Typeface.captionMedium()) / 8) * 8;
    }
}
