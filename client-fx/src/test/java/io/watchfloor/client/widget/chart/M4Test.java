package io.watchfloor.client.widget.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class M4Test {

    private static final int COLUMNS = 80;

    /// In each pixel column the drawing of the reduced line reaches exactly as far up and down as that of all samples.
    @Test
    void picture_ofTheReducedLineIsThatOfAllSamples() {
        int reduced = 0;
        int broken = 0;
        for (long seed = 0; seed < 600; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SampleRing ring = line(random);
            SampleWindow all = new SampleWindow();
            ring.copy(Long.MIN_VALUE, Long.MAX_VALUE, all);
            double column = 100_000.0 / COLUMNS;
            double gap = random.nextBoolean() ? Double.POSITIVE_INFINITY : 4 * column;
            Polyline few = new Polyline();
            M4.reduce(all, 0, column, gap, few);
            Polyline every = withoutInvisibleGaps(all, column, gap);
            double[][] expected = extents(every, column);
            assertThat(extents(few, column)).as("seed " + seed).isDeepEqualTo(expected);
            assertThat(few.size).isLessThanOrEqualTo(5 * (COLUMNS + 2));
            assertThat(few.min).isEqualTo(every.min);
            assertThat(few.max).isEqualTo(every.max);
            reduced += few.size < every.size ? 1 : 0;
            broken += Arrays.stream(few.values, 0, few.size).anyMatch(Double::isNaN) ? 1 : 0;
        }
        assertThat(reduced).as("lines that had something to leave out").isGreaterThan(200);
        assertThat(broken).as("lines with gaps").isGreaterThan(100);
    }

    @Test
    void reduction_ofNothingIsNothing() {
        Polyline few = new Polyline();
        M4.reduce(new SampleWindow(), 0, 1, 10, few);
        assertThat(few.size).isZero();
        assertThat(few.min).isNaN();
    }

    private static SampleRing line(SplittableRandom random) {
        SampleRing ring = new SampleRing(50_000);
        int count = random.nextInt(1, 4_000);
        double value = 0;
        long time = 0;
        while (count-- > 0 && time < 100_000) {
            time += random.nextInt(1, 1 + random.nextInt(1, 200));
            value += random.nextDouble() - 0.5;
            boolean none = random.nextInt(60) == 0;
            ring.put(time, none ? Double.NaN : value);
            if (random.nextInt(300) == 0) {
                time += random.nextInt(20_000);
            }
        }
        return ring;
    }

    /// Every sample, broken where a gap reaches from one column into another.
    private static Polyline withoutInvisibleGaps(SampleWindow all, double column, double gap) {
        Polyline every = new Polyline();
        int last = -1;
        boolean none = false;
        for (int i = 0; i < all.size(); i++) {
            if (Double.isNaN(all.value(i))) {
                none = true;
                continue;
            }
            boolean far = last >= 0 && all.time(i) - all.time(last) > gap;
            boolean sameColumn = last >= 0
                    && Math.floor(all.time(i) / column) == Math.floor(all.time(last) / column);
            if (last >= 0 && (none || far) && !sameColumn) {
                every.lineBreak();
            }
            every.add((double) all.time(i), all.value(i));
            last = i;
            none = false;
        }
        return every;
    }

    /// Least and greatest value that a line drawn through the points touches inside each column.
    private static double[][] extents(Polyline line, double column) {
        double[][] extents = new double[COLUMNS + 4][2];
        for (double[] extent : extents) {
            extent[0] = Double.POSITIVE_INFINITY;
            extent[1] = Double.NEGATIVE_INFINITY;
        }
        for (int i = 0; i < line.size; i++) {
            if (Double.isNaN(line.values[i])) {
                continue;
            }
            touch(extents, (int) Math.floor(line.times[i] / column), line.values[i]);
            if (i + 1 < line.size && !Double.isNaN(line.values[i + 1])) {
                int from = (int) Math.floor(line.times[i] / column);
                int to = (int) Math.floor(line.times[i + 1] / column);
                for (int edge = from + 1; edge <= to; edge++) {
                    double share = (edge * column - line.times[i]) / (line.times[i + 1] - line.times[i]);
                    double value = line.values[i] + share * (line.values[i + 1] - line.values[i]);
                    touch(extents, edge - 1, value);
                    touch(extents, edge, value);
                }
            }
        }
        return extents;
    }

    private static void touch(double[][] extents, int column, double value) {
        extents[column][0] = Math.min(extents[column][0], value);
        extents[column][1] = Math.max(extents[column][1], value);
    }
}
