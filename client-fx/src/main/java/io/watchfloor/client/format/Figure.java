package io.watchfloor.client.format;

/// A number as it is shown, apart from its unit, so that the two can be set in different sizes.
///
/// @param number digits, or a dash where there is no number
/// @param unit symbol with its prefix, empty for none
///
/// Immutable.
public record Figure(String number, String unit) {

    /// Between number and unit: narrow, and never broken at a line's end.
    public static final String SPACE = "\u202f";

    /// Shown where there is no number.
    public static final Figure ABSENT = new Figure("–", "");

    /// Number, narrow space, unit.
    public String text() {
        return unit.isEmpty() ? number : number + SPACE + unit;
    }

    @Override
    public String toString() {
        return text();
    }
}
