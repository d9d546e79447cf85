package io.watchfloor.client.view.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.FeedState;
import io.watchfloor.client.widget.WidgetState;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.SeriesKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final long NOW = 1_000_000;

    @Test
    void dataThatCameAsUsual_isFresh_upToThreeIntervalsAndAtLeastTenSeconds() {
        assertThat(of(live(NOW - 10_000, 1_000))).isEqualTo(WidgetState.FRESH);
        assertThat(of(live(NOW - 10_001, 1_000))).isEqualTo(new WidgetState.Stale(NOW - 10_001));
        assertThat(of(live(NOW - 180_000, 60_000))).isEqualTo(WidgetState.FRESH);
        assertThat(of(live(NOW - 180_001, 60_000))).isEqualTo(new WidgetState.Stale(NOW - 180_001));
    }

    @Test
    void withoutConnection_nothingIsFresh() {
        assertThat(of(new Reading(FeedState.DISCONNECTED, true, NOW, 1_000))).isEqualTo(new WidgetState.Stale(NOW));
        assertThat(of(new Reading(FeedState.DISCONNECTED, false, Reading.NONE, 0)))
                .isEqualTo(new WidgetState.Empty("Offline. Data comes with the connection."));
    }

    @Test
    void oneFailedQuery_isToldWhateverTheOthersHave() {
        assertThat(of(live(NOW, 1_000), new Reading(new FeedState.Failed("No such source."), false, Reading.NONE, 0)))
                .isEqualTo(new WidgetState.Failed("No such source."));
    }

    @Test
    void nothingAskedFor_nothingYet_andNothingThere_differ() {
        assertThat(Reading.together(List.of(), "Choose.", NOW)).isEqualTo(new WidgetState.Empty("Choose."));
        assertThat(of(new Reading(FeedState.WAITING, false, Reading.NONE, 0))).isEqualTo(WidgetState.WAITING);
        assertThat(of(new Reading(FeedState.LIVE, false, Reading.NONE, 0)))
                .isEqualTo(new WidgetState.Empty("No series matches yet."));
        assertThat(of(new Reading(FeedState.LIVE, true, Reading.NONE, 0)))
                .isEqualTo(new WidgetState.Empty("No samples in this time."));
    }

    @Test
    void theUsualInterval_isTheMedianOfLiveDistances_soThatOneGapDoesNotCount() {
        Intervals intervals = new Intervals();
        intervals.begin(new long[]{0, 60_000, 90_000});
        assertThat(intervals.usual()).isEqualTo(30_000);
        for (long time = 91_000; time <= 97_000; time += 1_000) {
            intervals.add(time);
        }
        intervals.add(400_000);
        assertThat(intervals.usual()).isEqualTo(1_000);
    }

    @Test
    void history_replacesEverything_andKeepsTheRingsOfLinesThatStay() {
        int[] marks = new int[1];
        QueryLines lines = new QueryLines(() -> marks[0]++);
        SeriesKey key = new SeriesKey("load", Labels.NONE);
        lines.history(List.of(new Line(3, key, new long[]{1, 2}, new double[]{1, 2})));
        var ring = lines.lines().get(3);
        lines.sample(3, 3, 5);
        lines.batchEnd();
        lines.history(List.of(new Line(3, key, new long[]{7}, new double[]{8})));

        assertThat(lines.lines().get(3)).isSameAs(ring);
        assertThat(lines.reading().newest()).isEqualTo(7);
        assertThat(marks[0]).isEqualTo(3);
    }

    private static Reading live(long newest, long interval) {
        return new Reading(FeedState.LIVE, true, newest, interval);
    }

    private static WidgetState of(Reading... readings) {
        return Reading.together(List.of(readings), "Choose.", NOW);
    }
}
