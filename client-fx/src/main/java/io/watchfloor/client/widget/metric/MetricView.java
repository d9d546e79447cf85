package io.watchfloor.client.widget.metric;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.format.Figure;
import io.watchfloor.client.format.Numbers;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.model.Thresholds;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.theme.Typeface;
import io.watchfloor.client.widget.Level;
import io.watchfloor.client.widget.PaintedRegion;
import io.watchfloor.client.widget.chart.ChartLine;
import io.watchfloor.client.widget.chart.SampleRing;
import io.watchfloor.client.widget.chart.SampleWindow;
import io.watchfloor.client.widget.chart.Sparkline;
import java.util.List;
import java.util.function.LongSupplier;
import javafx.geometry.Insets;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// The newest value of one line, as great as its widget allows, with how it came there below. Amber and red come with a
/// mark of their own shape. It shows new samples when [#redraw] is called. FX thread only.
public final class MetricView extends PaintedRegion {

    private static final double SMALLEST = 28;
    private static final double GREATEST = 96;
    private static final double LEAST = 10;
    private static final double UNIT_SHARE = 0.45;
    private static final double SPARK_LEAST = 84;
    private static final double UNIT_GAP = 0.09;
    private static final double MARK_SHARE = 0.36;
    private static final double MARK_GAP = 0.28;
    private static final double STEP = 2;

    private final LongSupplier now;
    private final Text number = new Text();
    private final Text unitText = new Text();
    private final Label change = new Label();
    private final Region mark = new Region();
    private final Sparkline spark = new Sparkline(this);
    private final SampleWindow samples = new SampleWindow();
    private @Nullable SampleRing ring;
    private Unit unit = Unit.NONE;
    private Thresholds thresholds = Thresholds.NONE;
    private long range = 15 * 60_000L;

    /// @param now milliseconds since 1970 UTC by the clock that stamps the samples
    public MetricView(LongSupplier now) {
        this.now = now;
        getStyleClass().add("wf-metric");
        number.getStyleClass().add("wf-metric-value");
        unitText.getStyleClass().add("wf-metric-unit");
        change.getStyleClass().add("wf-metric-change");
        mark.getStyleClass().add(Styles.STATE_MARK);
        number.setTextOrigin(VPos.BASELINE);
        unitText.setTextOrigin(VPos.BASELINE);
        for (var each : List.of(spark.canvas(), number, unitText, mark, change)) {
            each.setManaged(false);
            getChildren().add(each);
        }
        setMinSize(0, 0);
        setAccessibleRole(AccessibleRole.TEXT);
    }

    /// Shows another line, or none.
    public void setRing(@Nullable SampleRing ring) {
        this.ring = ring;
        repaint();
    }

    public void setUnit(Unit unit) {
        this.unit = unit;
        repaint();
    }

    public void setThresholds(Thresholds thresholds) {
        this.thresholds = thresholds;
        repaint();
    }

    /// @param millis how far back the course and the change look
    public void setRange(long millis) {
        range = Math.max(1_000, millis);
        repaint();
    }

    @Override
    public void redraw() {
        repaint();
    }

    @Override
    protected void layoutChildren() {
        Insets insets = getInsets();
        double width = getWidth() - insets.getLeft() - insets.getRight();
        double height = getHeight() - insets.getTop() - insets.getBottom();
        SampleRing source = ring;
        double value = source == null ? Double.NaN : source.lastValue();
        Level level = Level.of(thresholds, value);
        for (Region each : List.of(this, mark)) {
            each.pseudoClassStateChanged(Styles.WARN, level == Level.WARN);
            each.pseudoClassStateChanged(Styles.ALARM, level == Level.ALARM);
        }
        mark.setVisible(level != Level.NORMAL);
        boolean withSpark = height >= SPARK_LEAST && source != null;
        double sparkHeight = withSpark ? Math.floor(Math.min(64, height * 0.32)) : 0;
        String changed = height >= 56 ? change(value) : "";
        double captionHeight = changed.isEmpty() ? 0 : 18;
        value(value, insets, width, height - sparkHeight - captionHeight);
        change.setText(changed);
        change.setVisible(!changed.isEmpty() && change.prefWidth(-1) <= width);
        change.resizeRelocate(insets.getLeft(), insets.getTop() + height - sparkHeight - captionHeight, width, 16);
        spark(insets, width, height, sparkHeight);
        setAccessibleText(number.getText() + " " + unitText.getText());
    }

