package io.watchfloor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.Delta.Side;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltaTest {

    private static final int PAIRS = Integer.getInteger("watchfloor.text.pairs", 1_000_000);
    private static final int ROUNDS = 100_000;

    /// Two deltas on one text, in either order, give one text.
    @Test
    void transform_TXT1_convergesForAMillionPairs() {
        RandomText random = new RandomText(1);
        int clashes = 0;
        int astral = 0;
        for (int i = 0; i < PAIRS; i++) {
            String text = random.text(10);
            Delta earlier = random.delta(text);
            Delta later = random.delta(text);
            Delta laterMoved = later.transform(earlier, Side.RIGHT);
            Delta earlierMoved = earlier.transform(later, Side.LEFT);
            String one = laterMoved.apply(earlier.apply(text));
            String other = earlierMoved.apply(later.apply(text));
            if (!one.equals(other)) {
                assertThat(other).as("%s: %s and %s", text, earlier, later).isEqualTo(one);
            }
            if (Limits.problemOfCharacters(one) != null) {
                assertThat(Limits.problemOfCharacters(one)).as("%s: %s and %s", text, earlier, later).isNull();
            }
            clashes += laterMoved.equals(later) ? 0 : 1;
            astral += one.codePointCount(0, one.length()) == one.length() ? 0 : 1;
        }
        assertThat(clashes).as("pairs that meet").isGreaterThan(PAIRS / 3);
        assertThat(astral).as("texts with surrogate pairs").isGreaterThan(PAIRS / 3);
    }

    @Test
    void compose_TXT2_doesWhatOneAndThenTheOtherDoes_andIsAssociative() {
        RandomText random = new RandomText(2);
        for (int i = 0; i < ROUNDS; i++) {
            String text = random.text(10);
            Delta a = random.delta(text);
            String afterA = a.apply(text);
            Delta b = random.delta(afterA);
            String afterB = b.apply(afterA);
            Delta c = random.delta(afterB);
            assertThat(a.compose(b).apply(text)).isEqualTo(afterB);
            assertThat(a.compose(b).compose(c).apply(text)).isEqualTo(a.compose(b.compose(c)).apply(text));
            assertThat(a.compose(b).compose(c)).isEqualTo(a.compose(b.compose(c)));
            assertThat(a.compose(b).growth()).isEqualTo(afterB.length() - text.length());
        }
    }

    @Test
    void invert_TXT2_takesADeltaBack() {
        RandomText random = new RandomText(3);
        for (int i = 0; i < ROUNDS; i++) {
            String text = random.text(10);
            Delta delta = random.delta(text);
            assertThat(delta.invert(text).apply(delta.apply(text))).isEqualTo(text);
            assertThat(delta.compose(delta.invert(text)).apply(text)).isEqualTo(text);
        }
    }

    @Test
    void delta_TXT3_hasOneForm() {
        Delta delta = new DeltaBuilder().retain(2).retain(1).delete(1).insert("a").delete(2).insert("").insert("b")
                .retain(0).retain(9).build();
        assertThat(delta).hasToString("[3, \"ab\", -3]").isEqualTo(Delta.replace(3, 3, "ab"));
        assertThat(delta.reach()).isEqualTo(6);
        assertThat(delta.growth()).isEqualTo(-1);
        assertThat(new DeltaBuilder().retain(5).build()).isSameAs(Delta.NONE);
        DeltaBuilder many = new DeltaBuilder();
        for (int i = 0; i < 100_000; i++) {
            many.insert("x").delete(1);
        }
        assertThat(many.build()).isEqualTo(Delta.replace(0, 100_000, "x".repeat(100_000)));
    }

    @Test
    void delta_TXT3_ofATooShortTextOrAcrossASurrogatePairIsRefused() {
        assertThat(Delta.insert(3, "x").problemOn("ab")).isEqualTo(
                "reaches to 3, beyond the end of the text, which has 2 units");
        assertThat(Delta.delete(1, 2).problemOn("ab")).contains("beyond the end");
        assertThat(Delta.insert(1, "x").problemOn("😀")).isEqualTo("cuts a surrogate pair at 1");
        assertThat(Delta.delete(0, 1).problemOn("😀")).isEqualTo("cuts a surrogate pair at 1");
        assertThat(Delta.replace(0, 2, "x").apply("😀")).isEqualTo("x");
        assertThatThrownBy(() -> Delta.insert(1, "x").apply("😀")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Delta.delete(0, 3).apply("ab")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Delta.delete(0, 3).invert("ab")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeltaBuilder().retain(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeltaBuilder().retain(Integer.MAX_VALUE).retain(1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void delta_TXT3_overALimitIsToldWithTheLimit() {
        assertThat(Limits.problemOf(Delta.insert(0, "😀 e\u0301"))).isNull();
        assertThat(Limits.problemOf(Delta.insert(0, "a\u0000"))).isEqualTo("holds the character U+0000");
        assertThat(Limits.problemOf(Delta.insert(0, "\ud83d"))).isEqualTo("holds half of a surrogate pair");
        assertThat(Limits.problemOf(Delta.insert(Limits.TEXT_LENGTH, "a"))).isNull();
        assertThat(Limits.problemOf(Delta.insert(Limits.TEXT_LENGTH + 1, "a"))).contains("100000 units");
        assertThat(Limits.problemOf(Delta.insert(0, "a".repeat(Limits.TEXT_LENGTH + 1)))).contains("100000 units");
        DeltaBuilder many = new DeltaBuilder();
        for (int i = 0; i < Limits.DELTA_COMPONENTS; i++) {
            many.retain(1).insert("x");
        }
        assertThat(Limits.problemOf(many.build())).isEqualTo("has more than 2000 components");
    }

    @Test
    void caret_TXT4_goesWithTheText() {
        Delta typed = Delta.insert(2, "xy");
        assertThat(typed.transform(1, Side.RIGHT)).isEqualTo(1);
        assertThat(typed.transform(2, Side.LEFT)).isEqualTo(2);
        assertThat(typed.transform(2, Side.RIGHT)).isEqualTo(4);
        assertThat(typed.transform(3, Side.LEFT)).isEqualTo(5);
        assertThat(Delta.delete(1, 3).transform(2, Side.LEFT)).isEqualTo(1);
        assertThat(Delta.delete(1, 3).transform(9, Side.LEFT)).isEqualTo(6);
        assertThat(Delta.replace(1, 3, "z").transform(3, Side.LEFT)).isEqualTo(2);
        RandomText random = new RandomText(5);
        for (int i = 0; i < ROUNDS; i++) {
            String text = random.text(10);
            Delta delta = random.delta(text);
            String after = delta.apply(text);
            int left = delta.transform(random.place(text), Side.LEFT);
            assertThat(left).isBetween(0, after.length());
            assertThat(left > 0 && left < after.length() && Character.isLowSurrogate(after.charAt(left))
                    && Character.isHighSurrogate(after.charAt(left - 1))).isFalse();
        }
    }

    /// A caret behaves as an insertion at its place does.
    @Test
    void caret_TXT4_standsWhereTypingWouldGo() {
        RandomText random = new RandomText(6);
        for (int i = 0; i < ROUNDS; i++) {
            String text = random.text(10);
            Delta delta = random.delta(text);
            int place = random.place(text);
            int moved = delta.transform(place, Side.RIGHT);
            assertThat(Delta.insert(place, "|").transform(delta, Side.RIGHT)).isEqualTo(Delta.insert(moved, "|"));
        }
    }

    @Test
    void difference_TXT5_makesOneTextOfTheOther() {
        RandomText random = new RandomText(7);
        for (int i = 0; i < ROUNDS / 10; i++) {
            String from = random.text(30);
            String to = i % 2 == 0 ? random.text(30) : random.delta(from).apply(from);
            Delta delta = TextDifference.between(from, to);
            assertThat(delta.apply(from)).isEqualTo(to);
            assertThat(delta.simplified(from).apply(from)).isEqualTo(to);
            assertThat(delta.simplified(from).size()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void difference_TXT5_leavesWhatBothHave() {
        assertThat(TextDifference.between("the old dog ran", "the young dog runs"))
                .hasToString("[4, \"young \", -4, 4, \"runs\", -3]");
        assertThat(TextDifference.between("hello there ", "hello")).isEqualTo(Delta.delete(5, 7));
        assertThat(TextDifference.between("see a.b(c) now", "see a.d(c) now")).hasToString("[5, \".d(\", -3]");
        assertThat(TextDifference.between("one😀 two ", "three😀 ")).hasToString("[\"three😀 \", -10]");
        assertThat(TextDifference.between("ab12 ab13", "ab12 ab19 ab13")).isEqualTo(Delta.insert(5, "ab19 "));
        assertThat(TextDifference.between("same", "same")).isEqualTo(Delta.NONE);
        assertThat(TextDifference.between("a😀b", "a😁b")).hasToString("[1, \"😁\", -2]");
        assertThat(TextDifference.between("", "x")).isEqualTo(Delta.insert(0, "x"));
    }

    @Test
    void difference_TXT5_ofTheLargestTextsIsBounded() {
        List<String> lines = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            lines.add("line " + i + " of the one\n");
            others.add(i % 7 == 0 ? "quite different " + i + "\n" : "line " + i + " of the one\n");
        }
        String from = String.join("", lines);
        String to = String.join("", others);
        Delta delta = TextDifference.between(from, to);
        assertThat(delta.apply(from)).isEqualTo(to);
        assertThat(delta.size()).isGreaterThan(500);
        String noise = "x ".repeat(50_000);
        String otherNoise = "y\n".repeat(50_000);
        assertThat(TextDifference.between(noise, otherNoise).size()).isLessThanOrEqualTo(3);
    }
}
