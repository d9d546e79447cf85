package io.watchfloor.client.format;

import io.watchfloor.document.Properties;
import io.watchfloor.sample.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a number counts, and the steps by which it is written short: decimal prefixes (1 kB = 1000 B) for amounts,
/// minutes, hours and days for times. The names are those of [Properties#UNIT]. Immutable.
public enum Unit {
    NONE("none", amounts("")), PERCENT("percent", List.of(new Step("%", "%", 1))), BYTES("bytes",
            amounts("B")), BYTES_PER_SECOND("bytes/s", amounts("B/s")), SECONDS("seconds",
                    List.of(step("ns", 1e-9), step("µs", 1e-6), step("ms", 1e-3), step("s", 1), step("min", 60),
                            step("h", 3_600), step("d", 86_400))), COUNT_PER_SECOND("count/s", amounts("/s"));

    /// One size of a unit.
    ///
    /// @param symbol as in `GB`
    /// @param brief the shortest that still tells the size, as in `G`
    /// @param factor how many of the plain unit it is
    record Step(String symbol, String brief, double factor) {}

    private final String property;
    @SuppressWarnings("ImmutableEnumChecker") // from List.of
    private final List<Step> steps;

    Unit(String property, List<Step> steps) {
        this.property = property;
        this.steps = steps;
    }

    /// The unit of a property's value; [#NONE] where it is absent or from a newer version.
    public static Unit of(@Nullable String property) {
        for (Unit unit : values()) {
            if (unit.property.equals(property)) {
                return unit;
            }
        }
        return NONE;
    }

    /// The unit of a table column; a text column has none.
    public static Unit of(Table.Kind kind) {
        return switch (kind) {
            case TEXT, NUMBER -> NONE;
            case BYTES -> BYTES;
            case BYTES_PER_SECOND -> BYTES_PER_SECOND;
            case PERCENT -> PERCENT;
            case SECONDS -> SECONDS;
        };
    }

    /// The value of [Properties#UNIT] that names it.
    public String property() {
        return property;
    }

    /// From the smallest to the greatest.
    List<Step> steps() {
        return steps;
    }

    /// The greatest step that is not above the magnitude, else the one that suits figures near zero.
    Step stepOf(double magnitude) {
        Step chosen = magnitude == 0 ? plain() : steps.getFirst();
        for (Step step : steps) {
            if (magnitude >= step.factor() && magnitude > 0) {
                chosen = step;
            }
        }
        return chosen;
    }

    private Step plain() {
        return steps.stream().filter(step -> step.factor() == 1).findFirst().orElseThrow();
    }

    private static Step step(String symbol, double factor) {
        return new Step(symbol, symbol, factor);
    }

    private static List<Step> amounts(String base) {
        return List.of(new Step(base, base, 1), new Step("k" + base, "k", 1e3), new Step("M" + base, "M", 1e6),
                new Step("G" + base, "G", 1e9), new Step("T" + base, "T", 1e12), new Step("P" + base, "P", 1e15));
    }
}
