package io.watchfloor.client.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Writes numbers short enough to be read at a glance: `12.4 GB`, `1.8 k/s`, `99.95 %`, `340 ms`. Decimals follow the
/// magnitude alone, so that a live number keeps its width; a percentage is never rounded up to 100. `NaN` is a dash.
/// Thread-safe.
public final class Numbers {

    private static final String MINUS = "−";

    private Numbers() {}

    /// The usual form, of about three digits.
    public static Figure brief(double value, Unit unit) {
        if (!Double.isFinite(value)) {
            return value == Double.POSITIVE_INFINITY
                    ? new Figure("∞", "")
                    : value == Double.NEGATIVE_INFINITY ? new Figure(MINUS + "∞", "") : Figure.ABSENT;
        }
        Unit.Step step = unit.stepOf(Math.abs(value));
        double scaled = value / step.factor();
        int decimals = decimals(scaled, unit, step);
        if (unit != Unit.PERCENT && roundsTo(Math.abs(scaled), decimals) >= limit(unit, step)) {
            step = unit.stepOf(limit(unit, step) * step.factor());
            scaled = value / step.factor();
            decimals = decimals(scaled, unit, step);
        }
        return new Figure(number(scaled, decimals, unit), step.symbol());
    }

    /// The same number in fewer and fewer characters, best first: without decimals, then with the unit cut to its prefix.
    /// The prefix itself is never given up, because the number would lie without it.
    public static List<Figure> shorter(double value, Unit unit) {
        List<Figure> forms = new ArrayList<>();
        Figure brief = brief(value, unit);
        forms.add(brief);
        if (!Double.isFinite(value)) {
            return forms;
        }
        int point = brief.number().indexOf('.');
        if (point >= 0 && Math.abs(value) >= 1) {
            Unit.Step step = unit.steps().stream().filter(s -> s.symbol().equals(brief.unit())).findFirst()
                    .orElseThrow();
            forms.add(new Figure(number(value / step.factor(), 0, unit), brief.unit()));
        }
        unit.steps().stream().filter(step -> step.symbol().equals(brief.unit()) && !step.brief().equals(step.symbol()))
                .findFirst().ifPresent(step -> forms.add(new Figure(forms.getLast().number(), step.brief())));
        return forms;
    }

    /// The first of [#shorter] that is no wider than the room there is, else the shortest.
    ///
    /// @param width measures a text, in the same unit as `room`
    public static Figure fitting(double value, Unit unit, double room, ToDoubleFunction<Figure> width) {
        List<Figure> forms = shorter(value, unit);
        for (Figure form : forms) {
            if (width.applyAsDouble(form) <= room) {
                return form;
            }
        }
        return forms.getLast();
    }

    /// The form for a value that somebody points at: digits that the brief form leaves out, up to seven.
    public static Figure exact(double value, Unit unit) {
        if (!Double.isFinite(value)) {
            return brief(value, unit);
        }
        Unit.Step step = unit.stepOf(Math.abs(value));
        double scaled = value / step.factor();
        boolean whole = unit != Unit.SECONDS && step.factor() == 1 && scaled == Math.rint(scaled);
        int decimals = whole ? 0 : unit == Unit.PERCENT ? 2 : 3;
        return new Figure(trimmed(fixed(scaled, decimals), unit == Unit.PERCENT ? 1 : 0), step.symbol());
    }

    /// A number with a fixed count of decimals, a true minus sign, and no sign on zero.
    public static String fixed(double value, int decimals) {
        double power = power(decimals);
        double magnitude = Math.abs(value);
        if (magnitude * power >= Long.MAX_VALUE / 2.0) {
            return (value < 0 ? MINUS : "") + Double.toString(magnitude);
        }
        long digits = Math.round(magnitude * power);
        StringBuilder text = new StringBuilder();
        if (value < 0 && digits != 0) {
            text.append(MINUS);
        }
        text.append(digits / (long) power);
        if (decimals > 0) {
            String fraction = Long.toString(digits % (long) power);
            text.append('.').repeat('0', decimals - fraction.length()).append(fraction);
        }
        return text.toString();
    }

    private static String number(double scaled, int decimals, Unit unit) {
        if (unit == Unit.PERCENT && scaled < 100 && roundsTo(scaled, decimals) >= 100) {
            return fixed(100 - 1 / power(decimals), decimals);
        }
        double magnitude = Math.abs(scaled);
        if (magnitude > 0 && magnitude < 0.0005 && decimals > 0) {
            return (scaled < 0 ? MINUS : "<" + Figure.SPACE) + "0.001";
        }
        return fixed(scaled, decimals);
    }

    private static int decimals(double scaled, Unit unit, Unit.Step step) {
        double magnitude = Math.abs(scaled);
        if (magnitude == 0) {
            return 0;
        }
        boolean plain = step.factor() == 1;
        return switch (unit) {
            case PERCENT -> magnitude >= 100 ? 0 : magnitude > 99 || magnitude < 1 ? 2 : 1;
            case BYTES, BYTES_PER_SECOND -> plain || magnitude >= 100 ? 0 : 1;
            case SECONDS -> magnitude >= 100 ? 0 : 1;
            case NONE, COUNT_PER_SECOND -> {
                if (!plain) {
                    yield magnitude >= 100 ? 0 : 1;
                }
                yield scaled == Math.rint(scaled) || magnitude >= 100
                        ? 0
                        : magnitude >= 10 ? 1 : magnitude >= 0.1 ? 2 : 3;
            }
        };
    }

    /// From which figure on the next step is used.
    private static double limit(Unit unit, Unit.Step step) {
        List<Unit.Step> steps = unit.steps();
        int next = steps.indexOf(step) + 1;
        return next < steps.size() ? steps.get(next).factor() / step.factor() : Double.POSITIVE_INFINITY;
    }

    private static double roundsTo(double magnitude, int decimals) {
        return Math.round(magnitude * power(decimals)) / power(decimals);
    }

    private static double power(int decimals) {
        return switch (decimals) {
            case 0 -> 1;
            case 1 -> 10;
            case 2 -> 100;
            case 3 -> 1_000;
            default -> Math.pow(10, decimals);
        };
    }

    private static String trimmed(String number, int keep) {
        int point = number.indexOf('.');
        int end = number.length();
        while (point >= 0 && end > point + 1 + keep && number.charAt(end - 1) == '0') {
            end--;
        }
        return number.substring(0, point >= 0 && end == point + 1 ? point : end);
    }
}
