package io.watchfloor.client.widget.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.model.Thresholds;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Shown;
import io.watchfloor.client.widget.chart.SampleRing;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

class MetricViewTest {

    private static final long NOW = 1_795_000_000_000L;

    @Test
    void value_isAsGreatAsItsWidgetAllowsAndNeverClipped() throws Exception {
        FxThread.run(() -> {
            for (double width = 60; width < 700; width += 64) {
                for (double height = 40; height < 300; height += 52) {
                    MetricView metric = Shown.in(metric(12.4e9), width, height);
                    Text number = (Text) metric.lookup(".wf-metric-value");
                    Text unit = (Text) metric.lookup(".wf-metric-unit");
                    assertThat(number.getFont().getSize()).isBetween(width >= 124 ? 28.0 : 10.0, 96.0);
                    assertThat(unit.getBoundsInParent().getMaxX()).as(width + " x " + height)
                            .isLessThanOrEqualTo(width);
                }
            }
            Text large = (Text) Shown.in(metric(12.4e9), 680, 280).lookup(".wf-metric-value");
            assertThat(large.getFont().getSize()).isEqualTo(96);
            assertThat(large.getText()).isEqualTo("12.4");
            Text small = (Text) Shown.in(metric(12.4e9), 100, 60).lookup(".wf-metric-value");
            assertThat(small.getText()).isEqualTo("12");
        });
    }

    @Test
    void alarm_besideItsMark_isNotClippedInANarrowWidget() throws Exception {
        FxThread.run(() -> {
            for (double width = 56; width < 200; width += 8) {
                MetricView metric = metric(100);
                metric.setUnit(Unit.PERCENT);
                metric.setThresholds(new Thresholds(80.0, 95.0));
                Shown.in(metric, width, 100);
                Region mark = (Region) metric.lookup("." + Styles.STATE_MARK);
                Text number = (Text) metric.lookup(".wf-metric-value");
                assertThat(mark.isVisible()).isTrue();
                assertThat(number.getText()).isEqualTo("100");
                assertThat(number.getBoundsInParent().getMinX()).as("mark and number at " + width)
                        .isGreaterThanOrEqualTo(mark.getBoundsInParent().getMaxX());
                assertThat(metric.lookup(".wf-metric-unit").getBoundsInParent().getMaxX()).as("unit at " + width)
                        .isLessThanOrEqualTo(width);
            }
        });
    }

    @Test
    void threshold_showsAsColourAndMark() throws Exception {
        FxThread.run(() -> {
            MetricView metric = metric(12.4e9);
            metric.setThresholds(new Thresholds(10e9, 20e9));
            Shown.in(metric, 300, 150);
            assertThat(metric.getPseudoClassStates()).contains(Styles.WARN);
            assertThat(metric.lookup("." + Styles.STATE_MARK).isVisible()).isTrue();
            metric.setThresholds(Thresholds.NONE);
            Shown.settle(metric);
            assertThat(metric.getPseudoClassStates()).doesNotContain(Styles.WARN);
            assertThat(metric.lookup("." + Styles.STATE_MARK).isVisible()).isFalse();
        });
    }

    @Test
    void change_tellsHowFarTheValueHasMoved() throws Exception {
        FxThread.run(() -> {
            MetricView metric = Shown.in(metric(12.4e9), 300, 150);
            assertThat(((Label) metric.lookup(".wf-metric-change")).getText())
                    .isEqualTo("↑ 2.4\u202fGB in 10\u202fmin");
        });
    }

    @Test
    void value_thatIsNotThereIsADash() throws Exception {
        FxThread.run(() -> {
            MetricView metric = Shown.in(metric(Double.NaN), 300, 150);
            assertThat(((Text) metric.lookup(".wf-metric-value")).getText()).isEqualTo("–");
        });
    }

    private static MetricView metric(double value) {
        SampleRing ring = new SampleRing(10);
        ring.put(NOW - 600_000, 10e9);
        ring.put(NOW, value);
        MetricView metric = new MetricView(() -> NOW);
        metric.setRing(ring);
        metric.setUnit(Unit.BYTES);
        return metric;
    }
}
