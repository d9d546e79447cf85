package io.watchfloor.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    @Test
    void selector_SAM8_readsANameAlone() {
        assertThat(Selector.parse(" cpu_usage ")).isEqualTo(new Selector("cpu_usage", Labels.NONE));
        assertThat(Selector.parse("job:rate{}")).isEqualTo(new Selector("job:rate", Labels.NONE));
    }

    @Test
    void selector_SAM8_readsMatchersWithSpacesEitherQuoteAndATrailingComma() {
        Selector expected = new Selector("a", Labels.of("host", "web 1", "core", "total"));
        assertThat(Selector.parse("a{host=\"web 1\",core=\"total\"}")).isEqualTo(expected);
        assertThat(Selector.parse(" a { core = 'total' , host = 'web 1' , } ")).isEqualTo(expected);
    }

    @Test
    void selector_SAM8_readsEscapes() {
        assertThat(Selector.parse("a{b=\"\\\"\\\\\\n\"}").matchers().get("b")).isEqualTo("\"\\\n");
    }

    @Test
    void selector_SAM8_writesWhatItReads() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                value.append("\"\\\n'{}=, aé\u0001".charAt(random.nextInt(12)));
            }
            Selector selector = new Selector("n", Labels.of("l", value.toString(), "m", "x"));
            assertThat(Selector.parse(selector.toString())).isEqualTo(selector);
        }
    }

    @Test
    void selector_SAM8_matchesAllOfItsMatchersAndNoOtherName() {
        SeriesKey key = new SeriesKey("a", Labels.of("host", "h", "core", "0"));
        assertThat(Selector.parse("a").matches(key)).isTrue();
        assertThat(Selector.parse("a{core='0'}").matches(key)).isTrue();
        assertThat(Selector.parse("a{core='0',host='x'}").matches(key)).isFalse();
        assertThat(Selector.parse("b{core='0'}").matches(key)).isFalse();
    }

    @Test
    void selector_SAM8_takesALabelThatIsNotThereAsEmpty() {
        SeriesKey key = new SeriesKey("a", Labels.of("host", "h"));
        assertThat(Selector.parse("a{core=''}").matches(key)).isTrue();
        assertThat(Selector.parse("a{host=''}").matches(key)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "``               | 0  | Expected a series name at position 1.",
            "`  `             | 2  | Expected a series name at position 3.",
            "1a               | 0  | Expected a series name",
            "rate(a[5m])      | 4  | '(' at position 5",
            "a b              | 2  | 'b' at position 3",
            "a{               | 2  | Expected a label name",
            "a{=\"x\"}        | 2  | Expected a label name",
            "a{b:c='x'}       | 2  | no ':'",
            "a{b}             | 3  | Expected '=' at position 4",
            "a{b=~'x'}        | 3  | Only = matchers",
            "a{b!='x'}        | 3  | Only = matchers",
            "a{b=x}           | 4  | Expected a quoted value at position 5",
            "a{b='x           | 4  | from position 5 has no end",
            "a{b='x\\'}       | 4  | from position 5 has no end",
            "a{b='x' c='y'}   | 8  | Expected ',' or '}' at position 9",
            "a{b='x',b='y'}   | 8  | matched twice (position 9)",
            "a{b='x'} + 1     | 9  | '+' at position 10",
            "a{b='x'          | 7  | Expected ',' or '}' at position 8"})
    void selector_SAM8_saysWhereTheMistakeIs(String text, int position, String message) {
        SelectorException mistake = assertThrows(SelectorException.class, () -> Selector.parse(text));
        assertThat(mistake.position()).isEqualTo(position);
        assertThat(mistake).hasMessageContaining(message);
    }

    @Test
    void selector_SAM8_refusesTextThatIsTooLong() {
        assertThatThrownBy(() -> Selector.parse("a".repeat(Selector.MAX_LENGTH + 1)))
                .isInstanceOf(SelectorException.class).hasMessageContaining("4096");
    }

    @Test
    void selector_SAM8_answersAnyTextWithASelectorOrItsOwnException() {
        String alphabet = "ab_:09{}=~!'\"\\, \n\u0000é\uD83D(";
        int read = 0;
        for (int seed = 0; seed < 50_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "a{b='" : "");
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Selector.parse(text.toString());
                read++;
            } catch (SelectorException mistake) {
                assertThat(mistake.position()).as("seed %d", seed).isBetween(0, text.length());
                assertThat(mistake.getMessage()).isNotBlank();
            }
        }
        assertThat(read).as("some of the texts are selectors").isGreaterThan(100);
    }
}
