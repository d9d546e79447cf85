package io.watchfloor.client.format;

import io.watchfloor.client.model.Axis;
import java.util.ArrayList;
import java.util.List;

/// The range of a value axis, widened to clean figures, with its grid lines.
///
/// @param low value at the bottom
/// @param high value at the top, above `low`
/// @param ticks from the lowest up, all inside the range
///
/// Immutable.
public record ValueAxis(double low, double high, List<Tick> ticks) {

    /// A grid line and what stands at it.
    public record Tick(double value, String label) {}

    public ValueAxis {
        ticks = List.copyOf(ticks);
    }

    /// The axis for values from `min` to `max` (`NaN` where there are none) with about `count` grid lines. Zero is
    /// included unless the values keep far from it.
    ///
    /// @param limits ends that somebody has set, which win over the data
    public static ValueAxis of(double min, double max, Unit unit, int count, Axis limits) {
        double low = Double.isNaN(min) ? 0 : min;
        double high = Double.isNaN(max) ? 1 : max;
        if (low > 0 && (low < 0.75 * high || low == high)) {
            low = 0;
        } else if (high < 0 && (high > 0.75 * low || low == high)) {
            high = 0;
        }
        Double lowest = limits.min();
        Double highest = limits.max();
        boolean fixedLow = lowest != null;
        boolean fixedHigh = highest != null;
        low = lowest != null ? lowest : low;
        high = highest != null ? highest : high;
        if (!(high > low)) {
            high = low + (low == 0 ? 1 : Math.abs(low));
        }
        double step = cleanStep((high - low) / Math.max(1, count), unit);
        double bottom = fixedLow ? low : Math.floor(low / step + 1e-9) * step;
        double top = fixedHigh ? high : Math.ceil(high / step - 1e-9) * step;
        return new ValueAxis(bottom, top, ticks(bottom, top, step, unit));
    }

    /// Where a value stands between bottom (0) and top (1).
    public double position(double value) {
        return (value - low) / (high - low);
    }

    private static List<Tick> ticks(double bottom, double top, double step, Unit unit) {
        Unit.Step size = unit.stepOf(Math.max(Math.abs(bottom), Math.abs(top)));
        int decimals = decimals(step / size.factor());
        List<Tick> ticks = new ArrayList<>();
        long first = (long) Math.ceil(bottom / step - 1e-9);
        long last = (long) Math.floor(top / step + 1e-9);
        for (long i = first; i <= last; i++) {
            double value = i * step;
            String number = Numbers.fixed(value / size.factor(), decimals);
            ticks.add(new Tick(value, i == 0 ? "0" : new Figure(number, size.symbol()).text()));
        }
        return ticks;
    }

    private static double cleanStep(double rough, Unit unit) {
        if (unit == Unit.SECONDS && rough > 1) {
            return cleanSeconds(rough);
        }
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double lead = rough / power;
        return power * (lead <= 1.0001
                ? 1
                : lead <= 2.0001 ? 2 : lead <= 2.5001 && power >= 10 ? 2.5 : lead <= 5.0001 ? 5 : 10);
    }

    private static double cleanSeconds(double rough) {
        double[] steps = {2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400};
        for (double step : steps) {
            if (rough <= step * 1.0001) {
                return step;
            }
        }
        return cleanStep(rough / 86_400, Unit.NONE) * 86_400;
    }

    private static int decimals(double step) {
        for (int decimals = 0; decimals < 6; decimals++) {
            double shifted = step * Math.pow(10, decimals);
            if (Math.abs(shifted - Math.rint(shifted)) < 1e-6 * shifted) {
                return decimals;
            }
        }
        return 6;
    }
}