    private void spark(Insets insets, double width, double height, double sparkHeight) {
        spark.canvas().setVisible(sparkHeight > 0);
        SampleRing source = ring;
        if (sparkHeight > 0 && source != null && width >= 1) {
            spark.canvas().setWidth(Math.floor(width));
            spark.canvas().setHeight(sparkHeight);
            spark.canvas().relocate(insets.getLeft(), Math.floor(insets.getTop() + height - sparkHeight));
            spark.paint(new ChartLine("", source, 0), now.getAsLong(), range, pixelScale());
        }
    }

    /// Sets the value as great as fits: decimals go first, then the unit's letters, then size, in the narrowest below what
    /// is good to read, for a clipped number is a wrong one.
    private void value(double value, Insets insets, double width, double height) {
        double size = Math.clamp(Math.floor(height * 0.72 / STEP) * STEP, SMALLEST, GREATEST);
        double full = fullSize(height);
        Figure figure = Numbers.fitting(value, unit, width - markRoom(full), form -> width(form, full));
        while (size > LEAST && width(figure, size) > width - markRoom(size)) {
            size -= STEP;
        }
        double markSize = markSize(size);
        double markRoom = markRoom(size);
        number.setText(figure.number());
        number.setFont(Typeface.display(size));
        unitText.setText(figure.unit());
        unitText.setFont(Typeface.display(unitSize(size)));
        double baseline = Math.round(insets.getTop() + Math.max(size * 0.74, height / 2 + size * 0.36));
        double left = insets.getLeft();
        if (mark.isVisible()) {
            mark.resizeRelocate(left, Math.rint(baseline - size * 0.36 - markSize / 2), markSize, markSize);
        }
        number.relocate(0, 0);
        number.setLayoutX(left + markRoom - size * 0.04);
        number.setLayoutY(baseline);
        unitText.setLayoutX(number.getLayoutX() + Typeface.width(figure.number(), number.getFont()) + size * UNIT_GAP);
        unitText.setLayoutY(baseline);
    }

    private static double markSize(double size) {
        return Math.rint(size * MARK_SHARE);
    }

    private double markRoom(double size) {
        return mark.isVisible() ? markSize(size) + Math.clamp(size * MARK_GAP, 3, 10) : 0;
    }

    private static double fullSize(double height) {
        return Math.clamp(Math.floor(height * 0.72 / STEP) * STEP, SMALLEST, 40);
    }

    private static double unitSize(double size) {
        return Math.max(Math.min(13, size), Math.rint(size * UNIT_SHARE));
    }

    private static double width(Figure figure, double size) {
        double unitWidth = figure.unit().isEmpty()
                ? 0
                : Typeface.width(figure.unit(), Typeface.display(unitSize(size))) + size * UNIT_GAP;
        return Typeface.width(figure.number(), Typeface.display(size)) + unitWidth;
    }

    /// How far the value has moved over the range, or nothing where that is not known.
    private String change(double value) {
        SampleRing source = ring;
        if (source == null || Double.isNaN(value)) {
            return "";
        }
        long from = now.getAsLong() - range;
        source.copy(from, Long.MAX_VALUE, samples);
        int first = 0;
        while (first < samples.size() && (Double.isNaN(samples.value(first)) || samples.time(first) < from)) {
            first++;
        }
        if (first >= samples.size() - 1) {
            return "";
        }
        double moved = value - samples.value(first);
        boolean seen = !Numbers.brief(value, unit).equals(Numbers.brief(samples.value(first), unit));
        String text = seen ? (moved > 0 ? "↑ " : "↓ ") + Numbers.brief(Math.abs(moved), unit).text() : "unchanged";
        return text + " in " + Ages.text(samples.time(samples.size() - 1) - samples.time(first));
    }
}
