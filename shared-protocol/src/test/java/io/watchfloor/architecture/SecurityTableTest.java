package io.watchfloor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the table of `docs/SECURITY.md` against the numbers of the standard, and looks for each test that it names.
///
/// Source: OWASP ASVS 5.0, requirements of the levels 1 and 2.
class SecurityTableTest {

    private static final List<String> REQUIREMENTS = List.of("2.1.1", "2.1.2", "2.1.3", "2.2.1", "2.2.2", "2.2.3",
            "2.3.1", "2.3.2", "2.3.3", "2.3.4", "2.4.1", "4.4.1", "4.4.2", "4.4.3", "4.4.4", "6.1.1", "6.1.2", "6.1.3",
            "6.2.1", "6.2.2", "6.2.3", "6.2.4", "6.2.5", "6.2.6", "6.2.7", "6.2.8", "6.2.9", "6.2.10", "6.2.11",
            "6.2.12", "6.3.1", "6.3.2", "6.3.3", "6.3.4", "6.4.1", "6.4.2", "6.4.3", "6.4.4", "6.5.1", "6.5.2", "6.5.3",
            "6.5.4", "6.5.5", "6.6.1", "6.6.2", "6.6.3", "6.8.1", "6.8.2", "6.8.3", "6.8.4", "7.1.1", "7.1.2", "7.1.3",
            "7.2.1", "7.2.2", "7.2.3", "7.2.4", "7.3.1", "7.3.2", "7.4.1", "7.4.2", "7.4.3", "7.4.4", "7.4.5", "7.5.1",
            "7.5.2", "7.6.1", "7.6.2", "8.1.1", "8.1.2", "8.2.1", "8.2.2", "8.2.3", "8.3.1", "8.4.1", "9.1.1", "9.1.2",
            "9.1.3", "9.2.1", "9.2.2", "9.2.3", "9.2.4", "16.1.1", "16.2.1", "16.2.2", "16.2.3", "16.2.4", "16.2.5",
            "16.3.1", "16.3.2", "16.3.3", "16.3.4", "16.4.1", "16.4.2", "16.4.3", "16.5.1", "16.5.2", "16.5.3");
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+\\.\\d+\\.\\d+) [^|]+\\|([^|]*)\\|([^|]*)\\|$",
            Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final String NOT_APPLYING = "Does not apply: ";

    private record Row(String requirement, String how, List<String> tests) {

        static Row of(MatchResult found) {
            return new Row(found.group(1), found.group(2).strip(),
                    TEST.matcher(found.group(3)).results().map(test -> test.group(1) + "#" + test.group(2)).toList());
        }
    }

    private static List<Row> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("../docs/SECURITY.md"))).results().map(Row::of).toList();
    }

    @Test
    void table_holdsEveryRequirementOnce_withATestOrAReason() throws IOException {
        assertThat(rows().stream().map(Row::requirement)).containsExactlyElementsOf(REQUIREMENTS);
        for (Row row : rows()) {
            boolean applies = !row.how().startsWith(NOT_APPLYING);
            assertThat(row.how()).as(row.requirement()).isNotEmpty();
            assertThat(row.tests().isEmpty()).as(row.requirement() + " has a test, or a reason to have none")
                    .isEqualTo(!applies);
        }
    }

    @Test
    void tests_thatAreNamed_areThereAndRun() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            for (String test : row.tests()) {
                if (!runs(test.substring(0, test.indexOf('#')), test.substring(test.indexOf('#') + 1))) {
                    missing.add(row.requirement() + " " + test);
                }
            }
        }
        assertThat(missing).as("tests that SECURITY.md names and that are not there, or not run").isEmpty();
    }

    /// The check itself sees a test that is not there, and one that is switched off.
    @Test
    void canary_seesWhatIsMissingOrSwitchedOff() throws IOException {
        assertThat(runs("SecurityTableTest", "canary_seesWhatIsMissingOrSwitchedOff")).isTrue();
        assertThat(runs("SecurityTableTest", "noSuchTest")).isFalse();
        assertThat(isRun("    @Test\n    @" + "Disabled(\"x\")\n    void a_b() {", "a_b")).isFalse();
        assertThat(isRun("    void a_b() {", "a_b")).isFalse();
        assertThat(isRun("    @Test\n    void a_b() throws Exception {", "a_b")).isTrue();
    }

    private static boolean runs(String type, String method) throws IOException {
        for (String module : new String[]{"shared-protocol", "server", "client-fx", "installer", "benchmark"}) {
            Path sources = Path.of("..", module, "src/test/java");
            if (Files.exists(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(each -> each.endsWith(type + ".java")).toList()) {
                        if (isRun(Files.readString(file), method)) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private static boolean isRun(String source, String method) {
        boolean test = Pattern
                .compile("@(Test|ParameterizedTest)\\b(?:(?!\\bvoid\\b)[\\s\\S])*?\\bvoid\\s+" + method + "\\(")
                .matcher(source).find();
        return test && !source.contains("@" + "Disabled");
    }
}
