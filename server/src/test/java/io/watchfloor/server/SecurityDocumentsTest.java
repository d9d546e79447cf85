package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.auth.AccountRules;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.Limit.Outage;
import io.watchfloor.server.limit.Limit.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is written about limits and logs is what the server does.
class SecurityDocumentsTest {

    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\|[^|]*\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|",
            Pattern.MULTILINE);

    private static String read(String path) throws IOException {
        return Files.readString(Path.of(path));
    }

    @Test
    void limits_areDocumentedAsTheyAre() throws IOException {
        Map<String, String> rows = ROW.matcher(read("../docs/LIMITS.md")).results()
                .collect(Collectors.toMap(row -> row.group(1), SecurityDocumentsTest::row));
        for (Limit limit : Limit.values()) {
            assertThat(rows).containsEntry(limit.label(), amount(limit.usual()) + " in " + time(limit.window()) + " "
                    + (limit.reach() == Reach.SHARED
                            ? "together " + limit.outage().name().toLowerCase(Locale.ROOT)
                            : "here"));
            assertThat(limit.reach() == Reach.SHARED || limit.outage() == Outage.OPEN).isTrue();
        }
        for (Crowd crowd : Crowd.values()) {
            assertThat(rows).containsEntry(crowd.label(), amount(crowd.usual()) + " here");
        }
        assertThat(rows).hasSize(Limit.values().length + Crowd.values().length);
    }

    private static String row(java.util.regex.MatchResult row) {
        return (row.group(2).strip() + " " + row.group(3).strip() + " " + row.group(4).strip()).replace("*", "")
                .strip();
    }

    private static String amount(long amount) {
        return String.format(Locale.ROOT, "%,d", amount);
    }

    private static String time(Duration window) {
        return window.toMinutes() % 60 == 0 && window.toHours() > 0
                ? window.toHours() + " h"
                : window.toMinutes() > 0 ? window.toMinutes() + " min" : window.toSeconds() + " s";
    }

    @Test
    void events_areAllInTheInventory() throws IOException {
        String text = read("../docs/SECURITY.md");
        assertThat(Arrays.stream(AuditAction.values()).map(action -> "`" + action.code() + "`"))
                .allMatch(text::contains, "is in the inventory of SECURITY.md");
    }

    /// The server's log goes to the standard error alone, in one of two forms that both tell the time with its zone.
    @Test
    void log_goesWhereTheInventorySays_andNowhereElse() throws IOException {
        String config = read("src/main/resources/logback.xml");
        assertThat(Pattern.compile("<appender name=\"[a-z]+\" class=\"([^\"]*)\"").matcher(config).results()
                .map(match -> match.group(1))).containsExactly("ch.qos.logback.core.ConsoleAppender",
                        "ch.qos.logback.core.ConsoleAppender");
        assertThat(Pattern.compile("<target>System.err</target>").matcher(config).results()).hasSize(2);
        assertThat(config).contains("JsonEncoder", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    }

    /// Whatever somebody types, a line of the log stays one, and nothing that others can type begins a line of its own.
    @Test
    void log_AUD7_isNotBrokenOutOf() throws IOException {
        Matcher pattern = Pattern.compile("<pattern>(.*)</pattern>").matcher(read("src/main/resources/logback.xml"));
        assertThat(pattern.find()).isTrue();
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(pattern.group(1));
        layout.start();
        String forged = "2026-11-22T10:00:00.000Z INFO  Server forged";
        String typed = "joe\n" + forged + "\r" + forged + "\u0085\u2028\u2029\u001b[31m\u202e\u2066\u200f\0 end";
        LoggingEvent plain = new LoggingEvent("x", context.getLogger("Sessions"), Level.INFO, "Session of {} opened.",
                null, new Object[]{typed});
        String line = layout.doLayout(plain);
        assertThat(line.lines()).hasSize(1);
        assertThat(line.strip()).contains("Session of joe").endsWith("end opened.")
                .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");
        LoggingEvent fault = new LoggingEvent("x", context.getLogger("Router"), Level.ERROR, "It failed",
                new IllegalStateException(typed, new IOException(typed)), new Object[0]);
        List<String> lines = layout.doLayout(fault).lines().toList();
        assertThat(lines).hasSizeGreaterThan(4).noneMatch(each -> each.startsWith("2026-11-22T10:00:00.000Z"));
        assertThat(lines.stream().skip(2)).allMatch(each -> each.startsWith("\t") || each.startsWith("Caused by: "));
        assertThat(lines.get(1)).startsWith("java.lang.IllegalStateException: joe").contains("forged");
        assertThat(String.join("", lines)).doesNotContainPattern("[\\p{Cntrl}&&[^\t]]|[\\p{Cf}\\u2028\\u2029]");
    }

    /// Words that passwords may not be made of are written down, and used.
    @Test
    void contextWords_areDocumented_andRefused() throws IOException {
        Matcher written = Pattern.compile("be made of: ([^.]*)\\.").matcher(read("../docs/SECURITY.md"));
        assertThat(written.find()).isTrue();
        List<String> words = Pattern.compile("`([a-z]+)`").matcher(written.group(1)).results()
                .map(match -> match.group(1)).toList();
        assertThat(words).hasSizeGreaterThan(2);
        for (String word : words) {
            assertThat(AccountRules.problemOfPassword(word + "2026!", "someone")).as(word).isNotNull();
        }
    }
}
