package io.watchfloor.client.widget.chart;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.format.Numbers;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.format.ValueAxis;
import io.watchfloor.client.model.Axis;
import io.watchfloor.client.model.Thresholds;
import io.watchfloor.client.widget.PaintedRegion;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javafx.geometry.Insets;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// A line chart of the last minutes or hours. It draws straight from the rings, reduced to what a pixel can show; the
/// arrow keys move its crosshair. It shows new samples when [#redraw] is called. FX thread only.
public final class ChartCanvas extends PaintedRegion {

    private static final double LEAST_FOR_LEGEND = 120;
    private static final double GRID_SPACING = 44;
    private static final double KEY_STEP = 8;

    private final LongSupplier now;
    private final Canvas canvas = new Canvas();
    private final ChartPainter painter = new ChartPainter(this, canvas.getGraphicsContext2D());
    private final Crosshair crosshair = new Crosshair(this);
    private final Legend legend = new Legend(line -> repaint());
    private ZoneId zone;
    private List<DrawnLine> lines = List.of();
    private Unit unit = Unit.NONE;
    private Axis axis = Axis.AUTOMATIC;
    private Thresholds thresholds = Thresholds.NONE;
    private long range = 15 * 60_000L;
    private @Nullable Plot drawn;
    private double gutter;

    /// @param now milliseconds since 1970 UTC by the clock that stamps the samples: the right edge of the chart
    /// @param zone of the time axis
    public ChartCanvas(LongSupplier now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
        getStyleClass().add("wf-chart");
        getChildren().addAll(canvas, crosshair.canvas, legend, crosshair.readout);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(0, 0);
        setOnMouseMoved(event -> pointAt(event.getX() - canvas.getLayoutX()));
        setOnMouseExited(event -> pointAt(Double.NaN));
        setOnKeyPressed(this::keyPressed);
        focusedProperty().addListener((observable, was, is) -> {
            if (!is) {
                pointAt(Double.NaN);
            }
        });
    }

    /// Shows these lines. What the user has hidden stays hidden, by name.
    public void setLines(List<ChartLine> newLines) {
        Map<String, DrawnLine> before = lines.stream().collect(
                Collectors.toMap(line -> line.line.name(), Function.identity(), (a, b) -> a));
        List<DrawnLine> after = new ArrayList<>();
        for (ChartLine line : newLines) {
            DrawnLine drawnLine = new DrawnLine(line);
            DrawnLine old = before.get(line.name());
            drawnLine.hidden = old != null && old.hidden;
            after.add(drawnLine);
        }
        lines = List.copyOf(after);
        legend.show(lines.size() > 1 ? lines : List.of());
        gutter = 0;
        repaint();
    }

    public void setUnit(Unit unit) {
        this.unit = unit;
        gutter = 0;
        repaint();
    }

    public void setAxis(Axis axis) {
        this.axis = axis;
        repaint();
    }

    public void setThresholds(Thresholds thresholds) {
        this.thresholds = thresholds;
        repaint();
    }

    /// @param millis how much time the chart shows, above 0
    public void setRange(long millis) {
        range = Math.max(1_000, millis);
        repaint();
    }

    public void setZone(ZoneId zone) {
        this.zone = zone;
        repaint();
    }

    /// How many samples of each line a picture of this width can show, for asking history in a fitting resolution.
    public int points() {
        return (int) Math.max(200, getWidth() * pixelScale() * 4);
    }

    @Override
    public void redraw() {
        Plot last = drawn;
        if (last == null) {
            return;
        }
        Plot next = plot(last.axis());
        if (next.equals(last) && lines.stream().noneMatch(DrawnLine::isNew)) {
            return;
        }
        paint(next);
    }

