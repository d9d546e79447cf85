package io.watchfloor.client.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.model.Thresholds;
import org.junit.jupiter.api.Test;

class LevelTest {

    @Test
    void level_risesWithTheValue() {
        Thresholds thresholds = new Thresholds(80.0, 95.0);
        assertThat(Level.of(thresholds, 79.9)).isEqualTo(Level.NORMAL);
        assertThat(Level.of(thresholds, 80)).isEqualTo(Level.WARN);
        assertThat(Level.of(thresholds, 95)).isEqualTo(Level.ALARM);
    }

    @Test
    void level_risesAsTheValueFallsWhereLowIsBad() {
        Thresholds thresholds = new Thresholds(20.0, 5.0);
        assertThat(Level.of(thresholds, 50)).isEqualTo(Level.NORMAL);
        assertThat(Level.of(thresholds, 20)).isEqualTo(Level.WARN);
        assertThat(Level.of(thresholds, 4)).isEqualTo(Level.ALARM);
    }

    @Test
    void level_ofNoValueOrWithoutThresholdsIsNormal() {
        assertThat(Level.of(new Thresholds(1.0, 2.0), Double.NaN)).isEqualTo(Level.NORMAL);
        assertThat(Level.of(Thresholds.NONE, 1e9)).isEqualTo(Level.NORMAL);
        assertThat(Level.of(new Thresholds(null, 2.0), 3)).isEqualTo(Level.ALARM);
    }
}
