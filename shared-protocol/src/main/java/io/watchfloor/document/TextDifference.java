package io.watchfloor.document;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.List;

/// How one text becomes another one, where nobody can tell any more what was done to it. What they have in common stays,
/// so that what was typed meanwhile keeps its place. Stateless.
///
/// Source: E. W. Myers, "An O(ND) difference algorithm and its variations" (1986), in its form with linear space.
public final class TextDifference {

    /// Words times words (or lines times lines) that are compared at most; beyond it all is replaced.
    private static final long MOST_COMPARED = 16_000_000;

    /// A difference in two steps: what is new comes behind what it replaces, then what it replaces goes.
    ///
    /// @param removals on the text with the additions
    record Replacements(Delta additions, Delta removals) {}

    private TextDifference() {}

    /// A delta that makes one text of the other: words that are in both stay, others are replaced whole and with the
    /// white space behind them, so that a deletion that is carried over it takes nothing out of a word that came instead.
    /// Its cost is bounded: of texts that differ by thousands of words lines are compared, or nothing.
    public static Delta between(String from, String to) {
        int prefix = commonPrefix(from, to);
        while (!isPartStart(from, prefix) || !isPartStart(to, prefix)) {
            prefix--;
        }
        int suffix = commonSuffix(from, to, prefix);
        while (!isPartStart(from, from.length() - suffix) || !isPartStart(to, to.length() - suffix)) {
            suffix--;
        }
        String a = from.substring(prefix, from.length() - suffix);
        String b = to.substring(prefix, to.length() - suffix);
        DeltaBuilder delta = new DeltaBuilder().retain(prefix);
        compare(a, b, delta);
        return delta.build();
    }

    /// What [#between] gives, in two steps.
    static Replacements replacements(String from, String to) {
        DeltaBuilder additions = new DeltaBuilder();
        DeltaBuilder removals = new DeltaBuilder();
        String waiting = "";
        Delta difference = between(from, to);
        for (int i = 0; i < difference.size(); i++) {
            int length = difference.lengths[i];
            if (length < 0) {
                additions.retain(-length);
                removals.delete(-length);
            }
            additions.insert(waiting);
            removals.retain(waiting.length());
            waiting = difference.inserted[i];
            if (length > 0) {
                additions.retain(length);
                removals.retain(length);
            }
        }
        additions.insert(waiting);
        return new Replacements(additions.build(), removals.build());
    }

    /// From the first difference to the last one all is replaced.
    static Delta replacement(String from, String to) {
        DeltaBuilder delta = new DeltaBuilder();
        replace(from, to, delta);
        return delta.build();
    }

    private static void compare(String a, String b, DeltaBuilder delta) {
        List<String> words = parts(a);
        List<String> others = parts(b);
        if ((long) words.size() * others.size() > MOST_COMPARED) {
            words = lines(a);
            others = lines(b);
            if ((long) words.size() * others.size() > MOST_COMPARED) {
                replace(a, b, delta);
                return;
            }
        }
        int at = 0;
        int to = 0;
        int atOther = 0;
        int toOther = 0;
        for (Change change : new MyersDiffWithLinearSpace<String>().computeDiff(words, others, null)) {
            if (change.startOriginal > to) { // changes that touch are one
                replace(words.subList(at, to), others.subList(atOther, toOther), delta);
                delta.retain(length(words.subList(to, change.startOriginal)));
                at = change.startOriginal;
                atOther = change.startRevised;
            }
            to = change.endOriginal;
            toOther = change.endRevised;
        }
        replace(words.subList(at, to), others.subList(atOther, toOther), delta);
        delta.retain(length(words.subList(to, words.size())));
    }

    private static int length(List<String> parts) {
        return parts.stream().mapToInt(String::length).sum();
    }

    /// Words of letters and digits that both begin or end with stay; of white space and signs alone nothing does.
    private static void replace(List<String> parts, List<String> others, DeltaBuilder delta) {
        String a = String.join("", parts);
        String b = String.join("", others);
        int prefix = commonPrefix(a, b);
        while (prefix > 0 && (!isWordEnd(a, prefix) || !isWordEnd(b, prefix))) {
            prefix--;
        }
        int suffix = commonSuffix(a, b, prefix);
        while (suffix > 0 && (!isWordStart(a, a.length() - suffix) || !isWordStart(b, b.length() - suffix))) {
            suffix--;
        }
        delta.retain(prefix).insert(b.substring(prefix, b.length() - suffix)).delete(a.length() - suffix - prefix)
                .retain(suffix);
    }

    private static boolean isWordStart(String text, int at) {
        return isLetterAt(text, at) && !isLetterBefore(text, at);
    }

    private static boolean isWordEnd(String text, int at) {
        return isLetterBefore(text, at) && !isLetterAt(text, at);
    }

    private static boolean isLetterAt(String text, int at) {
        return at < text.length() && Character.isLetterOrDigit(text.codePointAt(at));
    }

    private static boolean isLetterBefore(String text, int at) {
        return at > 0 && Character.isLetterOrDigit(text.codePointBefore(at));
    }

    /// Whether a part begins or a text ends at an offset.
    private static boolean isPartStart(String text, int at) {
        if (at <= 0 || at >= text.length()) {
            return true;
        }
        char before = text.charAt(at - 1);
        char after = text.charAt(at);
        return before == '\n' || after == '\n' || (isSpace(before) && !isSpace(after));
    }

    private static boolean isSpace(char unit) {
        return unit != '\n' && Character.isWhitespace(unit);
    }

    private static void replace(String a, String b, DeltaBuilder delta) {
        int prefix = commonPrefix(a, b);
        int suffix = commonSuffix(a, b, prefix);
        delta.retain(prefix).insert(b.substring(prefix, b.length() - suffix)).delete(a.length() - suffix - prefix)
                .retain(suffix);
    }

    /// What stands between white space, each with the white space behind it; a line feed is one by itself.
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = start + 1;
            while (!isPartStart(text, end)) {
                end++;
            }
            parts.add(text.substring(start, end));
            start = end;
        }
        return parts;
    }

    /// Each with its line feed.
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    private static int commonPrefix(String a, String b) {
        int most = Math.min(a.length(), b.length());
        int length = 0;
        while (length < most && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length > 0 && Character.isHighSurrogate(a.charAt(length - 1)) ? length - 1 : length;
    }

    private static int commonSuffix(String a, String b, int prefix) {
        int most = Math.min(a.length(), b.length()) - prefix;
        int length = 0;
        while (length < most && a.charAt(a.length() - 1 - length) == b.charAt(b.length() - 1 - length)) {
            length++;
        }
        return length > 0 && Character.isLowSurrogate(a.charAt(a.length() - length)) ? length - 1 : length;
    }
}
