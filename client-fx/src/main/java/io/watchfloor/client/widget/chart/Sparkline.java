package io.watchfloor.client.widget.chart;

import io.watchfloor.client.format.ValueAxis;
import io.watchfloor.client.widget.PaintedRegion;
import java.util.List;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;

/// The course of one line without any scale, to stand below a number. FX thread only.
public final class Sparkline {

    private static final double MARGIN = 4;

    private final Canvas canvas = new Canvas();
    private final ChartPainter painter;

    /// @param look where the colours come from
    public Sparkline(PaintedRegion look) {
        painter = new ChartPainter(look, canvas.getGraphicsContext2D());
        canvas.setMouseTransparent(true);
    }

    public Canvas canvas() {
        return canvas;
    }

    /// Draws the last `range` milliseconds before `now`.
    public void paint(ChartLine line, long now, long range, double pixelScale) {
        GraphicsContext gc = canvas.getGraphicsContext2D();
        gc.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        Plot.Area area = new Plot.Area(0, MARGIN, Math.max(1, canvas.getWidth() - MARGIN),
                Math.max(1, canvas.getHeight() - MARGIN));
        DrawnLine drawn = new DrawnLine(line);
        Plot place = Plot.live(area, pixelScale, now, range, new ValueAxis(0, 1, List.of()));
        drawn.read(place.from(), place.to(), place.column());
        double min = Double.isNaN(drawn.points.min) ? 0 : drawn.points.min;
        double max = Double.isNaN(drawn.points.max) ? 1 : drawn.points.max;
        double low = min > 0 && min < 0.5 * max ? 0 : min;
        ValueAxis axis = new ValueAxis(low, max > low ? max : low + 1, List.of());
        painter.plain(place.with(axis), drawn);
    }

    public void clear() {
        canvas.getGraphicsContext2D().clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    }
}
