package io.watchfloor.benchmark.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// All that was typed into long texts, as words that are unlike each other: each must stand in a text in the end, once and
/// whole, unless somebody took it out, was told that it was refused, or lost it with a desktop that was killed before it
/// was durable. Confined to its run's thread.
final class Typescript {

    /// @param change of the desktop's outbox that holds it
    private record Word(String desktop, long change) {}

    private static final Pattern WORD = Pattern.compile("p\\d+n\\d+(?:\\x{1F600})? ");

    private final Tally tally;
    private final Run.Violations violations;
    private final Map<String, Word> words = new LinkedHashMap<>();
    private final Set<String> mayBeGone = new HashSet<>();

    Typescript(Tally tally, Run.Violations violations) {
        this.tally = tally;
        this.violations = violations;
    }

    /// The words in a text, in order.
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /// A place between words.
    static int between(String text, long choice) {
        List<Integer> places = new ArrayList<>(List.of(0));
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            places.add(matcher.end());
        }
        return places.get((int) (choice % places.size()));
    }

    void typed(String word, String desktop, long change) {
        tally.count("word typed");
        words.put(word, new Word(desktop, change));
    }

    void erased(String word) {
        tally.count("word erased");
        mayBeGone.add(word);
    }

    /// A person was told that this was not taken, or is lost: what is his of it may be gone.
    void lost(String desktop, String text) {
        for (String word : words(text)) {
            Word known = words.get(word);
            if (known != null && known.desktop().equals(desktop)) {
                mayBeGone.add(word);
            }
        }
    }

    /// A desktop was killed.
    ///
    /// @param durable greatest number of its outbox's changes that are durable
    void killed(String desktop, long durable) {
        words.forEach((text, word) -> {
            if (word.desktop().equals(desktop) && word.change() > durable) {
                mayBeGone.add(text);
            }
        });
    }

    /// A person undid or redid, and these words are gone from what is shown.
    void shifted(String desktop, List<String> gone) {
        for (String text : gone) {
            Word word = words.get(text);
            if (word != null && !word.desktop().equals(desktop) && !mayBeGone.contains(text)) {
                violations.add("undo-not-mine", desktop + " took " + text + " out, which " + word.desktop() + " typed");
            }
            mayBeGone.add(text);
        }
    }

    /// @param texts all long texts of the document
    /// @param restoredAway words that somebody restored an earlier revision of
    /// @param excused whether a desktop may have lost what it typed with the log
    void check(List<String> texts, Set<String> restoredAway, Predicate<String> excused) {
        mayBeGone.addAll(restoredAway);
        words.forEach((text, word) -> {
            if (excused.test(word.desktop())) {
                mayBeGone.add(text);
            }
        });
        Map<String, Integer> standing = new LinkedHashMap<>();
        texts.forEach(text -> words(text).forEach(word -> standing.merge(word, 1, Integer::sum)));
        words.forEach((text, word) -> {
            int times = standing.getOrDefault(text, 0);
            if (times != 1 && !mayBeGone.contains(text)) {
                violations.add(times == 0 ? "typing-lost" : "typing-doubled",
                        text + " of " + word.desktop() + " stands " + times + " times in " + texts);
            }
        });
        for (String text : texts) {
            if (!WORD.matcher(text).replaceAll("").isEmpty() && !violations.any()) {
                violations.add("typing-torn", "a word is torn in: " + text);
            }
        }
    }
}
