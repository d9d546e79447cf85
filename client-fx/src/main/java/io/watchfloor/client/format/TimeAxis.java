package io.watchfloor.client.format;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Clean marks on a time axis in a time zone: 10:15 rather than 10:13:37, midnight as a date, and right on days that
/// have 23 or 25 hours. Thread-safe.
public final class TimeAxis {

    /// A mark.
    ///
    /// @param time milliseconds since 1970 UTC
    /// @param label as in `10:15`, `10:15:30`, `21 Nov`
    public record Tick(long time, String label) {}

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long[] STEPS = {SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE,
            2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR,
            12 * HOUR,
            DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 182 * DAY, 364 * DAY};

    private static final DateTimeFormatter TO_MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter TO_SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter TO_DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("EEE d MMM HH:mm:ss", Locale.ENGLISH);

    private TimeAxis() {}

    /// The marks inside `from` to `to`, both included, at most `count` of them (at least one step is tried).
    ///
    /// @param count how many fit
    public static List<Tick> ticks(long from, long to, int count, ZoneId zone) {
        if (to <= from || count < 1) {
            return List.of();
        }
        long step = step(to - from, count);
        return step <= HOUR ? within(from, to, step, zone) : byCalendar(from, to, step, zone);
    }

    /// Steps along the time line: an hour that a clock change repeats has its marks twice.
    private static List<Tick> within(long from, long to, long step, ZoneId zone) {
        List<Tick> ticks = new ArrayList<>();
        DateTimeFormatter format = step >= MINUTE ? TO_MINUTE : TO_SECOND;
        for (long time = aligned(from, step, zone); time <= to; time = aligned(time + step, step, zone)) {
            if (time >= from) {
                LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), zone);
                ticks.add(new Tick(time, at.format(step >= MINUTE && isMidnight(at) ? TO_DAY : format)));
            }
        }
        return ticks;
    }

    /// The last moment not after `time` at which the local clock shows a multiple of the step.
    private static long aligned(long time, long step, ZoneId zone) {
        long local = time + zone.getRules().getOffset(Instant.ofEpochMilli(time)).getTotalSeconds() * SECOND;
        return time - Math.floorMod(local, step);
    }

    /// Steps along the calendar, because its days differ in length.
    private static List<Tick> byCalendar(long from, long to, long step, ZoneId zone) {
        List<Tick> ticks = new ArrayList<>();
        DateTimeFormatter format = step >= DAY ? TO_DAY : TO_MINUTE;
        LocalDateTime at = floor(LocalDateTime.ofInstant(Instant.ofEpochMilli(from), zone), step);
        while (true) {
            Instant instant = at.atZone(zone).toInstant();
            long time = instant.toEpochMilli();
            if (time > to) {
                return ticks;
            }
            boolean exists = LocalDateTime.ofInstant(instant, zone).equals(at);
            if (time >= from && exists) {
                ticks.add(new Tick(time, at.format(step < DAY && isMidnight(at) ? TO_DAY : format)));
            }
            at = at.plusNanos(step * 1_000_000);
        }
    }

    private static boolean isMidnight(LocalDateTime at) {
        return at.toLocalTime().toSecondOfDay() == 0;
    }

    /// The moment somebody points at: to the second, with its date unless that is the day of `now`.
    public static String exact(long time, long now, ZoneId zone) {
        LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(time), zone);
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(now), zone);
        return at.format(at.toLocalDate().equals(today) ? TO_SECOND : EXACT);
    }

    private static long step(long span, int count) {
        for (long step : STEPS) {
            if (span / step <= count) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    private static LocalDateTime floor(LocalDateTime at, long step) {
        LocalDateTime midnight = at.toLocalDate().atStartOfDay();
        if (step > DAY) {
            long days = step / DAY;
            long monday = LocalDate.EPOCH.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toEpochDay();
            long since = at.toLocalDate().toEpochDay() - monday;
            return LocalDate.ofEpochDay(monday + Math.floorDiv(since, days) * days).atStartOfDay();
        }
        long ofDay = at.toLocalTime().toNanoOfDay();
        return midnight.plusNanos(ofDay - ofDay % (step * 1_000_000));
    }
}
