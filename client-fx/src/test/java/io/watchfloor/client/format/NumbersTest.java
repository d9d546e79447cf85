package io.watchfloor.client.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({"12.4e9, BYTES, 12.4_GB", "340, BYTES, 340_B", "1836, COUNT_PER_SECOND, 1.8_k/s",
            "0.3333, COUNT_PER_SECOND, 0.33_/s", "99.95, PERCENT, 99.95_%", "50.04, PERCENT, 50.0_%",
            "0.042, PERCENT, 0.04_%", "100, PERCENT, 100_%", "0, PERCENT, 0_%", "0, BYTES, 0_B", "0, NONE, 0",
            "1.374, NONE, 1.37", "5, NONE, 5", "0.0421, NONE, 0.042", "1234, NONE, 1.2_k", "0.0124, SECONDS, 12.4_ms",
            "0.34, SECONDS, 340_ms", "90, SECONDS, 1.5_min", "7200, SECONDS, 2.0_h",
            "-12.4e6, BYTES_PER_SECOND, −12.4_MB/s"})
    void brief_isWhatIsReadAtAGlance(double value, Unit unit, String expected) {
        assertThat(Numbers.brief(value, unit).text()).isEqualTo(expected.replace("_", Figure.SPACE));
    }

    @ParameterizedTest
    @CsvSource({"999.96e3, BYTES, 1.0_MB", "999.6, BYTES, 1.0_kB", "999.9, NONE, 1.0_k", "59.99, SECONDS, 1.0_min"})
    void brief_thatRoundsToTheNextStepIsWrittenInIt(double value, Unit unit, String expected) {
        assertThat(Numbers.brief(value, unit).text()).isEqualTo(expected.replace("_", Figure.SPACE));
    }

    @Test
    void brief_neverRoundsAPercentageUpToAHundred() {
        assertThat(Numbers.brief(99.999, Unit.PERCENT).number()).isEqualTo("99.99");
    }

    @Test
    void brief_ofNoNumberIsADash() {
        assertThat(Numbers.brief(Double.NaN, Unit.BYTES)).isEqualTo(Figure.ABSENT);
    }

    @Test
    void brief_isAtMostFiveFiguresLong() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            double value = random.nextDouble() * Math.pow(10, random.nextInt(-9, 17));
            Unit unit = List.of(Unit.values()).get(random.nextInt(Unit.values().length));
            if (unit == Unit.PERCENT || (unit == Unit.SECONDS && value > 86_400_000)) {
                continue;
            }
            String number = Numbers.brief(value, unit).number();
            assertThat(number.replace("<" + Figure.SPACE, "").length()).as(value + " " + unit + " " + number)
                    .isLessThanOrEqualTo(5);
        }
    }

    @Test
    void shorter_dropsDecimalsThenLettersOfTheUnitButNeverThePrefix() {
        assertThat(Numbers.shorter(12.4e9, Unit.BYTES).stream().map(Figure::text))
                .containsExactly("12.4" + Figure.SPACE + "GB", "12" + Figure.SPACE + "GB", "12" + Figure.SPACE + "G");
    }

    @Test
    void shorter_keepsTheDecimalsOfFractions() {
        assertThat(Numbers.shorter(0.42, Unit.NONE)).containsExactly(new Figure("0.42", ""));
    }

    @Test
    void fitting_takesTheBestFormThatHasRoom() {
        assertThat(Numbers.fitting(12.4e9, Unit.BYTES, 5, form -> form.text().length()).text())
                .isEqualTo("12" + Figure.SPACE + "GB");
        assertThat(Numbers.fitting(12.4e9, Unit.BYTES, 1, form -> form.text().length()).text())
                .isEqualTo("12" + Figure.SPACE + "G");
    }

    @Test
    void exact_showsWhatBriefLeavesOut() {
        assertThat(Numbers.exact(12_412_345_678.0, Unit.BYTES).text()).isEqualTo("12.412" + Figure.SPACE + "GB");
        assertThat(Numbers.exact(1_836.4, Unit.COUNT_PER_SECOND).text()).isEqualTo("1.836" + Figure.SPACE + "k/s");
        assertThat(Numbers.exact(7, Unit.NONE).text()).isEqualTo("7");
        assertThat(Numbers.exact(33.3333, Unit.PERCENT).text()).isEqualTo("33.33" + Figure.SPACE + "%");
    }

    @Test
    void unit_isFoundByTheNameInTheDocument() {
        for (Unit unit : List.of(Unit.values())) {
            assertThat(Unit.of(unit.property())).isEqualTo(unit);
        }
        assertThat(Unit.of("furlongs")).isEqualTo(Unit.NONE);
        assertThat(Unit.of((String) null)).isEqualTo(Unit.NONE);
    }
}
