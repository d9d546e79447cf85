package io.watchfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps `docs/SPEC.md` and the tests together: a rule has a test that carries its number, and such a test has a rule.
class SpecTest {

    private static final Pattern RULE = Pattern.compile("^- \\*\\*([A-Z]+)-(\\d+)\\*\\* ", Pattern.MULTILINE);
    /// A method that is run as a test: what only has the name of one proves nothing.
    private static final Pattern TEST = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b(?:(?!\\n\\n).)*?\\b[a-z]\\w*_([A-Z]+)(\\d+)_\\w+\\(",
            Pattern.DOTALL);

    @Test
    void rules_haveTests_andNumberedTestsHaveRules() throws IOException {
        Set<String> rules = numbers(RULE, Files.readString(Path.of("../docs/SPEC.md")));
        Set<String> chapters = rules.stream().map(rule -> rule.replaceAll("-.*", "")).collect(Collectors.toSet());
        Set<String> tested = new TreeSet<>();
        for (String module : new String[]{"shared-protocol", "server", "client-fx", "installer", "benchmark"}) {
            tested.addAll(numbersIn(Path.of("..", module, "src/test/java")));
        }
        assertThat(rules).as("rules of SPEC.md").hasSizeGreaterThan(15);
        assertThat(tested).as("rules that tests carry in their names").containsAll(rules);
        assertThat(tested.stream().filter(rule -> chapters.contains(rule.replaceAll("-.*", ""))))
                .as("rules of these chapters that tests name").isSubsetOf(rules);
    }

    private static Set<String> numbersIn(Path sources) throws IOException {
        Set<String> numbers = new TreeSet<>();
        if (Files.exists(sources)) {
            try (Stream<Path> files = Files.walk(sources)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> numbers.addAll(numbers(TEST, read(file))));
            }
        }
        return numbers;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> numbers(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1) + "-" + match.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
