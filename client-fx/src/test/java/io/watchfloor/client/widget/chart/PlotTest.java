package io.watchfloor.client.widget.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.watchfloor.client.format.ValueAxis;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlotTest {

    private static final ValueAxis AXIS = new ValueAxis(0, 1, List.of());

    @Test
    void picture_movesByWholeDevicePixelsAsTimeGoesOn() {
        SplittableRandom random = new SplittableRandom(1);
        for (double scale : new double[]{1, 1.25, 1.5, 2}) {
            Plot.Area area = new Plot.Area(0, 0, 317, 100);
            long now = 1_795_000_000_000L;
            long sample = now - 200_000;
            double first = Plot.live(area, scale, now, 900_000, AXIS).x(sample) * scale;
            for (int i = 0; i < 1_000; i++) {
                now += random.nextInt(3_000);
                double moved = first - Plot.live(area, scale, now, 900_000, AXIS).x(sample) * scale;
                assertThat(moved).isCloseTo(Math.rint(moved), within(1e-3));
            }
        }
    }

    @Test
    void plot_endsAtTheNewestColumn() {
        Plot plot = Plot.live(new Plot.Area(0, 0, 300, 100), 1, 1_000_000, 300_000, AXIS);
        assertThat(plot.to()).isBetween(1_000_000.0, 1_001_000.0);
        assertThat(plot.x(plot.from())).isZero();
        assertThat(plot.time(plot.x(950_000L))).isCloseTo(950_000, within(1e-6));
    }

    @Test
    void hairline_fillsOneDevicePixel() {
        Plot plot = Plot.live(new Plot.Area(0, 0, 300, 100), 1.5, 1_000_000, 300_000, AXIS);
        double middle = plot.crisp(10.2) * 1.5;
        assertThat(middle - Math.floor(middle)).isCloseTo(0.5, within(1e-9));
    }
}
