package io.watchfloor.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class M4Test {

    private static final SeriesKey KEY = new SeriesKey("a", Labels.NONE);

    @Test
    void m4_SAM9_keepsEverySampleWhereTheyFit() {
        M4 m4 = new M4(0, 999, 100);
        for (int i = 0; i < 100; i++) {
            m4.add(i * 10L, i);
        }
        assertThat(m4.line(1, KEY).times()).hasSize(100);
    }

    @Test
    void m4_SAM9_keepsFirstLeastGreatestAndLastOfAnInterval() {
        M4 m4 = new M4(0, 9, 4);
        double[] values = {5, 3, 9, 4, 1, 2, 8, 6};
        for (int i = 0; i < values.length; i++) {
            m4.add(i, values[i]);
        }
        Line line = m4.line(1, KEY);
        assertThat(line.times()).containsExactly(0, 2, 4, 7);
        assertThat(line.values()).containsExactly(5, 9, 1, 6);
    }

    @Test
    void m4_SAM9_keepsGapsAtTheEdgeOfAnIntervalAndNeverAsExtreme() {
        M4 m4 = new M4(0, 9, 4);
        double[] values = {Double.NaN, 3, 9, 4, 1, Double.NaN};
        for (int i = 0; i < values.length; i++) {
            m4.add(i, values[i]);
        }
        assertThat(m4.line(1, KEY).values()).containsExactly(Double.NaN, 9, 1, Double.NaN);
    }

    @Test
    void m4_SAM9_ofAnyLineIsRealSamplesInRisingOrderWithBothExtremes() {
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int count = random.nextInt(1, 500);
            int points = random.nextInt(1, 60);
            long[] times = new long[count];
            double[] values = new double[count];
            long time = 1_000;
            for (int i = 0; i < count; i++) {
                times[i] = time;
                values[i] = random.nextInt(20) == 0 ? Double.NaN : random.nextInt(1_000);
                time += random.nextInt(1, 100);
            }
            M4 m4 = new M4(1_000, time, points);
            for (int i = 0; i < count; i++) {
                m4.add(times[i], values[i]);
            }
            Line line = m4.line(1, KEY);

            assertThat(line.times().length).as("seed %d", seed).isLessThanOrEqualTo(Math.max(4, points));
            int at = 0;
            for (int i = 0; i < line.times().length; i++) {
                while (at < count && times[at] != line.times()[i]) {
                    at++;
                }
                assertThat(at).as("seed %d: a sample in order", seed).isLessThan(count);
                assertThat(Double.compare(line.values()[i], values[at])).isZero();
                at++;
            }
            assertThat(greatest(line.values())).as("seed %d", seed).isEqualTo(greatest(values));
            assertThat(line.times()[0]).isEqualTo(times[0]);
            assertThat(line.times()[line.times().length - 1]).isEqualTo(times[count - 1]);
        }
    }

    @Test
    void m4_SAM9_survivesRangesWithoutEnd() {
        M4 m4 = new M4(Long.MIN_VALUE, Long.MAX_VALUE, 4);
        for (int i = 0; i < 10; i++) {
            m4.add(i, i);
        }
        assertThat(m4.line(1, KEY).times()).contains(0, 9);
    }

    private static double greatest(double[] values) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            greatest = value > greatest ? value : greatest;
        }
        return greatest;
    }
}