    @Override
    protected void layoutChildren() {
        Insets insets = getInsets();
        double width = Math.floor(getWidth() - insets.getLeft() - insets.getRight());
        double height = Math.floor(getHeight() - insets.getTop() - insets.getBottom());
        if (width < 16 || height < 16) {
            drawn = null;
            return;
        }
        boolean withLegend = lines.size() > 1 && height >= LEAST_FOR_LEGEND;
        legend.setVisible(withLegend);
        legend.setMostRows(height >= 2 * LEAST_FOR_LEGEND ? 2 : 1);
        double legendHeight = withLegend ? legend.prefHeight(width) + 4 : 0;
        legend.resizeRelocate(insets.getLeft(), insets.getTop() + height - legendHeight + 4, width,
                Math.max(0, legendHeight - 4));
        for (Canvas each : List.of(canvas, crosshair.canvas)) {
            each.relocate(insets.getLeft(), insets.getTop());
            each.setWidth(width);
            each.setHeight(height - legendHeight);
        }
        paint(plot(new ValueAxis(0, 1, List.of())));
    }

    private Plot plot(ValueAxis values) {
        double bottom = canvas.getHeight() - ChartPainter.TIME_LABELS;
        double width = canvas.getWidth() - Math.max(ChartPainter.DOT_ROOM, gutter);
        Plot.Area area = new Plot.Area(0, ChartPainter.HEADROOM, Math.max(1, width),
                Math.max(1, bottom - ChartPainter.HEADROOM));
        return Plot.live(area, pixelScale(), now.getAsLong(), range, values);
    }

    private void paint(Plot place) {
        double min = Double.NaN;
        double max = Double.NaN;
        for (DrawnLine line : lines) {
            line.read(place.from(), place.to(), place.column());
            if (!line.hidden) {
                min = Double.isNaN(min) ? line.points.min : lesser(min, line.points.min);
                max = Double.isNaN(max) ? line.points.max : greater(max, line.points.max);
            }
        }
        if (keepGutter(place)) {
            paint(plot(place.axis()));
            return;
        }
        int gridLines = (int) Math.max(1, place.area().height() / GRID_SPACING);
        Plot plot = place.with(ValueAxis.of(min, max, unit, gridLines, axis));
        drawn = plot;
        painter.paint(plot, lines, unit, thresholds, zone);
        legend.refresh(unit);
        crosshair.paint(plot, lines, unit, now.getAsLong(), zone);
    }

    /// Keeps room for the newest value of a single line; true if that moved the right edge.
    private boolean keepGutter(Plot plot) {
        int last = lines.size() == 1 ? lines.getFirst().last(plot.from()) : -1;
        if (last < 0) {
            return false;
        }
        double wanted = ChartPainter.valueGutter(lines.getFirst().samples.value(last), unit);
        boolean moved = wanted > gutter;
        gutter = Math.max(gutter, wanted);
        return moved;
    }

    private void pointAt(double x) {
        crosshair.pointAt(x);
        Plot plot = drawn;
        if (plot != null) {
            crosshair.paint(plot, lines, unit, now.getAsLong(), zone);
        }
    }

    private void keyPressed(KeyEvent event) {
        Plot plot = drawn;
        if (plot == null) {
            return;
        }
        double from = crosshair.isShown() ? crosshair.place() : plot.area().right();
        switch (event.getCode()) {
            case LEFT -> pointAt(Math.max(plot.area().left(), from - KEY_STEP));
            case RIGHT -> pointAt(Math.min(plot.area().right(), from + KEY_STEP));
            case ESCAPE -> pointAt(Double.NaN);
            default -> {
                return;
            }
        }
        event.consume();
    }

    /// What the chart shows, in words, for those who cannot see it.
    public String description() {
        return lines.stream().map(line -> {
            int last = line.last(Double.NEGATIVE_INFINITY);
            return line.line.name() + " "
                    + (last < 0 ? "no value" : Numbers.brief(line.samples.value(last), unit).text());
        }).collect(Collectors.joining(", ", "Line chart of the last " + Ages.text(range) + ": ", ""));
    }

    private static double lesser(double a, double b) {
        return Double.isNaN(b) ? a : Math.min(a, b);
    }

    private static double greater(double a, double b) {
        return Double.isNaN(b) ? a : Math.max(a, b);
    }
}
