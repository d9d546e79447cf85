package io.watchfloor.client.format;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes moments: `21 Nov, 13:58`, or to the second, with the year, or in UTC. Thread-safe.
public final class Moments {

    private static final DateTimeFormatter DAY_AND_MINUTE = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);

    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss",
            Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'",
            Locale.ENGLISH);

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private Moments() {}

    /// @param millis since 1970 UTC
    public static String text(long millis, ZoneId zone) {
        return DAY_AND_MINUTE.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /// `21 Nov 2026, 13:58:07`.
    ///
    /// @param millis since 1970 UTC
    public static String exact(long millis, ZoneId zone) {
        return TO_THE_SECOND.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /// `21 Nov 2026`.
    ///
    /// @param millis since 1970 UTC
    public static String day(long millis, ZoneId zone) {
        return DAY.format(Instant.ofEpochMilli(millis).atZone(zone));
    }

    /// `2026-11-21 12:58:07.123 UTC`.
    ///
    /// @param millis since 1970 UTC
    public static String utc(long millis) {
        return UTC.format(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
    }

    /// Without the day where it is today's: `13:58`.
    ///
    /// @param millis since 1970 UTC
    /// @param now since 1970 UTC
    public static String brief(long millis, long now, ZoneId zone) {
        ZonedDateTime moment = Instant.ofEpochMilli(millis).atZone(zone);
        return moment.toLocalDate().equals(Instant.ofEpochMilli(now).atZone(zone).toLocalDate())
                ? MINUTE.format(moment)
                : DAY_AND_MINUTE.format(moment);
    }
}
