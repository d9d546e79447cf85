package io.watchfloor.client.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.model.Axis;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ValueAxisTest {

    @Test
    void axis_isWidenedToCleanFiguresFromZero() {
        ValueAxis axis = ValueAxis.of(120, 4_730, Unit.COUNT_PER_SECOND, 5, Axis.AUTOMATIC);
        assertThat(axis.low()).isZero();
        assertThat(axis.high()).isEqualTo(5_000);
        assertThat(labels(axis)).containsExactly("0", "1_k/s", "2_k/s", "3_k/s", "4_k/s", "5_k/s");
    }

    @Test
    void axis_labelsHaveOneUnit() {
        ValueAxis axis = ValueAxis.of(0, 1.4e9, Unit.BYTES, 3, Axis.AUTOMATIC);
        assertThat(labels(axis)).containsExactly("0", "0.5_GB", "1.0_GB", "1.5_GB");
    }

    @Test
    void axis_leavesZeroOutForValuesFarFromIt() {
        ValueAxis axis = ValueAxis.of(12.1e9, 12.4e9, Unit.BYTES, 4, Axis.AUTOMATIC);
        assertThat(axis.low()).isBetween(12.0e9, 12.1e9);
    }

    @Test
    void axis_thatIsSetWins() {
        ValueAxis axis = ValueAxis.of(3, 7, Unit.PERCENT, 4, new Axis(0.0, 100.0));
        assertThat(axis.low()).isZero();
        assertThat(axis.high()).isEqualTo(100);
    }

    @Test
    void axis_withoutDataOrWithOneValueIsStillAnAxis() {
        assertThat(ValueAxis.of(Double.NaN, Double.NaN, Unit.NONE, 4, Axis.AUTOMATIC).ticks()).isNotEmpty();
        ValueAxis flat = ValueAxis.of(0, 0, Unit.NONE, 4, Axis.AUTOMATIC);
        assertThat(flat.high()).isGreaterThan(flat.low());
        assertThat(ValueAxis.of(5, 5, Unit.NONE, 4, new Axis(9.0, 3.0)).high()).isGreaterThan(9);
    }

    @Test
    void axis_ofMinutesStepsInMinutes() {
        assertThat(labels(ValueAxis.of(0, 290, Unit.SECONDS, 5, Axis.AUTOMATIC)))
                .containsExactly("0", "1_min", "2_min", "3_min", "4_min", "5_min");
    }

    @Test
    void axis_holdsTheDataAndHasDistinctLabels() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            double a = (random.nextDouble() - 0.3) * Math.pow(10, random.nextInt(-6, 14));
            double b = a + random.nextDouble() * Math.pow(10, random.nextInt(-3, 12)) + Math.abs(a) * 1e-3;
            Unit unit = List.of(Unit.values()).get(random.nextInt(Unit.values().length));
            ValueAxis axis = ValueAxis.of(a, b, unit, random.nextInt(1, 8), Axis.AUTOMATIC);
            double invisible = (axis.high() - axis.low()) * 1e-6;
            assertThat(axis.low()).isLessThanOrEqualTo(a + invisible);
            assertThat(axis.high()).isGreaterThanOrEqualTo(b - invisible);
            assertThat(axis.ticks()).as(a + " to " + b + " " + unit).hasSizeBetween(1, 12);
            List<String> labels = axis.ticks().stream().map(ValueAxis.Tick::label).toList();
            assertThat(new HashSet<>(labels)).as(labels + " for " + a + " to " + b).hasSameSizeAs(labels);
        }
    }

    private static List<String> labels(ValueAxis axis) {
        return axis.ticks().stream().map(tick -> tick.label().replace(Figure.SPACE, "_")).toList();
    }
}
