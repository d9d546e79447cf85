package io.watchfloor.client.view.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.Properties;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.SeriesKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesTextTest {

    private static final SeriesKey FIRST = new SeriesKey("cpu_percent", Labels.of("core", "9", "host", "a"));
    private static final SeriesKey SECOND = new SeriesKey("cpu_percent", Labels.of("core", "10", "host", "a"));

    @Test
    void aLine_isCalledByItsLegend_elseByWhatTellsItFromTheOthers() {
        assertThat(LineNames.name("Core {{core}} of {{ host }}", FIRST, List.of(FIRST, SECOND)))
                .isEqualTo("Core 9 of a");
        assertThat(LineNames.name("", FIRST, List.of(FIRST, SECOND))).isEqualTo("9");
        assertThat(LineNames.name("", FIRST, List.of(FIRST))).isEqualTo("cpu_percent");
        assertThat(LineNames.name("{{missing}}", FIRST, List.of(FIRST))).isEqualTo("cpu_percent");
        assertThat(LineNames.name("{{core}}", new SeriesKey("x", Labels.of("core", "$1\\")), List.of()))
                .isEqualTo("$1\\");
    }

    @Test
    void aLine_TXT26_hidesAndTurnsNothing() {
        SeriesKey hostile = new SeriesKey("cpu", Labels.of("host", "a\u202eb\u200bc\u0007"));
        assertThat(LineNames.name("{{host}}\n\u2066x", hostile, List.of(hostile)))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFD \uFFFDx");
    }

    @Test
    void equalNames_areToldApart() {
        assertThat(LineNames.distinct(List.of("a", "b", "a"))).containsExactly("a", "b", "a (2)");
    }

    @Test
    void lines_standInTheOrderThatPeopleCount() {
        assertThat(Stream.of("core 10", "core 9", "core", "total 1").sorted(LineNames.NATURAL))
                .containsExactly("core", "core 9", "core 10", "total 1");
    }

    @Test
    void aMistakeInAQuery_isToldWithItsPlace() {
        assertThatThrownBy(() -> SeriesText.parse(Properties.KIND_CHART, "cpu{core=~\"1\"}"))
                .hasMessageContaining("position 9");
        assertThatThrownBy(() -> SeriesText.parse(Properties.KIND_TABLE, "users"))
                .hasMessage("There is no table 'users'. There are processes, interfaces and filesystems.");
    }

    @Test
    void aNewWidget_isNamedAndCountsInAUnit_byItsSeries() {
        Query query = SeriesText.parse(Properties.KIND_METRIC, "net_received_bytes_per_second{host=\"a\"}");
        assertThat(SeriesText.title(query)).isEqualTo("Net received");
        assertThat(SeriesText.unit(query)).isEqualTo("bytes/s");
        assertThat(SeriesText.unit(Query.promql("load_average"))).isEqualTo("none");
    }

    @Test
    void suggestions_holdWhatWasTyped_wholeNamesFirst() {
        assertThat(SeriesText.suggestions(List.of(FIRST, SECOND, new SeriesKey("load", Labels.NONE)), "CPU"))
                .containsExactly("cpu_percent", FIRST.toString(), SECOND.toString());
    }
}
