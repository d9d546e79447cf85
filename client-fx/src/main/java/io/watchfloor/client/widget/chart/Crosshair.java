package io.watchfloor.client.widget.chart;

import io.watchfloor.client.format.TimeAxis;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.widget.PaintedRegion;
import io.watchfloor.client.widget.PaintedRegion.Paint;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;

/// A line at the pointed time, a dot on each line's nearest sample, and a readout beside it. FX thread only.
final class Crosshair {

    private static final double REACH = 24;
    private static final double MARGIN = 12;

    final Canvas canvas = new Canvas();
    final Readout readout = new Readout();
    private final PaintedRegion look;
    private final ChartPainter painter;
    private double x = Double.NaN;

    Crosshair(PaintedRegion look) {
        this.look = look;
        this.painter = new ChartPainter(look, canvas.getGraphicsContext2D());
        canvas.setMouseTransparent(true);
    }

    boolean isShown() {
        return !Double.isNaN(x);
    }

    /// Points at a place on the canvas; `NaN` hides everything.
    void pointAt(double place) {
        x = place;
    }

    double place() {
        return x;
    }

    void paint(Plot plot, List<DrawnLine> lines, Unit unit, long now, ZoneId zone) {
        GraphicsContext gc = canvas.getGraphicsContext2D();
        gc.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        boolean inside = x >= plot.area().left() - 1 && x <= plot.area().right() + ChartPainter.DOT_ROOM;
        if (!inside) {
            readout.setVisible(false);
            return;
        }
        double time = plot.time(x);
        double reach = REACH * plot.scale() * plot.column();
        double nearest = nearest(lines, time, reach);
        double shown = Double.isNaN(nearest) ? time : nearest;
        double at = plot.crisp(plot.x(shown));
        gc.setStroke(look.paint(Paint.CROSSHAIR));
        gc.setLineWidth(plot.hairline());
        gc.strokeLine(at, plot.area().top() - 4, at, plot.area().bottom());
        List<Readout.Row> rows = new ArrayList<>();
        for (DrawnLine line : lines) {
            int index = line.hidden ? -1 : line.samples.nearest(shown, reach);
            if (index >= 0) {
                double value = line.samples.value(index);
                rows.add(new Readout.Row(line.line.name(), line.line.hue(), value));
                if (value >= plot.axis().low() && value <= plot.axis().high()) {
                    painter.dot(plot.x(line.samples.time(index)), plot.y(value), look.seriesPaint(line.line.hue()));
                }
            }
        }
        readout.show(TimeAxis.exact((long) shown, now, zone), rows, unit);
        place(at, plot);
    }

    private void place(double at, Plot plot) {
        readout.applyCss();
        double width = Math.ceil(readout.prefWidth(-1));
        double height = Math.ceil(readout.prefHeight(-1));
        boolean left = at + MARGIN + width > canvas.getWidth();
        double place = left ? at - MARGIN - width : at + MARGIN;
        double right = Math.max(0, canvas.getWidth() - width);
        readout.resizeRelocate(canvas.getLayoutX() + Math.round(Math.clamp(place, 0, right)),
                canvas.getLayoutY() + Math.round(plot.area().top()), width, height);
    }

    private static double nearest(List<DrawnLine> lines, double time, double reach) {
        double best = Double.NaN;
        for (DrawnLine line : lines) {
            int index = line.hidden ? -1 : line.samples.nearest(time, reach);
            if (index >= 0 && !(Math.abs(best - time) <= Math.abs(line.samples.time(index) - time))) {
                best = line.samples.time(index);
            }
        }
        return best;
    }
}
