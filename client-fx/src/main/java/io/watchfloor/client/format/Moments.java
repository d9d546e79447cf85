package io.watchfloor.client.format;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes a moment with its day: `21 Nov, 13:58`. Thread-safe.
public final class Moments {

    private static final DateTimeFormatter DAY_AND_MINUTE = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);

    private Moments() {}

    /// @param millis since 1970 UTC
    public static String text(long millis, ZoneId zone) {
        return DAY_AND_MINUTE.format(Instant.ofEpochMilli(millis).atZone(zone));
    }
}
