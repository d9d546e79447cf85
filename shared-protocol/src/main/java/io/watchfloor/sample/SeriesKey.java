package io.watchfloor.sample;

/// What identifies a series: its name and its labels. Immutable.
public record SeriesKey(String name, Labels labels) {

    @Override
    public String toString() {
        return name + labels;
    }
}
