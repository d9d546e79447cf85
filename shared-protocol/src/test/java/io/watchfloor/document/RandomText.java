package io.watchfloor.document;

import java.util.SplittableRandom;

/// Texts and deltas from a seed, with surrogate pairs and combining characters among the letters. Confined to its test.
final class RandomText {

    private static final String[] CHARACTERS = {"a", "b", "c", " ", "\n", "é", "e\u0301", "\u0308", "😀", "𝒳", "👩‍💻",
            "\u202e", "שלום",
            "漢"};

    private final SplittableRandom random;

    RandomText(long seed) {
        this.random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String text(int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    /// A place in a text where no surrogate pair is cut.
    int place(String text) {
        int at = random.nextInt(text.length() + 1);
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    /// A delta of up to four changes.
    Delta delta(String text) {
        DeltaBuilder delta = new DeltaBuilder();
        int at = 0;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int next = at + place(text.substring(at));
            delta.retain(next - at);
            at = next;
            int what = random.nextInt(3);
            if (what != 0) {
                delta.insert(text(2));
            }
            if (what != 1) {
                int end = at + place(text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(5))));
                end = isInsidePair(text, end) ? end - 1 : end;
                delta.delete(Math.max(0, end - at));
                at = Math.max(at, end);
            }
        }
        return delta.build();
    }

    private static boolean isInsidePair(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
    }
}
