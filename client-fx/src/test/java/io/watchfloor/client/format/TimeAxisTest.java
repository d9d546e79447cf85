package io.watchfloor.client.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimeAxisTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    @Test
    void ticks_standAtCleanTimes() {
        assertThat(labels("2026-11-20T10:08:41", "2026-11-20T10:23:41", 4, BERLIN)).containsExactly("10:10", "10:15",
                "10:20");
        assertThat(labels("2026-11-20T10:23:01", "2026-11-20T10:23:41", 4, BERLIN)).containsExactly("10:23:10",
                "10:23:20", "10:23:30", "10:23:40");
    }

    @Test
    void ticks_followTheLocalClockOfHalfHourZones() {
        assertThat(labels("2026-11-20T09:10:00", "2026-11-20T15:10:00", 6, KOLKATA)).containsExactly("10:00", "11:00",
                "12:00", "13:00", "14:00", "15:00");
    }

    @Test
    void ticks_nameTheDayAtMidnight() {
        assertThat(labels("2026-11-19T20:00:00", "2026-11-20T04:00:00", 4, BERLIN)).containsExactly("20:00", "22:00",
                "20 Nov", "02:00", "04:00");
    }

    @Test
    void ticks_onTheDayOfTwentyThreeHoursLeaveTheMissingHourOut() {
        assertThat(labels("2026-03-29T00:00:00", "2026-03-29T06:00:00", 6, BERLIN)).containsExactly("29 Mar", "01:00",
                "03:00", "04:00", "05:00", "06:00");
    }

    @Test
    void ticks_onTheDayOfTwentyFiveHoursHaveTheRepeatedHourTwice() {
        assertThat(labels("2026-10-25T01:00:00", "2026-10-25T04:00:00", 6, BERLIN)).containsExactly("01:00", "02:00",
                "02:00", "03:00", "04:00");
    }

    @Test
    void ticks_areOrderedInsideTheRangeAndNotTooMany() {
        SplittableRandom random = new SplittableRandom(3);
        List<ZoneId> zones = List.of(BERLIN, KOLKATA, ZoneId.of("Australia/Lord_Howe"), ZoneId.of("UTC"),
                ZoneId.of("America/St_Johns"));
        for (int i = 0; i < 5_000; i++) {
            long from = random.nextLong(1_500_000_000_000L, 1_900_000_000_000L);
            long span = (long) Math.pow(10, random.nextDouble(4, 10.4));
            int count = random.nextInt(1, 12);
            List<TimeAxis.Tick> ticks = TimeAxis.ticks(from, from + span, count,
                    zones.get(random.nextInt(zones.size())));
            assertThat(ticks.size()).isLessThanOrEqualTo(count + 2);
            long last = from - 1;
            for (TimeAxis.Tick tick : ticks) {
                assertThat(tick.time()).isGreaterThan(last).isLessThanOrEqualTo(from + span);
                last = tick.time();
            }
        }
    }

    @Test
    void exact_namesTheDayOnlyWhereItIsNotToday() {
        long now = millis("2026-11-20T10:23:41", BERLIN);
        assertThat(TimeAxis.exact(now - 60_000, now, BERLIN)).isEqualTo("10:22:41");
        assertThat(TimeAxis.exact(now - 86_400_000, now, BERLIN)).isEqualTo("Thu 19 Nov 10:23:41");
    }

    @Test
    void ages_areWholeUnitsRoundedDown() {
        assertThat(List.of(Ages.text(-5), Ages.text(59_999), Ages.text(119_999), Ages.text(7_200_000),
                Ages.text(200_000_000))).containsExactly("0\u202fs", "59\u202fs", "1\u202fmin", "2\u202fh", "2\u202fd");
    }

    private static List<String> labels(String from, String to, int count, ZoneId zone) {
        return TimeAxis.ticks(millis(from, zone), millis(to, zone), count, zone).stream().map(TimeAxis.Tick::label)
                .toList();
    }

    private static long millis(String local, ZoneId zone) {
        return ZonedDateTime.of(LocalDateTime.parse(local), zone).toInstant().toEpochMilli();
    }
}
