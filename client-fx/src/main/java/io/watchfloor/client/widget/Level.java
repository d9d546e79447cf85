package io.watchfloor.client.widget;

import io.watchfloor.client.model.Thresholds;

/// How bad a value is. Immutable.
public enum Level {
    NORMAL, WARN, ALARM;

    /// The level of a value; `NaN` is normal.
    public static Level of(Thresholds thresholds, double value) {
        Double warn = thresholds.warn();
        Double alarm = thresholds.alarm();
        boolean low = warn != null && alarm != null && alarm < warn;
        if (alarm != null && reaches(value, alarm, low)) {
            return ALARM;
        }
        return warn != null && reaches(value, warn, low) ? WARN : NORMAL;
    }

    private static boolean reaches(double value, double bound, boolean low) {
        return low ? value <= bound : value >= bound;
    }
}
