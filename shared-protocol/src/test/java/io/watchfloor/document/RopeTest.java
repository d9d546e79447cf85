package io.watchfloor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RopeTest {

    /// Whatever is done to it, it holds what a string would, and no pieces but such as an edit may leave.
    @Test
    void rope_TXT9_holdsWhatAStringWould() {
        RandomText random = new RandomText(9);
        int pieces = 0;
        for (int round = 0; round < 60; round++) {
            String text = random.text(round % 3 == 0 ? 10 : 6_000);
            String original = text;
            Rope rope = Rope.of(text);
            for (int step = 0; step < 200; step++) {
                Delta delta = edit(random, text);
                Rope before = rope;
                String textBefore = text;
                text = delta.apply(text);
                rope = delta.apply(rope);
                assertThat(rope).hasSameSizeAs(text).hasToString(text);
                assertThat(delta.invert(before)).isEqualTo(delta.invert(textBefore));
                assertThat(before).hasToString(textBefore);
                checkPieces(rope, original);
                pieces = Math.max(pieces, rope.pieces().length);
            }
            assertThat(rope).isEqualTo(Rope.of(text)).hasSameHashCodeAs(Rope.of(text));
            checkParts(rope, text, random);
        }
        assertThat(pieces).as("pieces of the longest text").isGreaterThan(10);
    }

    /// Small changes anywhere, and now and then a large one: up to all of the text goes, or thousands of units come.
    private static Delta edit(RandomText random, String text) {
        int at = random.place(text);
        int most = random.below(10) == 0 ? text.length() - at : Math.min(20, text.length() - at);
        int length = random.place(text.substring(at, at + most));
        return switch (random.below(4)) {
            case 0 -> random.delta(text);
            case 1 -> Delta.insert(at, random.text(random.below(20) == 0 ? 3_000 : 3));
            case 2 -> Delta.delete(at, isCut(text, at + length) ? length - 1 : length);
            default -> Delta.insert(text.length(), random.text(3));
        };
    }

    private static boolean isCut(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
    }

    private static void checkPieces(Rope rope, String original) {
        String[] pieces = rope.pieces();
        for (int i = 0; i < pieces.length; i++) {
            int length = pieces[i].length();
            int least = i < pieces.length - 1 ? Rope.LEAST : 1;
            boolean untouched = pieces[i].equals(original); // and then of any length
            if (!untouched && (length < least || length > Rope.MOST)) {
                fail("piece %s of %s has %s units", i, pieces.length, length);
            }
        }
    }

    private static void checkParts(Rope rope, String text, RandomText random) {
        for (int i = 0; i < text.length(); i++) {
            assertThat(rope.charAt(i)).isEqualTo(text.charAt(i));
        }
        for (int i = 0; i < 100; i++) {
            int start = random.below(text.length() + 1);
            int end = start + random.below(text.length() - start + 1);
            assertThat(rope.subSequence(start, end)).isEqualTo(text.substring(start, end));
        }
    }

    @Test
    void rope_TXT9_sharesWhatAnEditLeavesAlone() {
        Rope rope = Rope.EMPTY;
        for (int i = 0; i < 20_000; i++) {
            rope = Delta.insert(i / 2, "x").apply(rope);
        }
        String[] before = rope.pieces();
        String[] after = Delta.replace(9_000, 1, "y").apply(rope).pieces();
        Set<String> same = Collections.newSetFromMap(new IdentityHashMap<>());
        same.addAll(Arrays.asList(before));
        assertThat(before).hasSizeGreaterThan(20);
        assertThat(Arrays.stream(after).filter(same::contains).count()).isGreaterThanOrEqualTo(before.length - 2);
        assertThat(rope.toString()).isSameAs(rope.toString());
    }

    @Test
    void rope_TXT9_refusesWhatAStringRefuses() {
        Rope rope = Delta.insert(1, "b").apply(Rope.of("a😀"));
        assertThat(Delta.NONE.apply(rope)).isSameAs(rope);
        assertThat(Delta.insert(3, "x").problemOn(rope)).isEqualTo("cuts a surrogate pair at 3");
        assertThat(Delta.insert(5, "x").problemOn(rope))
                .isEqualTo("reaches to 5, beyond the end of the text, which has 4 units");
        assertThatThrownBy(() -> Delta.delete(3, 1).apply(rope)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Delta.delete(0, 5).invert(rope)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rope.charAt(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rope.charAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rope.subSequence(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Rope.of("")).isSameAs(Rope.EMPTY).isEmpty();
        assertThat(Delta.delete(0, 4).apply(rope)).isSameAs(Rope.EMPTY);
    }
}
